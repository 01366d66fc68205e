import { concerns, type History, isMissing, type SalesNote } from '../history.ts';
import { HALF } from '../levels.ts';
import { usualSales } from './usual-sales.ts';

/** A log effect is at most this far from 0: one sale of an item that never sells says little. */
const LARGEST_EFFECT = 2.5;
/** Variance of a log effect below which chance cannot be told. */
const LEAST_VARIANCE = 0.02;
/** The latest notes, from which effects are learned: finding their kinds takes time with the square of their number. */
const MOST_NOTES = 300;

/** What past notes did to sales. */
export interface MeasuredEvents {
  /** The latest notes about periods before `until`. */
  readonly notes: readonly SalesNote[];
  /** [note][item] log of sales over usual sales; NaN where the note is not about the item, or is not alone, or sales are missing. */
  readonly effects: readonly Float64Array[];
  /** [item] variance that log effects have by chance: that of quiet periods. */
  readonly variance: Float64Array;
  /** [item][period] flat, `until` periods: sales but for events. */
  readonly usual: Float64Array;
  readonly until: number;
}

/** Sales of each note's period beside usual ones, for the notes about periods before `until`. */
export function measureEvents(history: History, until: number): MeasuredEvents {
  const past = history.notes.filter(({ period }) => period >= 0 && period < until);
  const notes = past.slice(-MOST_NOTES);
  const span = history.periods.length;
  const count = history.items.length;
  const touching = new Uint8Array(count * span);
  for (const note of past) eachItem(history, note, (i) => touching[i * span + note.period]++);
  const quiet = touching.map((notesHere) => (notesHere === 0 ? 1 : 0));
  const usual = usualSales(history, quiet, until);
  const logRatio = (i: number, t: number) => {
    const at = i * span + t;
    if (!history.open[t] || isMissing(history, at, until) || usual[i * until + t] === 0) return Number.NaN;
    const log = Math.log((history.quantity[at] + HALF) / (usual[i * until + t] + HALF));
    return Math.max(-LARGEST_EFFECT, Math.min(LARGEST_EFFECT, log));
  };
  const byChance = history.items.map((_, i) => {
    let sum = 0;
    let squares = 0;
    let periods = 0;
    for (let t = 0; t < until; t++) {
      const log = quiet[i * span + t] ? logRatio(i, t) : Number.NaN;
      if (Number.isNaN(log)) continue;
      sum += log;
      squares += log * log;
      periods++;
    }
    if (periods === 0) return { mean: 0, variance: 1 };
    return { mean: sum / periods, variance: Math.max(LEAST_VARIANCE, squares / periods - (sum / periods) ** 2) };
  });
  const effects = notes.map((note) => {
    const row = new Float64Array(count).fill(Number.NaN);
    eachItem(history, note, (i) => {
      // The logarithm of a mean is above the mean of logarithms: what quiet periods lack is no effect.
      if (touching[i * span + note.period] === 1) row[i] = logRatio(i, note.period) - byChance[i].mean;
    });
    return row;
  });
  return { notes, effects, variance: Float64Array.from(byChance, ({ variance }) => variance), usual, until };
}

/** Calls back with the number of each item that a note is about. */
export function eachItem(history: History, note: SalesNote, visit: (item: number) => void): void {
  for (let i = 0; i < history.items.length; i++) if (concerns(note, history.items[i])) visit(i);
}
