import type { CurvePoint } from './train-options.ts';

export type StopReason = 'plateau' | 'gap';

/** Is it time to stop? Told by the learning curve alone, so that a resumed run stops where an uninterrupted one does. */
export function stopReason(
  curve: readonly CurvePoint[],
  { patience, stopAtGap }: { readonly patience: number | null; readonly stopAtGap: number | null },
): StopReason | null {
  const gap = curve.at(-1)?.gapPercent;
  if (stopAtGap !== null && gap !== undefined && gap <= stopAtGap) return 'gap';
  if (patience !== null && curve.length - 1 - cheapestIndex(curve) >= patience) return 'plateau';
  return null;
}

/** The first of the cheapest points; -1 of an empty curve. */
export function cheapestIndex(curve: readonly CurvePoint[]): number {
  let best = -1;
  for (let k = 0; k < curve.length; k++) if (best < 0 || curve[k].costPerPeriod < curve[best].costPerPeriod) best = k;
  return best;
}
