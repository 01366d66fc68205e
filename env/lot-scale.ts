import { partsBelow } from './flow.ts';
import type { StateView } from './view.ts';

/** The size of things on one arc, [lane], as the forecasts stand. */
export interface LotScale {
  /** [units] mean and standard deviation of a period's demand over all periods. */
  readonly typicalMean: Float64Array;
  readonly typicalDeviation: Float64Array;
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

/** Scale of one arc for the node that it supplies: by its own demand, and its part of that of all that it supplies. */
export function lotScale({ network, lanes, typicalMean, typicalVariance }: StateView, arcIndex: number): LotScale {
  const arc = network.arcs[arcIndex];
  const node = network.nodes[arc.to];
  const parts = partsBelow(network)[arc.to];
  const sumOf = (values: Float64Array, lane: number) => parts.reduce((sum, one) => sum + one.share * values[one.node * lanes + lane], 0);
  const coverMean = new Float64Array(lanes);
  const coverVariance = new Float64Array(lanes);
  const lot = new Float64Array(lanes);
  const economicQuantity = new Float64Array(lanes);
  let version = -1;
  let seen: StateView | null = null;
  const mean = Float64Array.from({ length: lanes }, (_, lane) => sumOf(typicalMean, lane));
  const deviation = Float64Array.from({ length: lanes }, (_, lane) => Math.sqrt(sumOf(typicalVariance, lane)));
  for (let lane = 0; lane < lanes; lane++) {
    const holding = node.holdingCost[lane];
    economicQuantity[lane] = holding > 0 ? Math.sqrt((2 * arc.fixedCost[lane] * mean[lane]) / holding) : 0;
  }
  return {
    typicalMean: mean,
    typicalDeviation: deviation,
    coverMean,
    coverVariance,
    economicQuantity,
    lot,
    update(view) {
      const current = parts.reduce((sum, one) => sum + view.forecastVersion(one.node), 0);
      if (seen === view && current === version) return;
      seen = view;
      version = current;
      coverMean.fill(0);
      coverVariance.fill(0);
      for (let ahead = 0; ahead <= arc.maxLeadTime; ahead++) {
        for (const one of parts) {
          const mean = view.forecastMean(one.node, ahead);
          const variance = view.forecastVariance(one.node, ahead);
          for (let lane = 0; lane < lanes; lane++) {
            if (ahead > arc.leadTime[lane]) continue;
            coverMean[lane] += one.share * mean[lane];
            coverVariance[lane] += one.share * variance[lane];
          }
        }
      }
      for (let lane = 0; lane < lanes; lane++) {
        const floor = 0.25 * sumOf(typicalVariance, lane) + 0.25;
        lot[lane] = Math.sqrt(Math.max(floor, coverVariance[lane]) + economicQuantity[lane] ** 2);
      }
    },
  };
}
