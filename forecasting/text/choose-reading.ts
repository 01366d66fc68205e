import { cosine } from '../embedding/index.ts';
import type { History } from '../history.ts';
import { type AttentionSettings, attend } from './attention.ts';
import type { MeasuredEvents } from './events.ts';
import { type KeyNote, type WordingMetric, wordingMetric } from './wording-metric.ts';

export interface ReadingSettings extends AttentionSettings {
  /** As `MetricOptions` has it. */
  readonly shrink: number;
}

export interface ReadingChoice {
  readonly history: History;
  readonly events: MeasuredEvents;
  readonly keys: readonly KeyNote[];
  /** [kind][item] log effects; the last row is that of a note like nothing seen. */
  readonly effects: readonly Float64Array[];
}

/** How a note is read: settings, and how alike it is to the wordings seen before. */
export interface ChosenReading {
  readonly settings: ReadingSettings;
  readonly likeness: WordingMetric;
}

const SHRINKS = [Number.POSITIVE_INFINITY, 3];
const TEMPERATURES = [0.04, 0.05, 0.065, 0.08, 0.12, 0.2];
const NOTHING = [-0.1, 0.1, 0.2, 0.3, 0.4];
/** Besides a note's own wording, so many of the most alike ones are hidden in turn: new wordings stand farther off than those at hand do from each other. */
const HIDDEN_BESIDES = [1, 2, 3];
/** Items, and wordings, that settings are chosen on. */
const MOST_JUDGES = 300;
const MOST_WORDINGS = 100;

/** The settings with the least absolute error of sales, each note read as if its wording, and some like it, had never been seen. */
export function chooseReading(choice: ReadingChoice): ChosenReading {
  const { events, keys, effects } = choice;
  const judges = Array.from(events.variance.keys())
    .sort((a, b) => events.usual[b * events.until] - events.usual[a * events.until] || a - b)
    .slice(0, MOST_JUDGES);
  const factors = effects.map((row) => Float64Array.from(judges, (i) => Math.exp(row[i])));
  const all = settingsTried();
  const errors = new Float64Array(all.length);
  const products = keys.map(({ vector }) => dotProducts(vector, keys));
  const judged = keys.flatMap(({ text }, a) => (keys.findIndex((key) => key.text === text) === a ? [a] : [])).slice(0, MOST_WORDINGS);
  for (const a of judged) {
    const notes = [...events.notes.keys()].filter((k) => events.notes[k].text === keys[a].text);
    for (const left of keysLeft(keys, a, products[a])) {
      const own = Float64Array.from(left, (b) => products[a][b]);
      const likeness = new Map(SHRINKS.map((shrink) => [shrink, metricOf(keys, products, left, shrink)(own)]));
      for (const [s, settings] of all.entries()) {
        const kinds = left.map((b) => keys[b].kind);
        const weights = attend(likeness.get(settings.shrink) ?? own, kinds, effects.length - 1, settings);
        for (const k of notes) errors[s] += noteError(choice, k, judges, factors, weights);
      }
    }
  }
  const settings = all[errors.indexOf(Math.min(...errors))];
  return { settings, likeness: metricOf(keys, products, [...keys.keys()], settings.shrink) };
}

function settingsTried(): ReadingSettings[] {
  return SHRINKS.flatMap((shrink) => TEMPERATURES.flatMap((temperature) => NOTHING.map((nothing) => ({ shrink, temperature, nothing }))));
}

/** [key] */
export function dotProducts(vector: Float32Array, keys: readonly KeyNote[]): Float64Array {
  return Float64Array.from(keys, (key) => cosine(vector, key.vector));
}

/** The metric that a part of the keys teaches. */
function metricOf(keys: readonly KeyNote[], products: readonly Float64Array[], part: readonly number[], shrink: number): WordingMetric {
  return wordingMetric({
    products: part.map((a) => Float64Array.from(part, (b) => products[a][b])),
    kinds: part.map((a) => keys[a].kind),
    dimension: keys[0]?.vector.length ?? 1,
    shrink,
  });
}

/** Keys without those of a wording and of the wordings most alike, for each number of these. */
function keysLeft(keys: readonly KeyNote[], own: number, likeness: Float64Array): number[][] {
  const alike = [...keys.keys()].sort((a, b) => likeness[b] - likeness[a]).map((a) => keys[a].text);
  const others = [...new Set(alike)].filter((text) => text !== keys[own].text);
  return HIDDEN_BESIDES.map((count) => {
    const hidden = new Set([keys[own].text, ...others.slice(0, count)]);
    return [...keys.keys()].filter((a) => !hidden.has(keys[a].text));
  });
}

/** Absolute error of the sales of one note's period over the items that judge. */
function noteError(
  { history, events }: ReadingChoice,
  k: number,
  judges: readonly number[],
  factors: readonly Float64Array[],
  weights: Float64Array,
): number {
  const { period } = events.notes[k];
  let error = 0;
  for (const [n, i] of judges.entries()) {
    if (Number.isNaN(events.effects[k][i])) continue;
    let factor = 0;
    for (let c = 0; c < weights.length; c++) factor += weights[c] * factors[c][n];
    error += Math.abs(history.quantity[i * history.periods.length + period] - factor * events.usual[i * events.until + period]);
  }
  return error;
}
