import type { History } from '../history.ts';
import { calendarFeatures, holidayFeatures } from './calendar-features.ts';
import { classFeatures } from './class-features.ts';
import type { FeatureGroup } from './feature-group.ts';
import type { HolidayCalendar } from './holidays.ts';
import { priceFeatures } from './price-features.ts';
import { promotionFeatures } from './promotion-features.ts';
import { lastYearFeatures, salesFeatures } from './sales-features.ts';

/** All features x of a history: those of an item at an origin, then those of the period that is forecast. */
export interface FeatureSet {
  readonly names: readonly string[];
  /** How many of the names, from the first on, are the same for every period ahead. */
  readonly perOrigin: number;
  writeOrigin(item: number, origin: number, out: Float64Array, at: number): void;
  /** The others, to out[at + perOrigin] and on. */
  writeTarget(item: number, origin: number, ahead: number, out: Float64Array, at: number): void;
}

export interface FeatureOptions {
  /** Left out: no holidays. */
  readonly holidays?: HolidayCalendar;
  /** Where in the year a period lies. Linear models extrapolate from it at a cold start: leave it out there. Default: true. */
  readonly calendar?: boolean;
  /** Sales of the period a year before the one that is forecast. Default: true. */
  readonly lastYear?: boolean;
  /** How the item sells: smooth, erratic, ... Default: true. */
  readonly classes?: boolean;
  /** Further features that are the same for every period ahead, such as the text of the item. */
  readonly ofItem?: readonly FeatureGroup[];
  /** Further features of the period that is forecast. They may look at what is planned for it, not at its sales. */
  readonly ofTarget?: readonly FeatureGroup[];
}

/** Features of a history. Groups for which it has nothing (no prices, no promotions) are left out, so that no column is 0 throughout. */
export function createFeatureSet(history: History, options: FeatureOptions = {}): FeatureSet {
  const atOrigin = [
    salesFeatures(history),
    ...((options.classes ?? true) ? [classFeatures(history)] : []),
    ...(history.price.some((price) => price > 0) ? [priceFeatures(history)] : []),
    ...(options.ofItem ?? []),
  ];
  const atTarget = [
    ...((options.lastYear ?? true) ? [lastYearFeatures(history)] : []),
    ...((options.calendar ?? true) ? [calendarFeatures(history)] : []),
    ...(options.holidays === undefined ? [] : [holidayFeatures(history, options.holidays)]),
    ...(history.promotions.length > 0 ? [promotionFeatures(history)] : []),
    ...(options.ofTarget ?? []),
  ];
  const names = [...atOrigin, ...atTarget].flatMap((group) => group.names);
  const perOrigin = atOrigin.reduce((sum, group) => sum + group.names.length, 0);
  return {
    names,
    perOrigin,
    writeOrigin: (item, origin, out, at) => writeAll(atOrigin, item, origin, 0, out, at),
    writeTarget: (item, origin, ahead, out, at) => writeAll(atTarget, item, origin, ahead, out, at + perOrigin),
  };
}

function writeAll(groups: readonly FeatureGroup[], item: number, origin: number, ahead: number, out: Float64Array, at: number): void {
  let next = at;
  for (const group of groups) {
    group.write(item, origin, ahead, out, next);
    next += group.names.length;
  }
}
