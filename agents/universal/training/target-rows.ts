import { MOST_TRIED, NOTHING, placeBelow } from '../order-scale.ts';

/** What orders cost in the states of many items; rows are states. */
export interface FamilyTries {
  /** [row] the entry of the item features that it goes with. */
  readonly entries: Int32Array;
  /** [entry][feature] items, or items in one period where demand moves. */
  readonly itemFeatures: Float32Array;
  /** [row][feature] */
  readonly stateFeatures: Float32Array;
  /** [row][k] where the orders that were tried are among the network's places, and what they cost; NaN where there is none. */
  readonly places: Float32Array;
  readonly costs: Float32Array;
  /** [row] */
  readonly noise: Float64Array;
  /** [row] what a period costs on average. */
  readonly period: Float64Array;
}

export interface TargetConfig {
  /** Orders this many standard errors dearer than the cheapest get 1 / e of its weight. */
  readonly sharpness: number;
  /** Weight of what orders are expected to cost beyond the cheapest [nats per what a period costs], beside how far their shares are from those. */
  readonly regret: number;
}

export interface Comparison {
  readonly outputs: Float32Array;
  readonly byOutput: Float32Array;
  readonly at: number;
  readonly weight: number;
}

/** The shares that orders should have in each state. */
export class TargetRows {
  /** The rows whose best order is among the network's places. */
  readonly rows: Int32Array;
  readonly #tries: FamilyTries;
  readonly #regret: number;
  /** [row][k] the output that an order's value begins at, -1 where there is no order, and its part of the way to the next. */
  readonly #below: Int32Array;
  readonly #part: Float32Array;
  /** [row][k] */
  readonly #targets: Float32Array;
  /** [row] sum of the targets times their logarithms. */
  readonly #certainty: Float64Array;
  readonly #values = new Float64Array(MOST_TRIED);

  constructor(tries: FamilyTries, { sharpness, regret }: TargetConfig) {
    this.#tries = tries;
    this.#regret = regret;
    const all = tries.noise.length;
    this.#below = Int32Array.from(tries.places, (place) => (Number.isNaN(place) ? -1 : placeBelow(place)));
    this.#part = Float32Array.from(tries.places, (place, at) =>
      this.#below[at] < 0 || this.#below[at] === NOTHING ? 0 : place - this.#below[at],
    );
    this.#targets = new Float32Array(all * MOST_TRIED);
    this.#certainty = new Float64Array(all);
    for (let row = 0; row < all; row++) this.#certainty[row] = this.#writeShares(row, sharpness * tries.noise[row]);
    this.rows = Int32Array.from({ length: all }, (_, row) => row).filter((row) => this.#reaches(row));
  }

  /** Is the cheapest order of a row among the network's places? */
  #reaches(row: number): boolean {
    const { places, costs } = this.#tries;
    let cheapest = row * MOST_TRIED;
    for (let k = row * MOST_TRIED; k < (row + 1) * MOST_TRIED; k++) if (costs[k] < costs[cheapest]) cheapest = k;
    return !Number.isNaN(places[cheapest]);
  }

  /** Shares of a row's orders by their costs: the cheaper, the more, and the sharper, the less the costs are in doubt. Gives the sum of the shares times their logarithms. */
  #writeShares(row: number, temperature: number): number {
    const { costs } = this.#tries;
    const below = this.#below;
    const targets = this.#targets;
    const first = row * MOST_TRIED;
    const end = first + MOST_TRIED;
    let least = Number.POSITIVE_INFINITY;
    for (let k = first; k < end; k++) if (below[k] >= 0 && costs[k] < least) least = costs[k];
    let sum = 0;
    for (let k = first; k < end; k++) {
      targets[k] = below[k] < 0 ? 0 : Math.exp((least - costs[k]) / Math.max(1e-9, temperature));
      sum += targets[k];
    }
    let certainty = 0;
    for (let k = first; k < end; k++) {
      targets[k] /= sum;
      if (targets[k] > 0) certainty += targets[k] * Math.log(targets[k]);
    }
    return certainty;
  }

  /** Hot: adds the derivative, by the outputs, of a row's cross-entropy and of what its orders are expected to cost; gives its divergence. */
  compare(row: number, { outputs, byOutput, at, weight }: Comparison): number {
    const { costs, period } = this.#tries;
    const below = this.#below;
    const part = this.#part;
    const targets = this.#targets;
    const values = this.#values;
    const first = row * MOST_TRIED;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < MOST_TRIED; k++) {
      const from = below[first + k];
      if (from < 0) continue;
      const value = outputs[at + from];
      const way = part[first + k];
      values[k] = way > 0 ? value + (outputs[at + from + 1] - value) * way : value;
      if (values[k] > most) most = values[k];
    }
    let sum = 0;
    let cost = 0;
    let wanted = 0;
    for (let k = 0; k < MOST_TRIED; k++) {
      if (below[first + k] < 0) continue;
      wanted += targets[first + k] * (values[k] - most);
      values[k] = Math.exp(values[k] - most);
      sum += values[k];
      cost += values[k] * costs[first + k];
    }
    // The shares of a state in doubt are nearly even. What orders cost is still right on average: over many such states it says which to prefer.
    const perCost = period[row] > 0 ? this.#regret / period[row] : 0;
    const expected = cost / sum;
    for (let k = 0; k < MOST_TRIED; k++) {
      const from = below[first + k];
      if (from < 0) continue;
      const share = values[k] / sum;
      const slope = (share - targets[first + k] + perCost * share * (costs[first + k] - expected)) * weight;
      const way = part[first + k];
      byOutput[at + from] += slope * (1 - way);
      if (way > 0) byOutput[at + from + 1] += slope * way;
    }
    return this.#certainty[row] - wanted + Math.log(sum);
  }
}
