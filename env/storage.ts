import type { CostParts } from './costs.ts';
import type { Network } from './network.ts';

interface Storage {
  readonly network: Network;
  /** [node][lane] [units] */
  readonly onHand: Float64Array;
  /** [place][lane] [volume], written: what does not fit. */
  readonly overflow: Float64Array;
  readonly costs: CostParts;
}

/** Counts and charges the stock that a location's items together have beyond its room, as it stands at the end of a period. */
export function chargeOverflow({ network: { places, lanes }, onHand, overflow, costs }: Storage): void {
  overflow.fill(0);
  for (let p = 0; p < places.length; p++) {
    const { nodes, volumes, capacity, overflowCost } = places[p];
    const at = p * lanes;
    for (let k = 0; k < nodes.length; k++) {
      const node = nodes[k] * lanes;
      const volume = volumes[k];
      for (let lane = 0; lane < lanes; lane++) overflow[at + lane] += volume[lane] * onHand[node + lane];
    }
    for (let lane = 0; lane < lanes; lane++) {
      const beyond = Math.max(0, overflow[at + lane] - capacity[lane]);
      overflow[at + lane] = beyond;
      costs.overflow[lane] += overflowCost[lane] * beyond;
    }
  }
}
