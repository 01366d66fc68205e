import type { StateView } from './view.ts';

/** The size of things on one arc, [lane], as the forecasts stand. */
export interface LotScale {
  /** [units] mean demand of the periods that the next order must cover: its lead time and the period after. */
  readonly coverMean: Float64Array;
  /** [units^2] variance of the same, periods taken as independent. */
  readonly coverVariance: Float64Array;
  /** [units] economic order quantity at the typical demand: sqrt(2 K mean / h); 0 without a fixed cost. */
  readonly economicQuantity: Float64Array;
  /** [units] sqrt(coverVariance + economicQuantity^2): by how much positions of interest lie apart. Never 0. */
  readonly lot: Float64Array;
  /** Works the numbers out for the current period. */
  update(view: StateView): void;
}

/** Scale of one arc for the node that it supplies. */
export function lotScale({ network, lanes, typicalMean, typicalVariance }: StateView, arcIndex: number): LotScale {
  const arc = network.arcs[arcIndex];
  const node = network.nodes[arc.to];
  const coverMean = new Float64Array(lanes);
  const coverVariance = new Float64Array(lanes);
  const lot = new Float64Array(lanes);
  const economicQuantity = new Float64Array(lanes);
  let version = -1;
  let seen: StateView | null = null;
  for (let lane = 0; lane < lanes; lane++) {
    const mean = typicalMean[arc.to * lanes + lane];
    const holding = node.holdingCost[lane];
    economicQuantity[lane] = holding > 0 ? Math.sqrt((2 * arc.fixedCost[lane] * mean) / holding) : 0;
  }
  return {
    coverMean,
    coverVariance,
    economicQuantity,
    lot,
    update(view) {
      if (seen === view && view.forecastVersion(arc.to) === version) return;
      seen = view;
      version = view.forecastVersion(arc.to);
      coverMean.fill(0);
      coverVariance.fill(0);
      for (let ahead = 0; ahead <= arc.maxLeadTime; ahead++) {
        const mean = view.forecastMean(arc.to, ahead);
        const variance = view.forecastVariance(arc.to, ahead);
        for (let lane = 0; lane < lanes; lane++) {
          if (ahead > arc.leadTime[lane]) continue;
          coverMean[lane] += mean[lane];
          coverVariance[lane] += variance[lane];
        }
      }
      for (let lane = 0; lane < lanes; lane++) {
        const floor = 0.25 * typicalVariance[arc.to * lanes + lane] + 0.25;
        lot[lane] = Math.sqrt(Math.max(floor, coverVariance[lane]) + economicQuantity[lane] ** 2);
      }
    },
  };
}
