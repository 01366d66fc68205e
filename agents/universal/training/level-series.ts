import type { ItemFacts } from '../item-facts.ts';
import { type LevelBasis, type QuickRule, quickLevels } from '../quick-rule.ts';
import type { RunLevels } from './item-run.ts';

type Measure = 'needed' | 'spread' | 'mean' | 'sd' | 'natural';

/** What levels are measured by, period by period, or one of each for all periods. */
export type BasisSeries = Omit<LevelBasis, Measure> & Readonly<Record<Measure, Float64Array>>;

export function basisSeries({ needed, spread, mean, sd, natural, ...shared }: LevelBasis, periods = 1): BasisSeries {
  const all = (value: number) => new Float64Array(periods).fill(value);
  return { needed: all(needed), spread: all(spread), mean: all(mean), sd: all(sd), natural: all(natural), ...shared };
}

/** The levels of a rule over such periods. */
export function levelsOver(rule: QuickRule, series: BasisSeries): RunLevels {
  const { needed, spread, mean, sd, natural, ...shared } = series;
  const { length } = needed;
  const levels = { s: new Float64Array(length), S: new Float64Array(length), r: new Float64Array(length), stride: length > 1 ? 1 : 0 };
  for (let t = 0; t < length; t++) {
    const own = quickLevels(rule, {
      needed: needed[t],
      spread: spread[t],
      mean: mean[t],
      sd: sd[t],
      natural: natural[t],
      plain: shared.plain,
      capped: shared.capped,
      waits: shared.waits,
    });
    levels.s[t] = own.s;
    levels.S[t] = own.S;
    levels.r[t] = own.r;
  }
  return levels;
}

/** Writes entries of a series, for an item whose lead time is known. */
export class BasisWriter {
  readonly #cover: number;
  readonly #natural: number;
  readonly #least: number;

  constructor({ longest, fixedRatio, least }: Pick<ItemFacts, 'longest' | 'fixedRatio' | 'least'>) {
    this.#cover = longest + 1;
    this.#natural = 2 * fixedRatio;
    this.#least = least;
  }

  /** Hot: as levelBasis is of an item's facts, where the demand that an order must last for has that mean and variance. */
  write(series: BasisSeries, at: number, mean: number, variance: number): void {
    series.needed[at] = mean;
    series.spread[at] = Math.sqrt(variance);
    series.mean[at] = mean / this.#cover;
    series.sd[at] = Math.sqrt(variance / this.#cover);
    series.natural[at] = Math.max(this.#least, Math.sqrt(this.#natural * series.mean[at]));
  }
}

/** The entry of a series in a period. */
export function basisAt({ needed, spread, mean, sd, natural, ...shared }: BasisSeries, period: number): LevelBasis {
  const t = needed.length > 1 ? period : 0;
  return { needed: needed[t], spread: spread[t], mean: mean[t], sd: sd[t], natural: natural[t], ...shared };
}
