import type { ForecastPaths } from '../env/index.ts';
import { forecastDistribution } from './distribution/index.ts';
import { type FittedForecaster, type Forecast, type Forecaster, forecastPaths } from './forecaster.ts';
import type { History } from './history.ts';
import { ITEM_CLASSES, type ItemClass, itemClass } from './item-class.ts';
import { type ForecastScores, type Scales, type Scored, scoreForecasts, wape } from './metrics.ts';
import { pairedDifference } from './paired-difference.ts';

/** From this period on an item's scale for MASE and RMSSE is measured; it is at least this many units. */
const SCALE_FROM = 5;
const LEAST_SCALE = 0.5;

export interface BacktestOptions {
  readonly history: History;
  /** The first period that is not known while fitting. */
  readonly cut: number;
  /** Periods after which methods are fitted anew on all that is known by then. Left out: they are fitted once, at the cut. */
  readonly refitEvery?: number;
  /** Periods that each forecast covers. Default: 4. */
  readonly horizon?: number;
  /** The differences are to the first. */
  readonly methods: readonly Forecaster[];
  /** Of the resampling. Default: 0. */
  readonly seed?: number;
  /** Called while methods run: part done, 0 to 1, and the method. */
  readonly onProgress?: (done: number, method: string) => void;
}

export interface MethodResult extends ForecastScores {
  readonly method: string;
  /** [ahead] WAPE of the forecasts of the period of the origin, of the one after it, ... */
  readonly wapeByAhead: readonly number[];
  /** Scores of the items of each class that has any, by what was known at the cut. */
  readonly classes: readonly ClassScores[];
  /** To fit and to predict. */
  readonly seconds: number;
  /** As last fitted. */
  readonly fitted: FittedForecaster;
  /** Forecasts of each period from the cut on, for a simulator. */
  readonly forecasts: ForecastPaths;
  readonly scored: ScoredForecasts;
}

export interface ClassScores extends ForecastScores {
  readonly class: ItemClass;
  readonly items: number;
  /** Forecasts scored. */
  readonly rows: number;
}

/** Forecasts beside what happened, with where each entry stands. */
export interface ScoredForecasts extends Scored {
  /** Period in which the forecast was made: those before it were known. */
  readonly origin: readonly number[];
  /** The forecast is of period origin + ahead. */
  readonly ahead: readonly number[];
}

export interface WapeDifference {
  readonly method: string;
  readonly reference: string;
  /** WAPE of the method less that of the reference: below 0, the method is better. */
  readonly mean: number;
  /** 90 % interval, by resampling items and blocks of origins. */
  readonly ci90: readonly [number, number];
}

export interface BacktestResult {
  /** Forecasts scored per method: items x origins x periods ahead with a known outcome. */
  readonly rows: number;
  readonly series: number;
  readonly methods: readonly MethodResult[];
  readonly differences: readonly WapeDifference[];
}

/** Rolling origin: in each period from the cut to the end every method forecasts that period and those after it from the periods before it. */
export function backtest(options: BacktestOptions): BacktestResult {
  const { history, cut } = options;
  const horizon = options.horizon ?? 4;
  const scales = naiveScales(history, cut);
  const classes = history.items.map((_, item) => itemClass(history, item, cut));
  const results = options.methods.map((method, k): MethodResult => {
    const start = performance.now();
    const onProgress = (done: number) => options.onProgress?.((k + done) / options.methods.length, method.name);
    const { fitted, forecasts } = rollOver(method, { ...options, horizon, onProgress });
    const seconds = (performance.now() - start) / 1000;
    const scored = compareWithActual(history, { cut, horizon }, forecasts);
    return {
      method: method.name,
      ...scoreForecasts(scored, scales),
      wapeByAhead: wapeByAhead(scored, horizon),
      classes: scoreClasses(scored, scales, classes),
      seconds,
      fitted,
      forecasts: forecastPaths(forecasts, history.items.length, horizon),
      scored,
    };
  });
  const [reference, ...others] = results;
  const differences = others.map(({ method, scored }) => ({
    method,
    reference: reference.method,
    ...difference(scored, reference.scored, { history, cut, block: horizon, seed: options.seed ?? 0 }),
  }));
  return { rows: reference.scored.actual.length, series: history.items.length, methods: results, differences };
}

