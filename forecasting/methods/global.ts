import { createDesign, type Design, eachOutcome, trainingRows } from '../design-rows.ts';
import { itemDispersions } from '../dispersion.ts';
import { FEATURES, writeFeatures } from '../features.ts';
import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { itemLevels, type Levels } from '../levels.ts';
import { type CountRegression, fitCountRegression, type RegressionOptions, regressionMean } from '../regression.ts';
import { type Analogues, noAnalogues } from '../text/analogues.ts';
import { startingLevels } from '../text/prior.ts';
import { type ChosenPrior, choosePrior, startingLevelsBefore } from './choose-prior.ts';

const REGRESSION: RegressionOptions = { dispersion: 1, penalty: 10_000, cap: 8 };
/** Level of an item as it stands, by which features are measured: nothing borrowed but for an item that never sold. */
const OWN_LEVEL = { borrow: 0, momentum: 0, catalogue: 1 };
/** A forecast stays below this many times the item's best week so far or, where that is more, its starting level. */
const CEILING = 2;

export interface GlobalOptions {
  /** Default: `global`. */
  readonly name?: string;
  /** The items most alike each item by their texts. Left out: no text, f(x) alone. */
  readonly analogues?: Analogues;
}

/**
 * One model for all items, f([x, z]): a starting level per item, in which z has its say through the items alike, times what a ridge regression
 * of counts on x makes of it, one per week ahead; the spread is negative binomial with a dispersion per item.
 */
export function globalForecaster(options: GlobalOptions = {}): Forecaster {
  const name = options.name ?? 'global';
  return { name, fit: (history, fit) => fitGlobal(name, options.analogues ?? null, history, fit) };
}

function fitGlobal(name: string, text: Analogues | null, history: History, options: FitOptions): FittedForecaster {
  const { until, horizon } = options;
  const levels = itemLevels(history);
  const base = Array.from({ length: until }, (_, t) => startingLevels(history, levels, noAnalogues(), OWN_LEVEL, t));
  const design = createDesign(history, until, base);
  const prior = choosePrior(design, levels, text, { until, horizon, regression: REGRESSION });
  const offsets = startingLevelsBefore(design, levels, prior, until);
  const regressions = Array.from({ length: horizon }, (_, ahead) =>
    fitCountRegression(trainingRows(design, offsets, until, ahead), REGRESSION),
  );
  const dispersions = measureDispersions(design, offsets, regressions, options);
  return {
    name,
    choices: { borrow: prior.settings.borrow, momentum: prior.settings.momentum, text: prior.text ? 'used' : text ? 'put aside' : 'none' },
    predict: (later, origin, ahead) => predictGlobal({ history: later, prior, regressions, dispersions }, origin, ahead),
  };
}

function measureDispersions(
  design: Design,
  offsets: readonly Float64Array[],
  regressions: readonly CountRegression[],
  { until, horizon }: FitOptions,
): Float64Array {
  const item: number[] = [];
  const mean: number[] = [];
  const quantity: number[] = [];
  for (let ahead = 0; ahead < horizon; ahead++) {
    eachOutcome(design, { from: 0, to: until, until, ahead }, (i, origin, sold) => {
      item.push(i);
      mean.push(regressionMean(regressions[ahead], offsets[origin][i], design.x, (i * design.origins + origin) * FEATURES.length));
      quantity.push(sold);
    });
  }
  return itemDispersions({ items: design.history.items.length, item, mean, quantity, weight: 1 / horizon });
}

interface GlobalModel {
  readonly history: History;
  readonly prior: ChosenPrior;
  readonly regressions: readonly CountRegression[];
  readonly dispersions: Float64Array;
}

function predictGlobal(model: GlobalModel, origin: number, horizon: number): Forecast {
  const { history, prior, regressions, dispersions } = model;
  const count = history.items.length;
  const levels: Levels = itemLevels(history);
  const start = startingLevels(history, levels, prior.analogues, prior.settings, origin);
  const base = startingLevels(history, levels, noAnalogues(), OWN_LEVEL, origin);
  const mean = new Float64Array(count * horizon);
  const variance = new Float64Array(count * horizon);
  const x = new Float64Array(FEATURES.length);
  for (let i = 0; i < count; i++) {
    writeFeatures(history, i, origin, base[i], x, 0);
    const ceiling = CEILING * Math.max(bestWeek(history, i, origin), Math.exp(start[i]));
    for (let ahead = 0; ahead < horizon; ahead++) {
      const regression = regressions[Math.min(ahead, regressions.length - 1)];
      const expected = Math.min(ceiling, regressionMean(regression, start[i], x, 0));
      mean[i * horizon + ahead] = expected;
      variance[i * horizon + ahead] = expected + dispersions[i] * expected * expected;
    }
  }
  return { mean, variance };
}

/** The most that an item sold in a week before the origin. */
function bestWeek(history: History, item: number, origin: number): number {
  const start = item * history.periods.length;
  let most = 0;
  for (let w = 0; w < origin; w++) most = Math.max(most, history.quantity[start + w]);
  return most;
}
