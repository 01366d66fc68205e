import { countQuantile, type StateView } from '../env/index.ts';

export interface Band {
  /** [units] */
  readonly mean: number;
  readonly p10: number;
  readonly p90: number;
}

/** What can be known of the demand of some stock points when an order is due. Looked up again and again: the last answers are kept. */
export class ExpectedDemand {
  readonly #known = new Map<string, Band>();

  /** @param ahead periods from now; 0 is the demand that follows this order */
  of(view: StateView, nodes: readonly number[], lane: number, ahead = 0): Band {
    let mean = 0;
    let variance = 0;
    for (const node of nodes) {
      if (view.network.nodes[node].demand < 0) continue;
      mean += view.forecastMean(node, ahead)[lane];
      variance += view.forecastVariance(node, ahead)[lane];
    }
    const key = `${mean} ${variance}`;
    const known = this.#known.get(key) ?? { mean, p10: quantile(mean, variance, 0.1), p90: quantile(mean, variance, 0.9) };
    if (this.#known.size >= 256) this.#known.clear();
    this.#known.set(key, known);
    return known;
  }
}

/** Standard deviations from the mean to the 90 % quantile of a normal distribution. */
const TENTH = 1.2816;

/** No count distribution varies less than Poisson: what does, a plan that is certain among it, is taken as normal. */
function quantile(mean: number, variance: number, u: 0.1 | 0.9): number {
  if (variance >= mean * (1 - 1e-9)) return countQuantile(mean, variance, u);
  return Math.max(0, mean + (u < 0.5 ? -TENTH : TENTH) * Math.sqrt(Math.max(0, variance)));
}
