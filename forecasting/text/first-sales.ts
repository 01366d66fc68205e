import type { History } from '../history.ts';
import { launchWeeks } from '../levels.ts';
import {
  fitIntroductions,
  type Introduction,
  type IntroductionModel,
  introductionFeatures,
  rateOfAlike,
  type SellingItem,
} from './introductions.ts';

/** Periods over which what sells is measured, and how long an item must have sold to be likened to. */
const RECENT = 8;
const SETTLED = 4;
/** Items first seen in so many periods at the start may have sold before. */
const FIRST_LAUNCH = 6;
/** Past introductions below which nothing is learned. */
const LEAST_INTRODUCTIONS = 30;
/** Levels whose quantiles stand for the distribution. */
const LEVELS = Array.from({ length: 20 }, (_, k) => (k + 0.5) / 20);

/** What is expected of an item's first periods, each of them alike. */
export interface FirstSales {
  /** [units/period] */
  readonly mean: number;
  /** Variance of the level / mean^2: how little is known of it. */
  readonly common: number;
}

export interface FirstSalesModel {
  /** Of an item that is introduced at an origin, from what sells then. */
  expect(history: History, origin: number): (item: number) => FirstSales;
  /** That were learned from. */
  readonly introductions: number;
}

/**
 * Learns what items sell in their first `window` periods from those introduced before, each likened to what sold at that time. `vectors` are of
 * the descriptions; null: prices alone are likened. Null where there are too few introductions.
 */
export function learnFirstSales(
  history: History,
  { until, window, vectors }: { readonly until: number; readonly window: number; readonly vectors: readonly Float32Array[] | null },
): FirstSalesModel | null {
  const launches = launchWeeks(history);
  const introduced = [...launches.keys()].filter((i) => launches[i] >= FIRST_LAUNCH && launches[i] + window <= until);
  if (introduced.length < LEAST_INTRODUCTIONS) return null;
  const selling = new Map<number, SellingItem[]>();
  for (const launch of new Set(introduced.map((i) => launches[i]))) selling.set(launch, sellingAt(history, launches, launch, vectors));
  const features = introduced.map((i) =>
    introductionFeatures(introduction(history, i, launches[i], selling.get(launches[i]) ?? [], vectors)),
  );
  const model = fitIntroductions(
    features,
    introduced.map((i) => soldIn(history, i, launches[i], launches[i] + window)),
  );
  return {
    introductions: introduced.length,
    expect(later, origin) {
      const now = sellingAt(later, launchWeeks(later), origin, vectors);
      return (item) => firstSales(model, introductionFeatures(introduction(later, item, origin, now, vectors)), window);
    },
  };
}

/** Expects of a new item what those alike sell, however that went with new items before. `vectors` as above. */
export function salesOfAlike(vectors: readonly Float32Array[] | null): FirstSalesModel {
  return {
    introductions: 0,
    expect(history, origin) {
      const selling = sellingAt(history, launchWeeks(history), origin, vectors);
      const common = Math.expm1(varianceOf(selling.map(({ rate }) => rate)));
      return (item) => ({ mean: Math.expm1(rateOfAlike(introduction(history, item, origin, selling, vectors))), common });
    },
  };
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.length > 1 ? values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) : 1;
}

function firstSales(model: IntroductionModel, features: readonly number[], window: number): FirstSales {
  const totals = LEVELS.map((level) => Math.max(0, model.quantile(features, level)));
  const mean = totals.reduce((a, b) => a + b, 0) / totals.length;
  if (!(mean > 0)) return { mean: 0, common: 0 };
  const variance = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / totals.length;
  return { mean: mean / window, common: Math.max(0, variance - mean) / (mean * mean) };
}

/** Items that have sold for some time at an origin, and still do. */
function sellingAt(history: History, launches: Int32Array, origin: number, vectors: readonly Float32Array[] | null): SellingItem[] {
  const from = Math.max(0, origin - RECENT);
  return [...launches.keys()].flatMap((i) => {
    const units = launches[i] <= origin - SETTLED ? soldIn(history, i, from, origin) : 0;
    return units > 0 ? [{ ...view(history, i, origin - 1, vectors), rate: Math.log1p(units / (origin - from)) }] : [];
  });
}

function introduction(
  history: History,
  item: number,
  origin: number,
  selling: readonly SellingItem[],
  vectors: readonly Float32Array[] | null,
): Introduction {
  return { ...view(history, item, origin, vectors), selling };
}

function view(history: History, item: number, period: number, vectors: readonly Float32Array[] | null) {
  const periods = history.periods.length;
  const price = period < periods ? history.price[item * periods + period] : history.items[item].price;
  return { price: price > 0 ? Math.log(price) : 0, vector: vectors?.[item] ?? null };
}

function soldIn(history: History, item: number, from: number, to: number): number {
  const start = item * history.periods.length;
  let units = 0;
  for (let t = from; t < to; t++) units += history.quantity[start + t];
  return units;
}
