import { chooseSolver, type SolverName } from '../agents/index.ts';
import { UserError } from '../env/index.ts';
import type { ScenarioDocument } from './schema.ts';
import { toScenario } from './to-scenario.ts';

/**
 * What computes the optimum of a scenario, or null where nothing does: what the document says, or where it leaves that open, the first solver that
 * covers it. Nothing is solved and no catalogue is read for it. `folder`: where the document's files lie.
 */
export function solverOf(document: ScenarioDocument, folder?: string): SolverName | null {
  if (document.solver !== 'auto') return document.solver;
  if (document.catalogue) return null;
  try {
    return chooseSolver(toScenario(document, undefined, folder)).solver?.name ?? null;
  } catch (error) {
    // What does not fit together is said where the scenario is put together to be used.
    if (error instanceof UserError) return null;
    throw error;
  }
}
