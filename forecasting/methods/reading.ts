import type { FitOptions, FittedForecaster, Forecast, Forecaster, ForecastParts } from '../forecaster.ts';
import type { History } from '../history.ts';
import { eachItem } from '../text/events.ts';
import { type HistoryTexts, learnNotes, type NoteReader } from '../text/note-reader.ts';
import { eventCleaner } from '../text/without-events.ts';

/** Readings of a note that are told apart in a forecast; unlikelier ones are left out. */
const MOST_PARTS = 8;

/**
 * A forecaster that reads notes: the one given, of the sales that there would have been without events, times what notes worded alike did to each
 * item. A note that can be read in several ways gives a mixture of them. Histories without notes are left to the forecaster given.
 */
export function readingForecaster(inner: Forecaster, texts: HistoryTexts): Forecaster {
  return { name: inner.name, fit: (history, options) => fitReading(inner, texts, history, options) };
}

function fitReading(inner: Forecaster, texts: HistoryTexts, history: History, options: FitOptions): FittedForecaster {
  const reader = learnNotes(history, options.until, texts);
  if (reader === null) return inner.fit(history, options);
  const withoutEvents = eventCleaner(reader);
  const fitted = inner.fit(withoutEvents(history, options.until), options);
  const { temperature, nothing } = reader.settings;
  return {
    name: inner.name,
    choices: { ...fitted.choices, notes: reader.events.notes.length, kindsOfNotes: reader.effects.length - 1, temperature, nothing },
    predict(later, origin, horizon) {
      const quiet = fitted.predict(withoutEvents(later, origin), origin, horizon);
      return withNotes(quiet, reader, later, origin, horizon);
    },
  };
}

/** A forecast of quiet periods, with what the notes known at the origin add. */
export function withNotes(quiet: Forecast, reader: NoteReader, history: History, origin: number, horizon: number): Forecast {
  const notes = history.notes.filter((note) => note.period >= origin && note.period < origin + horizon && note.knownAt <= origin);
  if (notes.length === 0) return quiet;
  const count = Math.min(MOST_PARTS, reader.effects.length);
  const parts = singleParts(quiet, count);
  for (const note of notes) {
    const read = reader.read(note.text);
    const readings = likeliest(read, count);
    const kept = readings.reduce((sum, c) => sum + read[c], 0);
    const weights = Float64Array.from(readings, (c) => read[c] / kept);
    const factors = readings.map((c) => reader.effects[c].map(Math.exp));
    eachItem(history, note, (i) => multiplyParts(parts, i * horizon + note.period - origin, weights, factors, i, reader.spread[i]));
  }
  return { ...quiet, ...momentsOf(parts, quiet.mean.length), parts };
}

/** Numbers of the kinds with the largest weights; that of nothing seen is always among them, and last. */
function likeliest(weights: Float64Array, count: number): number[] {
  const nothing = weights.length - 1;
  const kinds = Array.from({ length: nothing }, (_, c) => c).sort((a, b) => weights[b] - weights[a] || a - b);
  return [...kinds.slice(0, count - 1), nothing];
}

function singleParts(quiet: Forecast, count: number): ForecastParts {
  const cells = quiet.mean.length;
  const parts = {
    count,
    weight: new Float64Array(cells * count),
    mean: new Float64Array(cells * count),
    variance: new Float64Array(cells * count),
  };
  for (let cell = 0; cell < cells; cell++) {
    parts.weight[cell * count] = 1;
    parts.mean[cell * count] = quiet.mean[cell];
    parts.variance[cell * count] = quiet.variance[cell];
  }
  return parts;
}

/** The first note of a cell opens a mixture; each further one multiplies it by its mean factor. */
function multiplyParts(
  parts: ForecastParts,
  cell: number,
  weights: Float64Array,
  factors: readonly Float64Array[],
  item: number,
  spread: number,
): void {
  const start = cell * parts.count;
  const single = parts.weight[start] === 1;
  const expected = weights.reduce((sum, weight, c) => sum + weight * factors[c][item], 0);
  const mean = parts.mean[start];
  const variance = parts.variance[start];
  for (let c = 0; c < parts.count; c++) {
    const at = start + c;
    const factor = single ? factors[c][item] : expected;
    const before = single ? mean : parts.mean[at];
    const excess = single ? variance - mean : parts.variance[at] - parts.mean[at];
    parts.mean[at] = factor * before;
    parts.variance[at] = parts.mean[at] + factor * factor * excess;
    if (!single) continue;
    parts.weight[at] = weights[c];
    if (c === parts.count - 1) parts.variance[at] += Math.expm1(spread) * parts.mean[at] ** 2;
  }
}

function momentsOf(parts: ForecastParts, cells: number): { mean: Float64Array; variance: Float64Array } {
  const mean = new Float64Array(cells);
  const variance = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    for (let at = cell * parts.count; at < (cell + 1) * parts.count; at++) mean[cell] += parts.weight[at] * parts.mean[at];
    for (let at = cell * parts.count; at < (cell + 1) * parts.count; at++) {
      variance[cell] += parts.weight[at] * (parts.variance[at] + (parts.mean[at] - mean[cell]) ** 2);
    }
  }
  return { mean, variance };
}
