import { openRecommendation } from '../store/recommendation.ts';
import { openLineage, predecessor, saveLineage } from './lineage.ts';

export interface RollBackResult {
  readonly run: string;
  /** The run that was in place, and still is in the store. */
  readonly replaced: string;
}

/** Gives the run that the one in place was promoted over its place back. @throws UserError where there is none */
export async function rollBack(run: string, { now, why }: { readonly now: string; readonly why: string }): Promise<RollBackResult> {
  const lineage = await openLineage(run);
  const to = predecessor(lineage);
  await openRecommendation(to);
  const { current, handled, events } = lineage;
  const evidence = { why, lastCheck: handled.at(-1) ?? null };
  await saveLineage({ ...lineage, current: to, events: [...events, { kind: 'roll-back', at: now, from: current, to, evidence }] });
  return { run: to, replaced: current };
}
