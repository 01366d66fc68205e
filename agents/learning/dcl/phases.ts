import type { DclConfig } from './config.ts';

/** What is done within a generation, in this order. */
export type Phase = 'rollouts' | 'fit' | 'choice';
export const PHASES: readonly Phase[] = ['rollouts', 'fit', 'choice'];

/** Where training stands in its plan [steps]. */
export interface PlanState {
  readonly plannedSteps: number;
  readonly generation: number;
  readonly generationStart: number;
}

/** Where each phase of a generation ends [steps]: what is left of the plan is shared evenly by the generations to come; beyond the plan they go on as they were. */
export function phaseEnds(
  { plannedSteps, generation, generationStart }: PlanState,
  { generations, fitPart, evaluationPart, steps }: DclConfig,
): Readonly<Record<Phase, number>> {
  const left = plannedSteps - generationStart;
  const length = left > 0 ? left / Math.max(1, generations - generation) : steps / generations;
  const at = (part: number) => generationStart + length * part;
  return { rollouts: at(1 - fitPart - evaluationPart), fit: at(1 - evaluationPart), choice: at(1) };
}
