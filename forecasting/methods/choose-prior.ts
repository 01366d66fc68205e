import { type Design, eachOutcome, FIRST_ORIGIN, trainingRows } from '../design-rows.ts';
import { FEATURES } from '../features.ts';
import type { Levels } from '../levels.ts';
import { fitCountRegression, type RegressionOptions, regressionMean } from '../regression.ts';
import { type Analogues, noAnalogues } from '../text/analogues.ts';
import { type PriorSettings, startingLevels } from '../text/prior.ts';

/** How forecasts start: what is alike, and how much of it is taken over. */
export interface ChosenPrior {
  readonly analogues: Analogues;
  readonly settings: PriorSettings;
  /** Is text in use? The gate closes it where the validation weeks are forecast better without. */
  readonly text: boolean;
}

export interface ChooseOptions {
  /** Weeks before this one may be read. */
  readonly until: number;
  readonly horizon: number;
  readonly regression: RegressionOptions;
}

/** Each fold fits on the weeks before it and is judged on its own quarter of a year without a new fit, as forecasts are used. */
const FOLDS = 2;
const FOLD_WEEKS = 12;
const BORROW = [0.5, 1, 2];
const MOMENTUM = [0, 0.3, 0.6];

/**
 * Chooses by forecasting weeks before `until` from earlier ones. How much to borrow goes by the deviance, a proper score for means. Whether text
 * is used goes by the absolute error that people look at, over all settings tried: one setting alone says too little about so small a difference.
 * Without enough weeks for a fold: the middle of the grid, text where there is some.
 */
export function choosePrior(design: Design, levels: Levels, text: Analogues | null, options: ChooseOptions): ChosenPrior {
  const plain = best(design, levels, noAnalogues(), options);
  if (text === null) return { ...plain, text: false };
  const reading = best(design, levels, text, options);
  if (plain.errors < reading.errors) return { ...plain, text: false };
  return { ...reading, text: true };
}

/** Log starting levels at each origin below `origins`: [origin][item]. */
export function startingLevelsBefore(design: Design, levels: Levels, prior: Omit<ChosenPrior, 'text'>, origins: number): Float64Array[] {
  return Array.from({ length: origins }, (_, t) => startingLevels(design.history, levels, prior.analogues, prior.settings, t));
}

interface Scored {
  readonly analogues: Analogues;
  readonly settings: PriorSettings;
  readonly deviance: number;
  /** Absolute error, summed over all settings tried. */
  readonly errors: number;
}

function best(design: Design, levels: Levels, analogues: Analogues, options: ChooseOptions): Scored {
  let result: Scored = { analogues, settings: { borrow: 1, momentum: 0.3, catalogue: 1 }, deviance: Number.POSITIVE_INFINITY, errors: 0 };
  let errors = 0;
  for (const borrow of BORROW) {
    for (const momentum of MOMENTUM) {
      const settings = { borrow, momentum, catalogue: 1 };
      const offsets = startingLevelsBefore(design, levels, { analogues, settings }, options.until);
      const score = validate(design, offsets, options);
      errors += score.error;
      if (score.deviance < result.deviance) result = { ...result, settings, deviance: score.deviance };
    }
  }
  return { ...result, errors };
}

/** Deviance and absolute error, summed over the folds; infinite deviance where there is no room for a fold. */
function validate(design: Design, offsets: readonly Float64Array[], options: ChooseOptions): { deviance: number; error: number } {
  let deviance = 0;
  let error = 0;
  let outcomes = 0;
  for (let fold = FOLDS; fold >= 1; fold--) {
    const from = options.until - fold * FOLD_WEEKS;
    if (from < 2 * FIRST_ORIGIN) continue;
    const to = from + FOLD_WEEKS;
    for (let ahead = 0; ahead < options.horizon; ahead++) {
      const regression = fitCountRegression(trainingRows(design, offsets, from, ahead), options.regression);
      eachOutcome(design, { from, to, until: to, ahead }, (item, origin, quantity) => {
        const mean = regressionMean(regression, offsets[origin][item], design.x, (item * design.origins + origin) * FEATURES.length);
        deviance += countDeviance(quantity, mean);
        error += Math.abs(quantity - mean);
        outcomes++;
      });
    }
  }
  return { deviance: outcomes > 0 ? deviance : Number.POSITIVE_INFINITY, error };
}

/** Deviance of one count from a geometric distribution's mean (negative binomial of dispersion 1). */
function countDeviance(quantity: number, mean: number): number {
  const hit = quantity > 0 ? quantity * Math.log(quantity / mean) : 0;
  return 2 * (hit - (quantity + 1) * Math.log((1 + quantity) / (1 + mean)));
}
