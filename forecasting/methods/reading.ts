import {
  copyParts,
  emptyParts,
  type FitOptions,
  type FittedForecaster,
  type Forecast,
  type Forecaster,
  type ForecastParts,
} from '../forecaster.ts';
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
  const { temperature, nothing, shrink } = reader.settings;
  const fitted = inner.fit(withoutEvents(history, options.until), options);
  return {
    name: inner.name,
    choices: {
      ...fitted.choices,
      notes: reader.events.notes.length,
      kindsOfNotes: reader.effects.length - 1,
      temperature,
      nothing,
      shrink: Number.isFinite(shrink) ? shrink : 'none',
    },
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
  const cells = quiet.mean.length;
  const count = Math.min(MOST_PARTS, reader.effects.length);
  const parts = emptyParts(cells, Math.max(count, quiet.parts?.count ?? 1));
  for (let cell = 0; cell < cells; cell++) copyParts(quiet, cell, parts, cell);
  const touched = new Uint8Array(cells);
  for (const note of notes) {
    const reading = readingOf(note.text, reader, count);
    eachItem(history, note, (i) => {
      const cell = i * horizon + note.period - origin;
      if (touched[cell]) multiplyParts(parts, cell, expectedFactor(reading, i));
      else openMixture(parts, cell, quiet, reading, i);
      touched[cell] = 1;
    });
  }
  return { ...quiet, ...momentsOf(parts, cells), parts };
}

/** Kinds that a note may be of: their weights, which add up to 1, and what they multiply each item's sales by. The last is that of nothing seen. */
interface Reading {
  readonly weights: Float64Array;
  /** [kind][item] */
  readonly factors: readonly Float64Array[];
  /** [item] variance of the log factor of the last. */
  readonly spread: Float64Array;
}

function readingOf(text: string, reader: NoteReader, count: number): Reading {
  const read = reader.read(text);
  const readings = likeliest(read, count);
  const kept = readings.reduce((sum, c) => sum + read[c], 0);
  return {
    weights: Float64Array.from(readings, (c) => read[c] / kept),
    factors: readings.map((c) => reader.effects[c].map(Math.exp)),
    spread: reader.spread,
  };
}

/** Numbers of the kinds with the largest weights; that of nothing seen is always among them, and last. */
function likeliest(weights: Float64Array, count: number): number[] {
  const nothing = weights.length - 1;
  const kinds = Array.from({ length: nothing }, (_, c) => c).sort((a, b) => weights[b] - weights[a] || a - b);
  return [...kinds.slice(0, count - 1), nothing];
}

function expectedFactor({ weights, factors }: Reading, item: number): number {
  return weights.reduce((sum, weight, c) => sum + weight * factors[c][item], 0);
}

/** The first note of a cell makes it a mixture with a negative binomial for each reading. */
function openMixture(parts: ForecastParts, cell: number, quiet: Forecast, { weights, factors, spread }: Reading, item: number): void {
  const mean = quiet.mean[cell];
  const excess = quiet.variance[cell] - mean;
  const start = cell * parts.count;
  parts.weight.fill(0, start, start + parts.count);
  for (let c = 0; c < weights.length; c++) {
    const factor = factors[c][item];
    const unsure = c === weights.length - 1 ? Math.expm1(spread[item]) : 0;
    parts.weight[start + c] = weights[c];
    parts.mean[start + c] = factor * mean;
    parts.variance[start + c] = factor * mean + factor * factor * (excess + unsure * mean * mean);
  }
}

/** Each further note multiplies it by its mean factor. */
function multiplyParts(parts: ForecastParts, cell: number, factor: number): void {
  for (let at = cell * parts.count; at < (cell + 1) * parts.count; at++) {
    const excess = parts.variance[at] - parts.mean[at];
    parts.mean[at] *= factor;
    parts.variance[at] = parts.mean[at] + factor * factor * excess;
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
