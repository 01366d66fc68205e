import { crps, forecastDistribution, mixtureQuantile, scaledSpread } from '../distribution/index.ts';
import { copyParts, emptyParts, type FitOptions, type FittedForecaster, type Forecast, type Forecaster } from '../forecaster.ts';
import { type History, soldBefore } from '../history.ts';
import { ITEM_CLASSES, type ItemClass, itemClass } from '../item-class.ts';

/** Periods at the end of what is known that candidates are judged on, at most, and the part of it that they are. */
const MOST_PERIODS = 13;
const VALIDATION_PART = 0.25;
/** Periods that must be left to fit on. */
const LEAST_PERIODS = 8;
/** Forecasts of a class below which it has no choice of its own. */
const LEAST_ROWS = 100;
/** What spreads are multiplied by, one of them. */
const SPREADS = [1, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3];

/** What is used for the items of a class. */
interface Choice {
  readonly candidate: Forecaster;
  readonly spread: number;
}

/**
 * For each class of items the candidate that forecasts best, fitted on all that is known. They are judged on the last quarter of it, at most 13 periods, by
 * absolute error of the mean and CRPS together, so that both the point and the spread count. The spread of the chosen one is then made narrower where that
 * lowers absolute error of the median and CRPS: rare orders of many times the usual size make the likeliest negative binomial so wide that its median lies
 * below what usually sells. Too short a history leaves the first candidate as it is; so does an item that has never sold, of which there is nothing to choose by.
 */
export function autoForecaster(candidates: readonly Forecaster[]): Forecaster {
  return { name: 'auto', fit: (history, options) => fitAuto(candidates, history, options) };
}

function fitAuto(candidates: readonly Forecaster[], history: History, options: FitOptions): FittedForecaster {
  const chosen = chooseByClass(candidates, history, options);
  const unsold = history.items.some((_, item) => !soldBefore(history, item, options.until));
  const used = new Set([...(unsold ? candidates.slice(0, 1) : []), ...Array.from(chosen.values(), ({ candidate }) => candidate)]);
  const fitted = new Map(Array.from(used, (candidate) => [candidate, candidate.fit(history, options)]));
  return {
    name: 'auto',
    choices: Object.fromEntries(
      Array.from(chosen, ([name, { candidate, spread }]) => [
        name,
        spread === 1 ? candidate.name : `${candidate.name}, spread x ${spread}`,
      ]),
    ),
    predict(later, origin, horizon) {
      const forecasts = new Map(Array.from(fitted, ([candidate, model]) => [candidate, model.predict(later, origin, horizon)]));
      const [first] = forecasts.values();
      const choices = later.items.map((_, item) =>
        soldBefore(later, item, origin) ? chosen.get(itemClass(later, item, origin)) : undefined,
      );
      const rows = choices.map((choice) => (choice ? forecasts.get(choice.candidate) : undefined) ?? first);
      return scaledSpread(
        gatherRows(rows, horizon),
        choices.map((choice) => choice?.spread ?? 1),
      );
    },
  };
}

/** Periods that are looked at while choosing. */
interface Validation {
  readonly from: number;
  readonly until: number;
  readonly horizon: number;
}

function chooseByClass(candidates: readonly Forecaster[], history: History, { until, horizon }: FitOptions): Map<ItemClass, Choice> {
  const periods = Math.min(MOST_PERIODS, Math.floor(VALIDATION_PART * until));
  const from = until - periods;
  if (candidates.length === 1 || periods < 1 || from < LEAST_PERIODS) {
    return new Map(ITEM_CLASSES.map((name) => [name, { candidate: candidates[0], spread: 1 }]));
  }
  const validation = { from, until, horizon };
  const made = candidates.map((candidate) => {
    const fitted = candidate.fit(history, { until: from, horizon });
    return Array.from({ length: periods }, (_, t) => fitted.predict(history, from + t, horizon));
  });
  const losses = made.map((forecasts) => lossesByClass(forecasts, history, validation, meanAndCrps));
  const narrow = new Map<number, readonly Losses[]>();
  const choose = (loss: (losses: Losses) => number): Choice => {
    const k = argmin(losses.map(loss));
    const narrower = narrow.get(k) ?? SPREADS.map((spread) => lossesByClass(made[k], history, validation, medianAndCrps(spread)));
    narrow.set(k, narrower);
    return { candidate: candidates[k], spread: SPREADS[argmin(narrower.map(loss))] };
  };
  const overall = choose(({ total }) => total);
  return new Map(
    ITEM_CLASSES.map((name) => {
      const rows = losses[0].rows.get(name) ?? 0;
      return [name, rows < LEAST_ROWS ? overall : choose(({ byClass }) => byClass.get(name) ?? 0)];
    }),
  );
}

function argmin(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

interface Losses {
  readonly total: number;
  readonly byClass: ReadonlyMap<ItemClass, number>;
  readonly rows: ReadonlyMap<ItemClass, number>;
}

/** Loss of one forecast of a catalogue, for one item and period ahead. */
type CellLoss = (forecast: Forecast, horizon: number, item: number, ahead: number, actual: number) => number;

const meanAndCrps: CellLoss = (forecast, horizon, item, ahead, actual) =>
  Math.abs(actual - forecast.mean[item * horizon + ahead]) + crps(forecastDistribution(forecast, horizon, item, ahead), actual);

function medianAndCrps(spread: number): CellLoss {
  return (forecast, horizon, item, ahead, actual) => {
    const distribution = forecastDistribution(forecast, horizon, item, ahead);
    const { means } = distribution;
    const narrower = { ...distribution, variances: Float64Array.from(means, (m, part) => m + spread * (distribution.variances[part] - m)) };
    return Math.abs(actual - mixtureQuantile(narrower, 0.5)) + crps(narrower, actual);
  };
}

/** `forecasts` are those made at each origin of the validation. */
function lossesByClass(forecasts: readonly Forecast[], history: History, { from, until, horizon }: Validation, lossOf: CellLoss): Losses {
  const byClass = new Map<ItemClass, number>();
  const rows = new Map<ItemClass, number>();
  let total = 0;
  for (const [t, forecast] of forecasts.entries()) {
    const origin = from + t;
    for (let item = 0; item < history.items.length; item++) {
      const name = itemClass(history, item, origin);
      for (let ahead = 0; ahead < horizon && origin + ahead < until; ahead++) {
        const at = item * history.periods.length + origin + ahead;
        if (!history.open[origin + ahead] || history.missing[at] > 0) continue;
        const loss = lossOf(forecast, horizon, item, ahead, history.quantity[at]);
        total += loss;
        byClass.set(name, (byClass.get(name) ?? 0) + loss);
        rows.set(name, (rows.get(name) ?? 0) + 1);
      }
    }
  }
  return { total, byClass, rows };
}

/** One forecast of which row i is that of `sources[i]`. */
function gatherRows(sources: readonly Forecast[], horizon: number): Forecast {
  const cells = sources.length * horizon;
  const mean = new Float64Array(cells);
  const variance = new Float64Array(cells);
  const common = new Float64Array(sources.length);
  const count = sources.reduce((most, { parts }) => Math.max(most, parts?.count ?? 1), 1);
  const parts = emptyParts(cells, count);
  for (const [item, source] of sources.entries()) {
    common[item] = source.common?.[item] ?? 0;
    for (let cell = item * horizon; cell < (item + 1) * horizon; cell++) {
      mean[cell] = source.mean[cell];
      variance[cell] = source.variance[cell];
      copyParts(source, cell, parts, cell);
    }
  }
  return count > 1 ? { mean, variance, common, parts } : { mean, variance, common };
}
