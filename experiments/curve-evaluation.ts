import type { Policy } from '../agents/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { basePolicy, settleBase } from './base-policy.ts';
import { evaluate } from './evaluate.ts';
import { optimumIfAny } from './optimum.ts';

/** Size and demand of the learning curve's evaluations: never seen in training, nor in the evaluations that are reported. */
export const CURVE_EVALUATION = { lanes: 256, periods: 300, study: 'curve ' } as const;

/** What the learning curve is measured in. */
export interface CurvePlace {
  readonly loaded: LoadedScenario;
  readonly seed: number;
}

/** What others cost on the learning curve's demand [money/period]: what a curve is to be read against. */
export interface CurveReferences {
  /** The cheapest of the scenario's baselines, quickly tuned; null where it names none. */
  readonly baseline: { readonly policy: string; readonly costPerPeriod: number } | null;
  /** Null where nothing computes it. */
  readonly optimum: number | null;
}

export interface CurveCost {
  readonly costPerPeriod: number;
  readonly gapPercent?: number;
}

/** Evaluates policies on the same fixed demand, again and again, and against the optimum where that is asked for. */
export class CurveEvaluation {
  readonly #place: CurvePlace;
  /** What the optimum costs on the curve's demand, and by computation. */
  readonly #optimum: { readonly here: number; readonly exact: number } | null;

  constructor({ gap, ...place }: CurvePlace & { readonly gap: boolean }) {
    this.#place = place;
    const optimum = gap ? optimumIfAny(place.loaded) : null;
    this.#optimum = optimum === null ? null : { here: curveCost(optimum.policy, place), exact: optimum.costPerPeriod };
  }

  get knowsOptimum(): boolean {
    return this.#optimum !== null;
  }

  measure(policy: Policy): CurveCost {
    const costPerPeriod = curveCost(policy, this.#place);
    if (this.#optimum === null) return { costPerPeriod };
    return { costPerPeriod, gapPercent: (100 * (costPerPeriod - this.#optimum.here)) / Math.abs(this.#optimum.exact) };
  }
}

/** Tunes baselines and solves for the optimum: may take long. */
export async function curveReferences(place: CurvePlace): Promise<CurveReferences> {
  const optimum = optimumIfAny(place.loaded);
  return { baseline: await cheapestBaseline(place), optimum: optimum === null ? null : curveCost(optimum.policy, place) };
}

async function cheapestBaseline(place: CurvePlace): Promise<CurveReferences['baseline']> {
  if (place.loaded.document.baselines.length === 0) return null;
  const policy = await basePolicy(await settleBase('', place), place);
  return { policy: policy.name, costPerPeriod: curveCost(policy, place) };
}

function curveCost(policy: Policy, { loaded: { scenario }, seed }: CurvePlace): number {
  return evaluate({ scenario, policies: [policy], ...CURVE_EVALUATION, seed }).results[0].costPerPeriod;
}
