import type { Evaluation } from '../experiments/index.ts';
import type { Output } from './output.ts';

/** Keeps an evaluation in the run store, where the dashboard finds it to compare. Where that cannot be written to, it is told and no more. */
export async function keepEvaluation<T extends Evaluation>(
  evaluation: T,
  { settings, output }: { readonly settings: readonly string[]; readonly output: Output },
): Promise<T> {
  const { runsFolder, saveEvaluation } = await import('../experiments/index.ts');
  await saveEvaluation(evaluation, { settings }).catch(() =>
    output.log(`The evaluation is not kept: ${runsFolder()} cannot be written to; set REPLENISH_HOME to a folder that can`),
  );
  return evaluation;
}
