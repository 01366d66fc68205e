import type { Policy } from '../agents/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { evaluate } from './evaluate.ts';
import { optimumIfAny } from './optimum.ts';

/** Size and demand of the learning curve's evaluations: never seen in training, nor in the evaluations that are reported. */
export const CURVE_EVALUATION = { lanes: 256, periods: 300, study: 'curve ' } as const;

/** Evaluates policies on the same fixed demand, again and again, and against the optimum where that is asked for. */
export class CurveEvaluation {
  readonly #scenario: LoadedScenario['scenario'];
  readonly #seed: number;
  /** What the optimum costs on the curve's demand, and by computation. */
  readonly #optimum: { readonly here: number; readonly exact: number } | null;

  constructor({ loaded, seed, gap }: { readonly loaded: LoadedScenario; readonly seed: number; readonly gap: boolean }) {
    this.#scenario = loaded.scenario;
    this.#seed = seed;
    const optimum = gap ? optimumIfAny(loaded) : null;
    this.#optimum = optimum === null ? null : { here: this.#cost(optimum.policy), exact: optimum.costPerPeriod };
  }

  get knowsOptimum(): boolean {
    return this.#optimum !== null;
  }

  measure(policy: Policy): { readonly costPerPeriod: number; readonly gapPercent?: number } {
    const costPerPeriod = this.#cost(policy);
    if (this.#optimum === null) return { costPerPeriod };
    return { costPerPeriod, gapPercent: (100 * (costPerPeriod - this.#optimum.here)) / this.#optimum.exact };
  }

  #cost(policy: Policy): number {
    return evaluate({ scenario: this.#scenario, policies: [policy], ...CURVE_EVALUATION, seed: this.#seed }).results[0].costPerPeriod;
  }
}
