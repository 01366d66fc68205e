import { fitSpread, type PastForecasts, spreadForecast } from '../distribution/index.ts';
import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import { type History, isMissing, type PeriodLength } from '../history.ts';
import { outcome } from './past-forecasts.ts';
import type { SeriesMethod, SeriesModel } from './series-method.ts';

/** Periods after which a season comes round. */
const SEASONS: Readonly<Record<PeriodLength, number>> = { day: 7, week: 52, month: 12 };
/** What stands in for sales that are missing is the mean of so many known values before them. */
const FILL_FROM = 8;
/** Origins per item, at most, from which spread is measured. */
const MOST_ORIGINS = 40;
/** Values that an item has at least at an origin from which spread is measured. */
const WARM = 4;
/** Where a method has a trend, forecasts stay below this many times an item's best period so far, and above this part of its mean: it does not run away. */
const CEILING = 3;
const FLOOR = 0.1;

/**
 * A method of single series as a forecaster of a catalogue: each item from its first sale on, closed periods and missing sales filled in. Means are 0 or more; the
 * spread around them is measured on the past.
 */
export function seriesForecaster(method: SeriesMethod, name = method.name): Forecaster {
  return { name, fit: (history, options) => fitSeries(name, method, history, options) };
}

function fitSeries(name: string, method: SeriesMethod, history: History, options: FitOptions): FittedForecaster {
  const season = SEASONS[history.periodLength];
  const series = history.items.map((_, item) => knownSales(history, item, options.until));
  const models = series.map(({ values }) => method.fit(values, season));
  const spread = fitSpread(fittedForecasts(history, series, { method, models }, options));
  return {
    name,
    choices: { ...medianParameters(models), common: spread.common },
    predict: (later, origin, horizon): Forecast => {
      const mean = new Float64Array(models.length * horizon);
      for (let item = 0; item < models.length; item++) {
        const { values } = knownSales(later, item, origin);
        const out = mean.subarray(item * horizon, (item + 1) * horizon);
        models[item].forecast(values, { from: values.length, to: values.length + 1, horizon }, out);
        const { low, high } = bounds(method, values);
        keepWithin(out, low[values.length], high[values.length]);
      }
      return spreadForecast(mean, horizon, spread);
    },
  };
}

interface KnownSales {
  /** Period of the first sale; the origin where there was none. */
  readonly launch: number;
  /** From the launch to the origin. */
  readonly values: Float64Array;
}

/** What is known of an item's sales at an origin. Closed periods and missing sales have the mean of the known values before them. */
function knownSales(history: History, item: number, origin: number): KnownSales {
  const start = item * history.periods.length;
  let launch = 0;
  while (launch < origin && !(history.quantity[start + launch] > 0)) launch++;
  const values = history.quantity.slice(start + launch, start + origin);
  for (let k = 1; k < values.length; k++) {
    if (saysSomething(history, start, launch + k, origin)) continue;
    const from = Math.max(0, k - FILL_FROM);
    let sum = 0;
    for (let before = from; before < k; before++) sum += values[before];
    values[k] = sum / (k - from);
  }
  return { launch, values };
}

function saysSomething(history: History, start: number, period: number, origin: number): boolean {
  return history.open[period] === 1 && !isMissing(history, start + period, origin);
}

/** Forecasts that the fitted models would have made, at origins spread evenly over the past. */
function fittedForecasts(
  history: History,
  series: readonly KnownSales[],
  { method, models }: { readonly method: SeriesMethod; readonly models: readonly SeriesModel[] },
  { until, horizon }: FitOptions,
): PastForecasts {
  const item: number[] = [];
  const means: Float64Array[] = [];
  const quantities: Float64Array[] = [];
  series.forEach(({ launch, values }, i) => {
    const origins = values.length - WARM;
    if (origins < 1) return;
    const all = new Float64Array(origins * horizon);
    models[i].forecast(values, { from: WARM, to: values.length, horizon }, all);
    const { low, high } = bounds(method, values);
    const stride = Math.ceil(origins / MOST_ORIGINS);
    for (let t = (origins - 1) % stride; t < origins; t += stride) {
      const mean = all.subarray(t * horizon, (t + 1) * horizon);
      keepWithin(mean, low[WARM + t], high[WARM + t]);
      item.push(i);
      means.push(mean);
      quantities.push(Float64Array.from({ length: horizon }, (_, ahead) => outcome(history, i, launch + WARM + t + ahead, until)));
    }
  });
  return { items: history.items.length, horizon, item, mean: joined(means, horizon), quantity: joined(quantities, horizon) };
}

function joined(rows: readonly Float64Array[], width: number): Float64Array {
  const all = new Float64Array(rows.length * width);
  rows.forEach((row, k) => {
    all.set(row, k * width);
  });
  return all;
}

/** Bounds on a forecast from the sales so far, once for each number of them. */
function bounds({ trending }: SeriesMethod, values: Float64Array): { readonly low: Float64Array; readonly high: Float64Array } {
  const low = new Float64Array(values.length + 1);
  const high = new Float64Array(values.length + 1);
  if (!trending) return { low, high: high.fill(Number.POSITIVE_INFINITY) };
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    sum += values[t];
    low[t + 1] = (FLOOR * sum) / (t + 1);
    high[t + 1] = Math.max(high[t], CEILING * values[t]);
  }
  return { low, high };
}

function keepWithin(forecasts: Float64Array, low: number, high: number): void {
  for (let ahead = 0; ahead < forecasts.length; ahead++) forecasts[ahead] = Math.max(low, Math.min(high, forecasts[ahead]));
}

/** For the record: the median over items of what was chosen for each. */
function medianParameters(models: readonly SeriesModel[]): Record<string, number> {
  const names = new Set(models.flatMap(({ parameters }) => Object.keys(parameters)));
  return Object.fromEntries(
    Array.from(names, (name) => {
      const values = models.flatMap(({ parameters }) => parameters[name] ?? []).toSorted((a, b) => a - b);
      return [name, values[Math.floor((values.length - 1) / 2)]];
    }),
  );
}
