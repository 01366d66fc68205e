import { crps, forecastDistribution } from '../distribution/index.ts';
import { copyParts, type FitOptions, type FittedForecaster, type Forecast, type Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { ITEM_CLASSES, type ItemClass, itemClass } from '../item-class.ts';

/** Periods at the end of what is known that candidates are judged on, at most, and the part of it that they are. */
const MOST_PERIODS = 13;
const VALIDATION_PART = 0.25;
/** Periods that must be left to fit on. */
const LEAST_PERIODS = 8;
/** Forecasts of a class below which it has no choice of its own. */
const LEAST_ROWS = 100;

/**
 * For each class of items the candidate that forecasts best, fitted on all that is known. They are judged on the last quarter of it, at most 13 periods, by
 * absolute error of the mean and CRPS together, so that both the point and the spread count. Too short a history leaves the first candidate.
 */
export function autoForecaster(candidates: readonly Forecaster[]): Forecaster {
  return { name: 'auto', fit: (history, options) => fitAuto(candidates, history, options) };
}

function fitAuto(candidates: readonly Forecaster[], history: History, options: FitOptions): FittedForecaster {
  const chosen = chooseByClass(candidates, history, options);
  const names = [...new Set(chosen.values())];
  const fitted = new Map(names.map((candidate) => [candidate, candidate.fit(history, options)]));
  return {
    name: 'auto',
    choices: Object.fromEntries(Array.from(chosen, ([name, candidate]) => [name, candidate.name])),
    predict(later, origin, horizon) {
      const forecasts = new Map(Array.from(fitted, ([candidate, model]) => [candidate, model.predict(later, origin, horizon)]));
      const rows = later.items.map((_, item) => forecasts.get(chosen.get(itemClass(later, item, origin)) ?? candidates[0]));
      return gatherRows(
        rows.map((row) => row ?? [...forecasts.values()][0]),
        horizon,
      );
    },
  };
}

function chooseByClass(candidates: readonly Forecaster[], history: History, { until, horizon }: FitOptions): Map<ItemClass, Forecaster> {
  const periods = Math.min(MOST_PERIODS, Math.floor(VALIDATION_PART * until));
  const from = until - periods;
  if (candidates.length === 1 || periods < 1 || from < LEAST_PERIODS) return new Map(ITEM_CLASSES.map((name) => [name, candidates[0]]));
  const losses = candidates.map((candidate) => validationLosses(candidate, history, { from, until, horizon }));
  const best = (loss: (k: number) => number) =>
    candidates.reduce((least, one, k) => (loss(k) < loss(candidates.indexOf(least)) ? one : least));
  const overall = best((k) => losses[k].total);
  return new Map(
    ITEM_CLASSES.map((name) => {
      const rows = losses[0].rows.get(name) ?? 0;
      return [name, rows < LEAST_ROWS ? overall : best((k) => losses[k].byClass.get(name) ?? 0)];
    }),
  );
}

interface Losses {
  readonly total: number;
  readonly byClass: ReadonlyMap<ItemClass, number>;
  readonly rows: ReadonlyMap<ItemClass, number>;
}

function validationLosses(
  candidate: Forecaster,
  history: History,
  { from, until, horizon }: { readonly from: number; readonly until: number; readonly horizon: number },
): Losses {
  const fitted = candidate.fit(history, { until: from, horizon });
  const byClass = new Map<ItemClass, number>();
  const rows = new Map<ItemClass, number>();
  let total = 0;
  for (let origin = from; origin < until; origin++) {
    const forecast = fitted.predict(history, origin, horizon);
    for (let item = 0; item < history.items.length; item++) {
      const name = itemClass(history, item, origin);
      for (let ahead = 0; ahead < horizon && origin + ahead < until; ahead++) {
        const at = item * history.periods.length + origin + ahead;
        if (!history.open[origin + ahead] || history.missing[at] > 0) continue;
        const actual = history.quantity[at];
        const loss =
          Math.abs(actual - forecast.mean[item * horizon + ahead]) + crps(forecastDistribution(forecast, horizon, item, ahead), actual);
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
  const parts = {
    count,
    weight: new Float64Array(cells * count),
    mean: new Float64Array(cells * count),
    variance: new Float64Array(cells * count),
  };
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