/** The forecasts made in each period from the cut on, by the method as fitted at the latest cut before it. */
function rollOver(
  method: Forecaster,
  {
    history,
    cut,
    refitEvery,
    horizon,
    onProgress,
  }: Pick<BacktestOptions, 'history' | 'cut' | 'refitEvery'> & {
    readonly horizon: number;
    readonly onProgress: (done: number) => void;
  },
): { fitted: FittedForecaster; forecasts: Forecast[] } {
  const end = history.periods.length;
  const every = refitEvery ?? end;
  let fitted = method.fit(history, { until: cut, horizon });
  const forecasts: Forecast[] = [];
  for (let origin = cut; origin < end; origin++) {
    if (origin > cut && (origin - cut) % every === 0) fitted = method.fit(history, { until: origin, horizon });
    forecasts.push(fitted.predict(history, origin, horizon));
    onProgress((origin + 1 - cut) / (end - cut));
  }
  return { fitted, forecasts };
}

/** Entries of the periods that had trade and are known. */
function compareWithActual(
  history: History,
  { cut, horizon }: { readonly cut: number; readonly horizon: number },
  forecasts: readonly Forecast[],
): ScoredForecasts {
  const periods = history.periods.length;
  const result = { item: [] as number[], origin: [] as number[], ahead: [] as number[], actual: [] as number[], mean: [] as number[] };
  const distributions: ScoredForecasts['distributions'][number][] = [];
  for (let i = 0; i < history.items.length; i++) {
    for (const [t, forecast] of forecasts.entries()) {
      for (let ahead = 0; ahead < horizon && cut + t + ahead < periods; ahead++) {
        const at = i * periods + cut + t + ahead;
        if (!history.open[cut + t + ahead] || history.missing[at] > 0) continue;
        result.item.push(i);
        result.origin.push(cut + t);
        result.ahead.push(ahead);
        result.actual.push(history.quantity[at]);
        result.mean.push(forecast.mean[i * horizon + ahead]);
        distributions.push(forecastDistribution(forecast, horizon, i, ahead));
      }
    }
  }
  return { ...result, distributions };
}

function wapeByAhead(scored: ScoredForecasts, horizon: number): number[] {
  return Array.from({ length: horizon }, (_, ahead) => {
    const { actual, mean } = pick(scored, (k) => scored.ahead[k] === ahead);
    return wape(actual, mean);
  });
}

function scoreClasses(scored: ScoredForecasts, scales: Scales, classes: readonly ItemClass[]): ClassScores[] {
  return ITEM_CLASSES.map((name) => {
    const own = pick(scored, (k) => classes[scored.item[k]] === name);
    const items = classes.filter((one) => one === name).length;
    return { class: name, items, rows: own.actual.length, ...scoreForecasts(own, scales) };
  }).filter(({ rows }) => rows > 0);
}

function pick(scored: ScoredForecasts, wanted: (entry: number) => boolean): Scored {
  const entries: number[] = [];
  for (let k = 0; k < scored.actual.length; k++) if (wanted(k)) entries.push(k);
  return {
    item: entries.map((k) => scored.item[k]),
    actual: entries.map((k) => scored.actual[k]),
    mean: entries.map((k) => scored.mean[k]),
    distributions: entries.map((k) => scored.distributions[k]),
  };
}

/** [item] changes from one period to the next before the cut: the errors of the naive forecast. */
function naiveScales(history: History, cut: number): Scales {
  const periods = history.periods.length;
  const from = Math.min(SCALE_FROM, Math.max(1, cut - 1));
  const mean = (loss: (change: number) => number) =>
    Float64Array.from(history.items, (_, i) => {
      let sum = 0;
      for (let t = from; t < cut; t++) sum += loss(history.quantity[i * periods + t] - history.quantity[i * periods + t - 1]);
      return Math.max(loss(LEAST_SCALE), cut > from ? sum / (cut - from) : 0);
    });
  return { absolute: mean(Math.abs), squared: mean((change) => change * change) };
}

function difference(
  method: ScoredForecasts,
  reference: ScoredForecasts,
  { history, cut, block, seed }: { readonly history: History; readonly cut: number; readonly block: number; readonly seed: number },
): Pick<WapeDifference, 'mean' | 'ci90'> {
  const { item, actual } = method;
  const errors = {
    items: history.items.length,
    origins: history.periods.length - cut,
    item,
    origin: method.origin.map((origin) => origin - cut),
    actual,
    difference: Array.from(actual, (value, k) => Math.abs(value - method.mean[k]) - Math.abs(value - reference.mean[k])),
  };
  return pairedDifference(errors, { block, seed });
}
