import { fitCountRegression, type RegressionOptions, regressionMean } from '../count-regression.ts';
import { type Analogues, noAnalogues } from '../text/analogues.ts';
import { type GlobalDesign, type Prior, rowsOf, startingOffsets } from './global-design.ts';

/** How forecasts start. */
export interface ChosenPrior extends Prior {
  /** Is text in use? The gate closes it where the validation weeks are forecast better without. */
  readonly text: boolean;
  /** Absolute error in the validation weeks, summed over all settings tried. */
  readonly errors: number;
}

export interface ChooseOptions {
  /** Weeks before this one may be read. */
  readonly until: number;
  readonly regression: RegressionOptions;
}

/** Each fold fits on the weeks before it and is judged on its own quarter of a year without a new fit, as forecasts are used. */
const FOLDS = 2;
const FOLD_WEEKS = 12;
/** Origins before this one know too little to learn from. */
const LEAST_PERIODS = 10;
const BORROW = [0.5, 1, 2];
const MOMENTUM = [0, 0.3, 0.6];

/**
 * Chooses by forecasting weeks before `until` from earlier ones. How much to borrow goes by the deviance, a proper score for means. Whether text
 * is used goes by the absolute error that people look at, over all settings tried: one setting alone says too little about so small a difference.
 * Without enough weeks for a fold: the middle of the grid, text where there is some.
 */
export function choosePrior(design: GlobalDesign, text: Analogues | null, options: ChooseOptions): ChosenPrior {
  const folds = validationFolds(design, options.until);
  const plain = best(design, folds, noAnalogues(), options);
  if (text === null) return { ...plain, text: false };
  const reading = best(design, folds, text, options);
  if (plain.errors < reading.errors) return { ...plain, text: false };
  return { ...reading, text: true };
}

type Scored = Omit<ChosenPrior, 'text'> & { readonly deviance: number };

/** Rows to fit on and to be judged by, of one period ahead: the first and the last one speak for those between. */
interface Fold {
  readonly learn: Int32Array;
  readonly check: Int32Array;
}

function validationFolds({ rows, horizon }: GlobalDesign, until: number): readonly Fold[] {
  const folds: Fold[] = [];
  for (let fold = FOLDS; fold >= 1; fold--) {
    const from = until - fold * FOLD_WEEKS;
    if (from < LEAST_PERIODS) continue;
    const to = from + FOLD_WEEKS;
    for (const ahead of new Set([0, horizon - 1])) {
      folds.push({
        learn: rowsOf(rows, ahead, (_, target) => target < from),
        check: rowsOf(rows, ahead, (origin, target) => origin >= from && target < to),
      });
    }
  }
  return folds;
}

function best(design: GlobalDesign, folds: readonly Fold[], analogues: Analogues, { regression }: ChooseOptions): Scored {
  let result: Scored = { analogues, settings: { borrow: 1, momentum: 0.3, catalogue: 1 }, deviance: Number.POSITIVE_INFINITY, errors: 0 };
  let errors = 0;
  // Settings hardly differ, so that each fold's regression starts from that of the setting before.
  const weights: (Float64Array | undefined)[] = folds.map(() => undefined);
  for (const borrow of BORROW) {
    for (const momentum of MOMENTUM) {
      const settings = { borrow, momentum, catalogue: 1 };
      const offset = startingOffsets(design, { analogues, settings });
      let deviance = 0;
      let outcomes = 0;
      for (const [k, { learn, check }] of folds.entries()) {
        const { x, y, names } = design.rows;
        const fitted = fitCountRegression({ x, y, features: names.length, offset, pull: design.pull, rows: learn }, regression, weights[k]);
        weights[k] = fitted;
        for (const row of check) {
          const mean = regressionMean(fitted, offset[row], x, row * names.length);
          deviance += countDeviance(y[row], mean);
          errors += Math.abs(y[row] - mean);
        }
        outcomes += check.length;
      }
      if (outcomes > 0 && deviance < result.deviance) result = { ...result, settings, deviance };
    }
  }
  return { ...result, errors };
}

/** Deviance of one count from a geometric distribution's mean (negative binomial of dispersion 1). */
function countDeviance(quantity: number, mean: number): number {
  const hit = quantity > 0 ? quantity * Math.log(quantity / mean) : 0;
  return 2 * (hit - (quantity + 1) * Math.log((1 + quantity) / (1 + mean)));
}
