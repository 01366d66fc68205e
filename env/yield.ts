import gammaln from '@stdlib/math-base-special-gammaln';
import type { YieldRule } from './link-terms.ts';

/** Takes out of the arrivals [lane] what cannot be used, and adds that to `wasted` [lane]. Hot where yields are random. */
export function thin(arrivals: Float64Array, { kind, mean }: YieldRule, uniforms: Float64Array, wasted: Float64Array): void {
  for (let lane = 0; lane < arrivals.length; lane++) {
    const quantity = arrivals[lane];
    if (quantity === 0) continue;
    const usable = kind === 'binomial' ? usableUnits(quantity, mean[lane], uniforms[lane]) : uniforms[lane] < mean[lane] ? quantity : 0;
    arrivals[lane] = usable;
    wasted[lane] += quantity - usable;
  }
}

/** Of a quantity that is not whole, the broken unit goes with the mean. */
function usableUnits(quantity: number, probability: number, u: number): number {
  const whole = Math.floor(quantity);
  return binomialQuantile(whole, probability, u) + (quantity - whole) * probability;
}

/** Smallest k with P(a binomial count <= k) > u: the sum runs from where the probability is not yet to be seen. */
export function binomialQuantile(trials: number, probability: number, u: number): number {
  if (probability <= 0 || trials === 0) return 0;
  if (probability >= 1) return trials;
  const odds = probability / (1 - probability);
  const deviation = Math.sqrt(trials * probability * (1 - probability));
  let k = Math.max(0, Math.floor(trials * probability - 12 * deviation - 12));
  let p = Math.exp(
    gammaln(trials + 1) - gammaln(k + 1) - gammaln(trials - k + 1) + k * Math.log(probability) + (trials - k) * Math.log1p(-probability),
  );
  let cumulative = p;
  while (cumulative <= u && k < trials) {
    p *= (odds * (trials - k)) / (k + 1);
    k++;
    cumulative += p;
  }
  return k;
}
