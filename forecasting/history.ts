/** Length of a period: days, ISO weeks from Monday, or calendar months. */
export type PeriodLength = 'day' | 'week' | 'month';

/** Periods after which the same part of the year comes round; of days, that on the same weekday. */
export const PERIODS_OF_YEAR: Readonly<Record<PeriodLength, number>> = { day: 364, week: 52, month: 12 };

/** One thing that is sold. */
export interface CatalogueItem {
  readonly id: string;
  /** In words; empty where nobody gave one. */
  readonly description: string;
  /** What it is one of; empty where nobody said. */
  readonly category: string;
  /** [money/unit] list price; 0 where none was given. */
  readonly price: number;
}

/** What a note or a promotion is about: one item (by id), all items of a category, or, where both are left out, everything. */
export interface Scope {
  readonly item?: string;
  readonly category?: string;
}

/** A sentence about one period: an event, the weather, a fair. */
export interface SalesNote extends Scope {
  readonly text: string;
  /** Day that it is about, YYYY-MM-DD. */
  readonly date: string;
  /** Day from which it may be used, YYYY-MM-DD. */
  readonly known: string;
  /** Number of the period that holds `date`; below 0 or from periods.length on where the sales do not reach that far. */
  readonly period: number;
  /** First origin at which it may be read: forecasts made at the start of that period or later. */
  readonly knownAt: number;
}

/** A price cut, a mailing, a display. */
export interface Promotion extends Scope {
  /** May be empty. */
  readonly text: string;
  /** First and last day, YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  /** Part of the price taken off, 0 to 1; 0 where none was given. */
  readonly depth: number;
  /** Numbers of the first and last period that it touches, which may lie outside the sales. */
  readonly firstPeriod: number;
  readonly lastPeriod: number;
  /** First origin at which it may be read. */
  readonly knownAt: number;
}

/** Clean sales of a catalogue by period. Arrays are [item][period], flat: period t of item i stands at i * periods.length + t. */
export interface History {
  readonly items: readonly CatalogueItem[];
  readonly periodLength: PeriodLength;
  /** The first day of each period, YYYY-MM-DD, without gaps. */
  readonly periods: readonly string[];
  /** [units] sold in the period. */
  readonly quantity: Float64Array;
  /** [money/unit] price of the period; where nothing was sold the last one paid, before the first sale the list price. */
  readonly price: Float64Array;
  /** [period] 1 where anything at all was sold: a period without any trade says nothing about demand. */
  readonly open: Uint8Array;
  /**
   * 0 where sales are demand. Otherwise the item was probably out of stock, and its sales are missing rather than 0: the number is the first origin
   * at which that can be told, which is after the period in which it sold again. See `isMissing`.
   */
  readonly missing: Int32Array;
  /** By date. */
  readonly notes: readonly SalesNote[];
  /** By first day. */
  readonly promotions: readonly Promotion[];
}

/** Do sales of the entry at `at` (item * periods.length + period) say nothing about demand, as far as can be told at the origin? */
export function isMissing(history: History, at: number, origin: number): boolean {
  return history.missing[at] > 0 && history.missing[at] <= origin;
}

/** Has any of the item been sold before the origin? */
export function soldBefore({ periods, quantity }: History, item: number, origin: number): boolean {
  const start = item * periods.length;
  for (let t = 0; t < origin; t++) if (quantity[start + t] > 0) return true;
  return false;
}

/** Is a note or a promotion about this item? */
export function concerns(scope: Scope, item: CatalogueItem): boolean {
  if (scope.item !== undefined) return scope.item === item.id;
  return scope.category === undefined || scope.category === item.category;
}

/** Quantities of the periods [from, to) of every item, [item][period] flat: what a replay of them takes. */
export function quantitiesBetween(history: History, from: number, to: number): Float64Array {
  const span = to - from;
  const values = new Float64Array(history.items.length * span);
  for (let i = 0; i < history.items.length; i++) {
    const start = i * history.periods.length;
    values.set(history.quantity.subarray(start + from, start + to), i * span);
  }
  return values;
}
