import type { PolicyParameters } from '../agents/index.ts';
import { solveExact, tune } from '../agents/index.ts';
import { UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';

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
  readonly states: number | null;
  readonly seconds: number;
}

/**
 * The exact optimum of a scenario, or the best policy of one family.
 * @throws UserError where nothing computes it
 */
export function solve({ loaded, policy: family, seed = 0, signal }: SolveOptions): Solution {
  const { scenario, document } = loaded;
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
      states: null,
      seconds: (performance.now() - began) / 1000,
    };
  }
  if (document.solver === null) {
    throw new UserError(`"${document.id}" has no exact solver; name a family with --policy, for example --policy ${document.baselines[0]}`);
  }
  const { solver, policy, costPerPeriod, bounds, states, seconds } = solveExact(scenario);
  return {
    scenario: scenario.id,
    solver,
    policy: { name: policy.name, parameters: policy.parameters },
    costPerPeriod,
    standardError: 0,
    bounds,
    states,
    seconds,
  };
}

function plainParameters(parameters: Readonly<Record<string, number | ArrayLike<number>>>): PolicyParameters {
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, typeof value === 'number' ? value : Array.from(value)]));
}
