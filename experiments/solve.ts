import { type AnswerQuality, type PolicyParameters, solvers, tune } from '../agents/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { findOptimum } from './optimum.ts';

export interface SolveOptions {
  readonly loaded: LoadedScenario;
  /** A family of policies: the best one of it in place of the optimum. */
  readonly policy?: string;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

export interface Solution {
  readonly scenario: string;
  /** What found it. */
  readonly solver: string;
  readonly policy: { readonly name: string; readonly parameters: PolicyParameters };
  /** [money/period] */
  readonly costPerPeriod: number;
  /** 0 where the cost is exact up to `bounds`. */
  readonly standardError: number;
  /** The exact cost lies between these; null where it was simulated. */
  readonly bounds: readonly [number, number] | null;
  /** How good the answer is: `exact` to rounding errors, up to `bounds`, or `estimate` with its standard error. */
  readonly answer: AnswerQuality | 'estimate';
  /** Of the Markov decision process that was solved; null where there was none. */
  readonly states: number | null;
  readonly seconds: number;
}

/**
 * The exact optimum of a scenario, or the best policy of one family.
 * @throws UserError where nothing computes it
 */
export function solve({ loaded, policy: family, seed = 0, signal }: SolveOptions): Solution {
  const { scenario } = loaded;
  const began = performance.now();
  if (family !== undefined && family !== 'optimal') {
    const { policy, parameters, costPerPeriod, standardError, how } = tune({ scenario, family, seed, signal });
    return {
      scenario: scenario.id,
      solver: how,
      policy: { name: policy.name, parameters: plainParameters(parameters) },
      costPerPeriod,
      standardError,
      bounds: null,
      answer: standardError > 0 ? 'estimate' : 'bounds',
      states: null,
      seconds: (performance.now() - began) / 1000,
    };
  }
  const { solver, policy, costPerPeriod, bounds, states, seconds } = findOptimum(loaded);
  return {
    scenario: scenario.id,
    solver,
    policy: { name: policy.name, parameters: policy.parameters },
    costPerPeriod,
    standardError: 0,
    bounds,
    answer: solvers.find(({ name }) => name === solver)?.answer ?? 'bounds',
    states: states > 0 ? states : null,
    seconds,
  };
}

function plainParameters(parameters: Readonly<Record<string, number | ArrayLike<number>>>): PolicyParameters {
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, typeof value === 'number' ? value : Array.from(value)]));
}
