import { fitCountRegression, type RegressionOptions, regressionMean } from '../count-regression.ts';
import { itemDispersions } from '../dispersion.ts';
import { createFeatureSet, type FeatureOptions, standardise } from '../features/index.ts';
import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { itemLevels } from '../levels.ts';
import type { Analogues } from '../text/analogues.ts';
import { startingLevels } from '../text/prior.ts';
import { type ChosenPrior, choosePrior } from './choose-prior.ts';
import { createGlobalDesign, type GlobalDesign, rowsOf, startingOffsets } from './global-design.ts';
import { targetRows } from './plain-design.ts';

const REGRESSION: RegressionOptions = { dispersion: 1, penalty: 10_000, cap: 8 };
/** A forecast stays below this many times the item's best week so far or, where that is more, its starting level. */
const CEILING = 2;
/** The season is left to what is blended with this model; classes say nothing here that levels and means do not. */
const FEATURES: FeatureOptions = { calendar: false, lastYear: false, classes: false };

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
  const design = createGlobalDesign(history, FEATURES, options);
  const { x, y, names } = design.rows;
  const prior = choosePrior(design, text, { until, regression: REGRESSION });
  const offset = startingOffsets(design, prior);
  const regressions = Array.from({ length: horizon }, (_, ahead) =>
    fitCountRegression({ features: names.length, x, y, offset, rows: rowsOf(design.rows, ahead, () => true) }, REGRESSION),
  );
  const mean = y.map((_, row) => regressionMean(regressions[design.rows.ahead[row]], offset[row], x, row * names.length));
  const dispersions = itemDispersions({ items: history.items.length, item: design.rows.item, mean, quantity: y, weight: 1 / horizon });
  return {
    name,
    choices: { borrow: prior.settings.borrow, momentum: prior.settings.momentum, text: prior.text ? 'used' : text ? 'put aside' : 'none' },
    predict: (later, origin, ahead) => predictGlobal({ history: later, design, prior, regressions, dispersions }, origin, ahead),
  };
}

interface GlobalModel {
  readonly history: History;
  readonly design: Pick<GlobalDesign, 'scaling' | 'options'>;
  readonly prior: ChosenPrior;
  /** [ahead] */
  readonly regressions: readonly Float64Array[];
  readonly dispersions: Float64Array;
}

function predictGlobal({ history, design, prior, regressions, dispersions }: GlobalModel, origin: number, horizon: number): Forecast {
  const features = createFeatureSet(history, design.options);
  const x = targetRows(history, features, { origin, ahead: horizon, horizon: regressions.length });
  standardise(x, design.scaling);
  const start = startingLevels(history, itemLevels(history), prior.analogues, prior.settings, origin);
  const mean = new Float64Array(history.items.length * horizon);
  const variance = new Float64Array(mean.length);
  for (let i = 0; i < history.items.length; i++) {
    const ceiling = CEILING * Math.max(bestWeek(history, i, origin), Math.exp(start[i]));
    for (let cell = i * horizon; cell < (i + 1) * horizon; cell++) {
      const regression = regressions[Math.min(cell - i * horizon, regressions.length - 1)];
      const expected = Math.min(ceiling, regressionMean(regression, start[i], x, cell * features.names.length));
      mean[cell] = expected;
      variance[cell] = expected + dispersions[i] * expected * expected;
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
