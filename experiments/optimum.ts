import { type ExactSolution, solveExact } from '../agents/index.ts';
import { UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';

/**
 * The exact optimum of a scenario, by the solver that its document names or that covers it.
 * @throws UserError that says why there is none
 */
export function findOptimum({ scenario, document }: Pick<LoadedScenario, 'scenario' | 'document'>): ExactSolution {
  const { solver } = document;
  return solveExact(scenario, { method: solver === null || solver === 'auto' ? 'any' : solver });
}

/** The same where it is welcome but not asked for: null where nothing computes it, or it turns out to be too large. */
export function optimumIfAny(loaded: Pick<LoadedScenario, 'scenario' | 'document'>): ExactSolution | null {
  if (loaded.document.solver === null) return null;
  try {
    return findOptimum(loaded);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
