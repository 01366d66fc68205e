import { fitCountRegression, type RegressionOptions, regressionMean } from '../count-regression.ts';
import { type ForecastSpread, fitSpread, spreadForecast } from '../distribution/index.ts';
import { reduceVectors } from '../embedding/index.ts';
import { createFeatureSet, type FeatureOptions, type HolidayCalendar, standardise } from '../features/index.ts';
import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { itemLevels } from '../levels.ts';
import type { Analogues } from '../text/analogues.ts';
import { startingLevels } from '../text/prior.ts';
import { type ChosenPrior, choosePrior } from './choose-prior.ts';
import { createGlobalDesign, type GlobalDesign, rowsOf, startingOffsets } from './global-design.ts';
import { forecastsOfRows } from './past-forecasts.ts';
import { targetRows } from './plain-design.ts';

const REGRESSION: RegressionOptions = { dispersion: 1, penalty: 10_000, cap: 8 };
/** A forecast stays below this many times the item's best week so far or, where that is more, its starting level. */
const CEILING = 2;
/** The season is left to what is blended with this model; classes say nothing here that levels and means do not. */
const FEATURES: FeatureOptions = { calendar: false, lastYear: false, classes: false };

/** Numbers that what a promotion says is reduced to: of 384, 32 keep nearly all that promotions are worth (bench/promotions.ts), in a fraction of the time. */
const PROMOTION_NUMBERS = 32;

export interface GlobalOptions {
  /** Default: `global`. */
  readonly name?: string;
  /** The items most alike each item by their texts. Left out: no text, f(x) alone. */
  readonly analogues?: Analogues;
  /** Vectors of what promotions say, by their text: further features. */
  readonly promotionTexts?: ReadonlyMap<string, Float32Array>;
  readonly holidays?: HolidayCalendar;
}

/**
 * One model for all items, f([x, z]): a starting level per item, in which z has its say through the items alike, times what a ridge regression
 * of counts on x makes of it, one per week ahead; the spread is negative binomial with a dispersion per item.
 */
export function globalForecaster(options: GlobalOptions = {}): Forecaster {
  const name = options.name ?? 'global';
  const promotionTexts = options.promotionTexts && reducedTexts(options.promotionTexts);
  return { name, fit: (history, fit) => fitGlobal(name, { ...options, promotionTexts }, history, fit) };
}

function fitGlobal(name: string, given: GlobalOptions, history: History, options: FitOptions): FittedForecaster {
  const { horizon } = options;
  const { design, prior } = chooseDesign(given, history, options);
  const { x, y, names } = design.rows;
  const offset = startingOffsets(design, prior);
  const regressions = Array.from({ length: horizon }, (_, ahead) =>
    fitCountRegression(
      { features: names.length, x, y, offset, pull: design.pull, rows: rowsOf(design.rows, ahead, () => true) },
      REGRESSION,
    ),
  );
  const mean = y.map((_, row) => regressionMean(regressions[design.rows.ahead[row]], offset[row], x, row * names.length));
  const spread = fitSpread(forecastsOfRows(design.rows, mean, { items: history.items.length, horizon }));
  return {
    name,
    choices: {
      borrow: prior.settings.borrow,
      momentum: prior.settings.momentum,
      text: whetherUsed(given.analogues, prior.text),
      promotionText: whetherUsed(given.promotionTexts, design.options.promotionTexts !== undefined),
    },
    predict: (later, origin, ahead) => predictGlobal({ history: later, design, prior, regressions, spread }, origin, ahead),
  };
}

/** What promotions say is read where that forecasts the validation weeks no worse. */
function chooseDesign({ analogues, promotionTexts, holidays }: GlobalOptions, history: History, options: FitOptions) {
  const plain = tryFeatures({ ...FEATURES, holidays });
  if (promotionTexts === undefined) return plain;
  const reading = tryFeatures({ ...FEATURES, holidays, promotionTexts });
  return plain.prior.errors < reading.prior.errors ? plain : reading;

  function tryFeatures(features: FeatureOptions): { readonly design: GlobalDesign; readonly prior: ChosenPrior } {
    const design = createGlobalDesign(history, features, options);
    return { design, prior: choosePrior(design, analogues ?? null, { until: options.until, regression: REGRESSION }) };
  }
}

function reducedTexts(texts: ReadonlyMap<string, Float32Array>): ReadonlyMap<string, Float32Array> {
  const vectors = reduceVectors([...texts.values()], PROMOTION_NUMBERS);
  return new Map([...texts.keys()].map((text, k) => [text, vectors[k]]));
}

function whetherUsed(text: unknown, used: boolean): string {
  if (text === undefined) return 'none';
  return used ? 'used' : 'put aside';
}

interface GlobalModel {
  readonly history: History;
  readonly design: Pick<GlobalDesign, 'scaling' | 'options'>;
  readonly prior: ChosenPrior;
  /** [ahead] */
  readonly regressions: readonly Float64Array[];
  readonly spread: ForecastSpread;
}

function predictGlobal({ history, design, prior, regressions, spread }: GlobalModel, origin: number, horizon: number): Forecast {
  const features = createFeatureSet(history, design.options);
  const x = targetRows(history, features, { origin, ahead: horizon, horizon: regressions.length });
  standardise(x, design.scaling);
  const start = startingLevels(history, itemLevels(history), prior.analogues, prior.settings, origin);
  const mean = new Float64Array(history.items.length * horizon);
  for (let i = 0; i < history.items.length; i++) {
    const ceiling = CEILING * Math.max(bestWeek(history, i, origin), Math.exp(start[i]));
    for (let cell = i * horizon; cell < (i + 1) * horizon; cell++) {
      const regression = regressions[Math.min(cell - i * horizon, regressions.length - 1)];
      mean[cell] = Math.min(ceiling, regressionMean(regression, start[i], x, cell * features.names.length));
    }
  }
  return spreadForecast(mean, horizon, spread);
}

/** The most that an item sold in a week before the origin. */
function bestWeek(history: History, item: number, origin: number): number {
  const start = item * history.periods.length;
  let most = 0;
  for (let w = 0; w < origin; w++) most = Math.max(most, history.quantity[start + w]);
  return most;
}
