import { cappedBaseStock } from '../../agents/index.ts';
import { type Distribution, type Scenario, Simulator } from '../../env/index.ts';

/** What a planner knows of an item's demand before the first order. */
export interface Past {
  /** [period] units sold. */
  readonly sold: Float64Array;
  /** [period] Was stock left? Else more may have been asked for. */
  readonly seen: Uint8Array;
}

/** Periods of an item under a capped base stock that was set too low: where stock ran out, demand beyond it was not seen. */
export function pastOf(
  scenario: Scenario,
  periods: number,
  { seed, levels }: { readonly seed: number; readonly levels: { S: number; r: number } | null },
): Past {
  const simulator = new Simulator({ scenario, lanes: 1, seed, study: 'past ' });
  const policy = levels === null ? null : cappedBaseStock(levels);
  const sold = new Float64Array(periods);
  const seen = new Uint8Array(periods).fill(1);
  const order = new Float64Array(1);
  for (let t = -30; t < periods; t++) {
    policy?.order(simulator.view, order);
    const before = simulator.view.onHand[0];
    simulator.step(order);
    if (t < 0) continue;
    const demand = simulator.view.lastDemand[0];
    sold[t] = policy === null ? demand : Math.min(before, demand);
    seen[t] = policy === null || demand < before ? 1 : 0;
  }
  return { sold, seen };
}

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Mean and variance of what was sold, as though it were what was asked for. */
export function soldMoments({ sold }: Past): Moments {
  const mean = sold.reduce((sum, units) => sum + units, 0) / sold.length;
  const variance = sold.reduce((sum, units) => sum + (units - mean) ** 2, 0) / Math.max(1, sold.length - 1);
  return { mean, variance };
}

/** Mean and variance of demand by the product-limit estimator (Kaplan and Meier 1958): a period that ran out says only that demand was at least what was sold. */
export function demandMoments({ sold, seen }: Past): Moments {
  const most = Math.max(...sold);
  let surviving = 1;
  let mean = 0;
  let square = 0;
  for (let units = 0; units <= most; units++) {
    const atRisk = sold.reduce((count, one) => count + (one >= units ? 1 : 0), 0);
    const ended = sold.reduce((count, one, t) => count + (one === units && seen[t] === 1 ? 1 : 0), 0);
    const chance = units === most ? surviving : (surviving * ended) / Math.max(1, atRisk);
    mean += chance * units;
    square += chance * units * units;
    surviving -= chance;
  }
  return { mean, variance: Math.max(0, square - mean * mean) * (sold.length / Math.max(1, sold.length - 1)) };
}

/** A demand of a mean and a variance, whatever its true form. */
export function demandOf({ mean: given, variance }: Moments): Distribution {
  const mean = Math.max(0.02, given);
  if (variance > 1.02 * mean) return { name: 'negative-binomial', mean, variance };
  if (variance > 0.95 * mean) return { name: 'poisson', mean };
  const chance = Math.min(0.8, 1 - variance / mean);
  const trials = Math.max(1, Math.round(mean / chance));
  return { name: 'binomial', trials, probability: Math.min(1, mean / trials) };
}
