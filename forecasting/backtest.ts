import { createStream, type ForecastPaths } from '../env/index.ts';
import { type FittedForecaster, type Forecaster, rollingForecasts } from './forecaster.ts';
import type { History } from './history.ts';
import { type ForecastScores, type Scored, scoreForecasts, wape } from './metrics.ts';

const RESAMPLES = 1000;
/** From this week on an item's scale for MASE is measured; it is at least this many units. */
const SCALE_FROM = 5;
const LEAST_SCALE = 0.5;

export interface BacktestOptions {
  readonly history: History;
  /** The first week that is not known while fitting. */
  readonly cut: number;
  /** Weeks that each forecast covers. Default: 4. */
  readonly horizon?: number;
  /** Fitted on the weeks before the cut; the differences are to the first. */
  readonly methods: readonly Forecaster[];
  /** Of the resampling. Default: 0. */
  readonly seed?: number;
}

export interface MethodResult extends ForecastScores {
  readonly method: string;
  /** [ahead] WAPE of the forecasts of the week of the origin, of the week after it, ... */
  readonly wapeByAhead: readonly number[];
  /** To fit and to predict. */
  readonly seconds: number;
  readonly fitted: FittedForecaster;
  /** The forecasts of each week from the cut on. */
  readonly forecasts: ForecastPaths;
}

export interface WapeDifference {
  readonly method: string;
  readonly reference: string;
  /** WAPE of the method less that of the reference: below 0, the method is better. */
  readonly mean: number;
  /** 90 % interval, by resampling items. */
  readonly ci90: readonly [number, number];
}

export interface BacktestResult {
  /** Forecasts scored per method: items x origins x weeks ahead with a known outcome. */
  readonly rows: number;
  readonly series: number;
  readonly methods: readonly MethodResult[];
  readonly differences: readonly WapeDifference[];
}

/** Rolling origin: in each week from the cut to the end every method forecasts that week and those after it from the weeks before it. */
export function backtest(options: BacktestOptions): BacktestResult {
  const { history, cut } = options;
  const horizon = options.horizon ?? 4;
  const scales = naiveScales(history, cut);
  const runs = options.methods.map((method) => {
    const start = performance.now();
    const fitted = method.fit(history, { until: cut, horizon });
    const forecasts = rollingForecasts({ forecaster: fitted, history, from: cut, to: history.periods.length, horizon });
    const seconds = (performance.now() - start) / 1000;
    const scored = compareWithActual(history, cut, forecasts);
    const result = { method: method.name, ...scoreForecasts(scored, scales), wapeByAhead: wapeByAhead(scored), seconds, fitted, forecasts };
    return { result, scored };
  });
  const [reference, ...others] = runs;
  return {
    rows: reference.scored.actual.length,
    series: history.items.length,
    methods: runs.map(({ result }) => result),
    differences: others.map((run) => ({
      method: run.result.method,
      reference: reference.result.method,
      ...pairedDifference(run.scored, reference.scored, history.items.length, options.seed ?? 0),
    })),
  };
}

interface Comparison extends Scored {
  readonly ahead: readonly number[];
}

/** Entries of the weeks that had trade and are known. */
function compareWithActual(history: History, cut: number, paths: ForecastPaths): Comparison {
  const weeks = history.periods.length;
  const result = { item: [] as number[], ahead: [] as number[], actual: [] as number[], mean: [] as number[], variance: [] as number[] };
  for (let i = 0; i < paths.rows; i++) {
    for (let t = 0; t < paths.span; t++) {
      for (let ahead = 0; ahead < paths.horizon && cut + t + ahead < weeks; ahead++) {
        if (!history.open[cut + t + ahead]) continue;
        const at = (i * paths.span + t) * paths.horizon + ahead;
        result.item.push(i);
        result.ahead.push(ahead);
        result.actual.push(history.quantity[i * weeks + cut + t + ahead]);
        result.mean.push(paths.mean[at]);
        result.variance.push(paths.variance[at]);
      }
    }
  }
  return result;
}

function wapeByAhead(scored: Comparison): number[] {
  const horizon = Math.max(...new Set(scored.ahead)) + 1;
  return Array.from({ length: horizon }, (_, ahead) => {
    const entries = Array.from(scored.ahead.keys()).filter((k) => scored.ahead[k] === ahead);
    return wape(
      entries.map((k) => scored.actual[k]),
      entries.map((k) => scored.mean[k]),
    );
  });
}

/** [item] mean absolute change from one week to the next before the cut: the error of the naive forecast. */
function naiveScales(history: History, cut: number): Float64Array {
  const weeks = history.periods.length;
  return Float64Array.from(history.items, (_, i) => {
    const from = Math.min(SCALE_FROM, Math.max(1, cut - 1));
    let sum = 0;
    for (let w = from; w < cut; w++) sum += Math.abs(history.quantity[i * weeks + w] - history.quantity[i * weeks + w - 1]);
    return Math.max(LEAST_SCALE, cut > from ? sum / (cut - from) : 0);
  });
}

/** Bootstrap over items (Efron and Tibshirani 1993): the same items are drawn for both methods. */
function pairedDifference(method: Scored, reference: Scored, items: number, seed: number): Pick<WapeDifference, 'mean' | 'ci90'> {
  const gain = new Float64Array(items);
  const sold = new Float64Array(items);
  for (let k = 0; k < method.actual.length; k++) {
    const actual = method.actual[k];
    gain[method.item[k]] += Math.abs(actual - method.mean[k]) - Math.abs(actual - reference.mean[k]);
    sold[method.item[k]] += actual;
  }
  const stream = createStream(seed, 'bootstrap');
  const draws = Array.from({ length: RESAMPLES }, () => {
    let difference = 0;
    let total = 0;
    for (let n = 0; n < items; n++) {
      const i = stream.integer(items);
      difference += gain[i];
      total += sold[i];
    }
    return difference / total;
  }).sort((a, b) => a - b);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  return { mean: sum(gain) / sum(sold), ci90: [draws[Math.floor(0.05 * RESAMPLES)], draws[Math.ceil(0.95 * RESAMPLES) - 1]] };
}
