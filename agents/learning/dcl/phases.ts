import type { DclConfig } from './config.ts';

/** What is done within a generation, in this order. */
export type Phase = 'rollouts' | 'fit' | 'choice';
export const PHASES: readonly Phase[] = ['rollouts', 'fit', 'choice'];

/** Where training stands in its plan [steps]. */
export interface PlanState {
  readonly plannedSteps: number;
  readonly generation: number;
  readonly generationStart: number;
  /** Planned in all. */
  readonly generations: number;
}

/** States that a generation must be able to try actions in: from fewer less is learned than the first generation learns from more. */
const FEWEST_STATES = 1_000;

/** Generations to share the work [steps] where a state of a later one takes `stateWork`: as many as can try enough states, at most those asked for. */
export function generationsPlanned({ steps, generations, fitPart, evaluationPart }: DclConfig, stateWork: number): number {
  const most = Math.floor((steps * (1 - fitPart - evaluationPart)) / (stateWork * FEWEST_STATES));
  return Math.max(1, Math.min(generations, most));
}

/** Where each phase of a generation ends [steps]: what is left of the plan is shared evenly by the generations to come; beyond the plan they go on as they were. */
export function phaseEnds(
  { plannedSteps, generation, generationStart, generations }: PlanState,
  { fitPart, evaluationPart, steps }: DclConfig,
): Readonly<Record<Phase, number>> {
  const left = plannedSteps - generationStart;
  const length = left > 0 ? left / Math.max(1, generations - generation) : steps / generations;
  const at = (part: number) => generationStart + length * part;
  return { rollouts: at(1 - fitPart - evaluationPart), fit: at(1 - evaluationPart), choice: at(1) };
}
