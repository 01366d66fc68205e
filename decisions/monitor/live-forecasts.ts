import { type FittedForecaster, type Forecast, fitSpread, type History, isMissing, type PeriodLength } from '../../forecasting/index.ts';

/** Forecasts that planners had of the live periods: each covers the horizon from its origin on, and is followed by the next one. */
export interface LiveForecasts {
  readonly history: History;
  /** The first live period. */
  readonly from: number;
  readonly horizon: number;
  /** The first one was made at `from`, the next one a horizon later from what was known by then, ... */
  readonly forecasts: readonly Forecast[];
  /** [item] what the periods of a forecast have in common; where the method does not say, it was measured on its own past forecasts. */
  readonly common: Float64Array;
}

/** Past origins at which a method's forecasts are made to see what their periods have in common. */
const CHECKS = 12;
/** [periods] that a level is at best the mean of. */
const LEVEL_PERIODS = 10;

/** [periods] over which a forecast is held against sales without being refreshed, at least: a refreshed one follows a drift before it can be told. */
const SPAN: Readonly<Record<PeriodLength, number>> = { day: 28, week: 13, month: 6 };

/** [periods] that forecasts cover which drift is told by. */
export function driftSpan(periodLength: PeriodLength, horizon: number): number {
  return Math.max(horizon, SPAN[periodLength]);
}

/** The kept forecast, and where live periods go beyond it those that the kept method makes from what was known by then. It is not fitted anew. */
export function rollLiveForecasts(options: {
  readonly history: History;
  readonly from: number;
  readonly horizon: number;
  /** Left out: the method makes that one too. */
  readonly kept?: Forecast;
  readonly fitted: FittedForecaster;
}): LiveForecasts {
  const { history, from, horizon, kept, fitted } = options;
  const forecasts: Forecast[] = [];
  for (let origin = from; origin < history.periods.length; origin += horizon) {
    forecasts.push(origin === from && kept !== undefined ? kept : fitted.predict(history, origin, horizon));
  }
  const said = forecasts[0].common;
  const common = said?.some((value) => value > 0) ? said : measureCommon({ history, until: from, horizon, fitted });
  return { history, from, horizon, forecasts, common: atLeastOfLevel(common, forecasts[0], horizon) };
}

/** What is measured on the past of a fit is too small: no level is known better than the mean of so many periods. */
function atLeastOfLevel(common: Float64Array, { mean, variance }: Forecast, horizon: number): Float64Array {
  return common.map((value, item) => {
    const cell = item * horizon;
    return mean[cell] > 0 ? Math.max(value, variance[cell] / mean[cell] ** 2 / LEVEL_PERIODS) : value;
  });
}

/** The kept method's forecasts of each live period alone, made at its beginning from all that was known by then. */
export function oneStepForecasts({
  history,
  from,
  fitted,
}: Pick<LiveForecasts, 'history' | 'from'> & { fitted: FittedForecaster }): Forecast[] {
  return Array.from({ length: history.periods.length - from }, (_, t) => fitted.predict(history, from + t, 1));
}

/** [item] measured before `until`, from forecasts made a few periods apart. */
function measureCommon({
  history,
  until,
  horizon,
  fitted,
}: Pick<LiveForecasts, 'history' | 'horizon'> & { readonly until: number; readonly fitted: FittedForecaster }): Float64Array {
  const items = history.items.length;
  const stride = Math.max(1, Math.floor((until - horizon) / 2 / CHECKS));
  const origins: number[] = [];
  for (let origin = until - horizon; origin > Math.max(1, (until - horizon) / 2); origin -= stride) origins.push(origin);
  if (origins.length === 0) return new Float64Array(items);
  const cells = items * horizon;
  const mean = new Float64Array(origins.length * cells);
  const quantity = new Float64Array(origins.length * cells);
  origins.forEach((origin, k) => {
    mean.set(fitted.predict(history, origin, horizon).mean, k * cells);
    for (let cell = 0; cell < cells; cell++) {
      const period = origin + (cell % horizon);
      quantity[k * cells + cell] = knownQuantity(history, Math.floor(cell / horizon), period, until);
    }
  });
  const item = Int32Array.from({ length: origins.length * items }, (_, row) => row % items);
  const { common, dispersion } = fitSpread({ items, horizon, item, mean, quantity });
  return dispersion.map((own) => common * own);
}

/** [units] sold, or NaN where that says nothing about demand as far as can be told at the origin. */
export function knownQuantity(history: History, item: number, period: number, origin: number): number {
  const at = item * history.periods.length + period;
  return history.open[period] && !isMissing(history, at, origin) ? history.quantity[at] : Number.NaN;
}
