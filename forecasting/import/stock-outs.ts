import type { PeriodLength } from '../history.ts';

/** [periods] that the rate of selling is taken from, that it takes at least, and that a run lasts at most: longer ones are seasons or pauses. */
const RULES: Readonly<Record<PeriodLength, { readonly window: number; readonly least: number; readonly longest: number }>> = {
  day: { window: 56, least: 21, longest: 42 },
  week: { window: 26, least: 8, longest: 8 },
  month: { window: 12, least: 6, longest: 3 },
};
/** A run is suspected where it would come about by chance more rarely than this. */
const CHANCE = 1e-4;

/**
 * Marks runs without sales that are too long for how often the item sold before them: in `missing`, [item][period], the first origin at which that can be
 * told, i.e. after the item sold again. Only what came before the run and its end are looked at, so that no origin learns of what followed it.
 * Returns the number of entries marked.
 */
export function markStockOuts(history: {
  readonly quantity: Float64Array;
  readonly open: Uint8Array;
  readonly periodLength: PeriodLength;
  readonly missing: Int32Array;
}): number {
  const periods = history.open.length;
  let marked = 0;
  for (let start = 0; start < history.quantity.length; start += periods) {
    let last = -1;
    for (let t = 0; t < periods; t++) {
      if (!(history.quantity[start + t] > 0)) continue;
      if (last >= 0 && t - last > 1 && isStockOut(history, start, last + 1, t)) {
        for (let k = last + 1; k < t; k++) {
          if (history.open[k]) marked++;
          history.missing[start + k] = t + 1;
        }
      }
      last = t;
    }
  }
  return marked;
}

/** Is the run [from, to) without sales unlikely, given the periods before it? */
function isStockOut(
  { quantity, open, periodLength, missing }: Parameters<typeof markStockOuts>[0],
  start: number,
  from: number,
  to: number,
): boolean {
  const { window, least, longest } = RULES[periodLength];
  if (to - from > longest) return false;
  let run = 0;
  for (let t = from; t < to; t++) run += open[t];
  let seen = 0;
  let sold = 0;
  for (let t = from - 1; t >= 0 && seen < window; t--) {
    if (!open[t] || missing[start + t] > 0) continue;
    if (quantity[start + t] > 0) sold++;
    seen++;
  }
  // The periods before the launch have no sales either, so an item that is new looks as if it sold rarely and is not suspected.
  const chance = 1 - (sold + 0.5) / (seen + 1);
  return run > 0 && seen >= least && chance ** run < CHANCE;
}
