import type { History } from '../history.ts';
import { calendarFeatures, holidayFeatures, weekdayFeatures } from './calendar-features.ts';
import { classFeatures } from './class-features.ts';
import type { FeatureGroup } from './feature-group.ts';
import type { HolidayCalendar } from './holidays.ts';
import { priceFeatures } from './price-features.ts';
import { promotionFeatures, promotionTextFeatures } from './promotion-features.ts';
import { lastYearFeatures, salesFeatures } from './sales-features.ts';

/** All features x of a history: those of an item at an origin, then those of the period that is forecast. */
export interface FeatureSet {
  readonly names: readonly string[];
  /** [name] how much its coefficient is pulled towards 0, where others are pulled by 1. */
  readonly pull: Float64Array;
  /** How many of the names, from the first on, are the same for every period ahead. */
  readonly perOrigin: number;
  /** The options with nothing left open: with these another history, in which more or less is known, gets the same features. */
  readonly options: FeatureOptions;
  writeOrigin(item: number, origin: number, out: Float64Array, at: number): void;
  /** The others, to out[at + perOrigin] and on. */
  writeTarget(item: number, origin: number, ahead: number, out: Float64Array, at: number): void;
}

export interface FeatureOptions {
  /** Left out: no holidays. */
  readonly holidays?: HolidayCalendar;
  /** Where in the year a period lies. Linear models extrapolate from it at a cold start: leave it out there. Default: true. */
  readonly calendar?: boolean;
  /** Default: where the sales are daily. */
  readonly weekdays?: boolean;
  /** Sales of the period a year before the one that is forecast. Default: true. */
  readonly lastYear?: boolean;
  /** How the item sells: smooth, erratic, ... Default: true. */
  readonly classes?: boolean;
  /** Default: where the history has any. */
  readonly prices?: boolean;
  /** Default: where the history has any. */
  readonly promotions?: boolean;
  /** Vectors of what promotions say, by their text. Left out: only that they run, how many and how deep. */
  readonly promotionTexts?: ReadonlyMap<string, Float32Array>;
  /** Further features that are the same for every period ahead, such as the text of the item. */
  readonly ofItem?: readonly FeatureGroup[];
  /** Further features of the period that is forecast. They may look at what is planned for it, not at its sales. */
  readonly ofTarget?: readonly FeatureGroup[];
}

/** Features of a history. Groups for which it has nothing (no prices, no promotions) are left out, so that no column is 0 throughout. */
export function createFeatureSet(history: History, given: FeatureOptions = {}): FeatureSet {
  const options = settled(history, given);
  const { holidays, promotionTexts, ofItem = [], ofTarget = [] } = options;
  const atOrigin = [
    salesFeatures(history),
    ...(options.classes ? [classFeatures(history)] : []),
    ...(options.prices ? [priceFeatures(history)] : []),
    ...ofItem,
  ];
  const atTarget = [
    ...(options.lastYear ? [lastYearFeatures(history)] : []),
    ...(options.calendar ? [calendarFeatures(history)] : []),
    ...(options.weekdays ? [weekdayFeatures(history)] : []),
    ...(holidays === undefined ? [] : [holidayFeatures(history, holidays)]),
    ...(options.promotions ? [promotionFeatures(history)] : []),
    ...(promotionTexts === undefined ? [] : [promotionTextFeatures(history, promotionTexts)]),
    ...ofTarget,
  ];
  const groups = [...atOrigin, ...atTarget];
  const names = groups.flatMap((group) => group.names);
  const perOrigin = atOrigin.reduce((sum, group) => sum + group.names.length, 0);
  return {
    names,
    pull: Float64Array.from(groups.flatMap((group) => group.names.map(() => group.pull ?? 1))),
    perOrigin,
    options,
    writeOrigin: (item, origin, out, at) => writeAll(atOrigin, item, origin, 0, out, at),
    writeTarget: (item, origin, ahead, out, at) => writeAll(atTarget, item, origin, ahead, out, at + perOrigin),
  };
}

function settled(history: History, options: FeatureOptions): FeatureOptions {
  return {
    ...options,
    calendar: options.calendar ?? true,
    weekdays: options.weekdays ?? history.periodLength === 'day',
    lastYear: options.lastYear ?? true,
    classes: options.classes ?? true,
    prices: options.prices ?? history.price.some((price) => price > 0),
    promotions: options.promotions ?? history.promotions.length > 0,
  };
}

function writeAll(groups: readonly FeatureGroup[], item: number, origin: number, ahead: number, out: Float64Array, at: number): void {
  let next = at;
  for (const group of groups) {
    group.write(item, origin, ahead, out, next);
    next += group.names.length;
  }
}
