import { crps, forecastDistribution, mixtureCumulative, mixtureQuantile, pairedDifference } from '../../forecasting/index.ts';
import { knownQuantity, type LiveForecasts } from './live-forecasts.ts';

/** A figure with its 90 % interval: items and periods are drawn anew together, since those of one item or one period err alike. */
export interface Figure {
  readonly value: number;
  readonly ci90: readonly [number, number];
}

export interface Coverage {
  /** Chance that the central interval is made for. */
  readonly level: number;
  /** Part of what happened that lies within it. */
  readonly share: number;
  /** What that would be if the forecasts were right: a little more than the level, as counts cannot be cut anywhere. */
  readonly expected: number;
  /** 90 % interval of `share`. */
  readonly ci90: readonly [number, number];
}

/** How good the forecasts of the live periods were. */
export interface LiveScores {
  /** Items x periods that were compared. */
  readonly entries: number;
  readonly units: { readonly forecast: number; readonly actual: number };
  readonly coverage: readonly Coverage[];
  /** Sum of (forecast - actual) over the sum of sales: above 0, too much was forecast. */
  readonly bias: Figure;
  /** Sum of errors (actual - forecast) of the whole over their mean absolute size (Brown 1959): beyond 4 it leans to one side. */
  readonly trackingSignal: number;
  /** Sum of CRPS over the sum of sales: of the forecasts, and of the naive forecast made at the same time. */
  readonly crps: { readonly forecast: number; readonly naive: number; readonly difference: Figure };
}

/** One item and period: what was forecast, and what came. */
export interface LiveEntry {
  readonly item: number;
  /** 0 for the first live period. */
  readonly period: number;
  readonly mean: number;
  readonly actual: number;
  /** [units] */
  readonly crps: number;
  readonly naiveCrps: number;
  /** [level] Is it within the central interval, and the chance that was given to that. */
  readonly within: readonly boolean[];
  readonly chance: readonly number[];
}

export const COVERAGE_LEVELS = [0.5, 0.8, 0.9] as const;

/** Entries of open periods with known demand, item by item. `naive` is made at the same origins over the same horizon. */
export function liveEntries(planned: LiveForecasts, naive: LiveForecasts): LiveEntry[] {
  const { history, from, horizon, forecasts } = planned;
  const periods = history.periods.length - from;
  const entries: LiveEntry[] = [];
  for (let item = 0; item < history.items.length; item++) {
    for (let period = 0; period < periods; period++) {
      const actual = knownQuantity(history, item, from + period, history.periods.length);
      if (Number.isNaN(actual)) continue;
      const block = Math.floor(period / horizon);
      const distribution = forecastDistribution(forecasts[block], horizon, item, period % horizon);
      const ends = COVERAGE_LEVELS.map((level) => [
        mixtureQuantile(distribution, (1 - level) / 2),
        mixtureQuantile(distribution, (1 + level) / 2),
      ]);
      entries.push({
        item,
        period,
        mean: forecasts[block].mean[item * horizon + (period % horizon)],
        actual,
        crps: crps(distribution, actual),
        naiveCrps: crps(forecastDistribution(naive.forecasts[block], horizon, item, period % horizon), actual),
        within: ends.map(([low, high]) => actual >= low && actual <= high),
        chance: ends.map(([low, high]) => mixtureCumulative(distribution, high) - mixtureCumulative(distribution, low - 1)),
      });
    }
  }
  return entries;
}

/** Scores of some entries; NaN where there is none, or nothing was sold. */
export function scoreLive(entries: readonly LiveEntry[], seed: number): LiveScores {
  const figure = figureOf(entries, seed);
  const sales = (entry: LiveEntry) => entry.actual;
  const one = () => 1;
  const coverage = COVERAGE_LEVELS.map((level, k): Coverage => {
    const { value, ci90 } = figure((entry) => (entry.within[k] ? 1 : 0), one);
    return { level, share: value, expected: mean(entries, (entry) => entry.chance[k]), ci90 };
  });
  const units = { forecast: sum(entries, (entry) => entry.mean), actual: sum(entries, sales) };
  return {
    entries: entries.length,
    units,
    coverage,
    bias: figure((entry) => entry.mean - entry.actual, sales),
    trackingSignal: trackingSignal(errorsByPeriod(entries)),
    crps: {
      forecast: sum(entries, (entry) => entry.crps) / units.actual,
      naive: sum(entries, (entry) => entry.naiveCrps) / units.actual,
      difference: figure((entry) => entry.crps - entry.naiveCrps, sales),
    },
  };
}

/** Sum of one thing over the sum of another, with its interval. */
export function figureOf(
  entries: readonly LiveEntry[],
  seed: number,
): (part: (entry: LiveEntry) => number, whole: (entry: LiveEntry) => number) => Figure {
  const items = compact(entries.map(({ item }) => item));
  const periods = compact(entries.map(({ period }) => period));
  return (part, whole) => {
    if (entries.length === 0) return { value: Number.NaN, ci90: [Number.NaN, Number.NaN] };
    const { mean: value, ci90 } = pairedDifference(
      {
        items: items.count,
        origins: periods.count,
        item: items.place,
        origin: periods.place,
        actual: entries.map(whole),
        difference: entries.map(part),
      },
      { block: 1, seed },
    );
    return { value, ci90 };
  };
}

/** Sum of errors over their mean absolute size; 0 where there is no error. */
export function trackingSignal(errors: readonly number[]): number {
  const total = errors.reduce((all, error) => all + error, 0);
  const size = errors.reduce((all, error) => all + Math.abs(error), 0) / errors.length;
  return size > 0 ? total / size : 0;
}

/** [period] actual - forecast of all items together. */
function errorsByPeriod(entries: readonly LiveEntry[]): number[] {
  const errors = new Map<number, number>();
  for (const { period, mean, actual } of entries) errors.set(period, (errors.get(period) ?? 0) + actual - mean);
  return [...errors.values()];
}

function compact(values: readonly number[]): { readonly place: Int32Array; readonly count: number } {
  const places = new Map<number, number>();
  for (const value of values) if (!places.has(value)) places.set(value, places.size);
  return { place: Int32Array.from(values, (value) => places.get(value) ?? 0), count: places.size };
}

function sum(entries: readonly LiveEntry[], of: (entry: LiveEntry) => number): number {
  let total = 0;
  for (const entry of entries) total += of(entry);
  return total;
}

function mean(entries: readonly LiveEntry[], of: (entry: LiveEntry) => number): number {
  return sum(entries, of) / entries.length;
}
