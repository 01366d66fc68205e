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

/** The entry of a series in a period. */
export function basisAt({ needed, spread, mean, sd, natural, ...shared }: BasisSeries, period: number): LevelBasis {
  const t = needed.length > 1 ? period : 0;
  return { needed: needed[t], spread: spread[t], mean: mean[t], sd: sd[t], natural: natural[t], ...shared };
}
