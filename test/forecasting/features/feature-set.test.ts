import { describe, expect, test } from 'vitest';
import { UserError } from '../../../env/index.ts';
import { createFeatureSet, type FeatureSet, type History, loadHolidays, type Promotion } from '../../../forecasting/index.ts';
import { madeUpHistory, withOtherFuture } from '../made-up-history.ts';

function promotion(one: Partial<Promotion>): Promotion {
  return { text: '', from: '2024-01-01', to: '2024-01-07', depth: 0, firstPeriod: 0, lastPeriod: 0, knownAt: 0, ...one };
}

const plain = madeUpHistory({ weeks: 120, items: 6 });
const history: History = {
  ...plain,
  promotions: [
    promotion({ item: 'item-1', depth: 0.2, firstPeriod: 30, lastPeriod: 31, knownAt: 29 }),
    promotion({ category: 'mug', firstPeriod: 31, lastPeriod: 31, knownAt: 31 }),
  ],
};
const holidays = await loadHolidays('GB', 2023, 2027);
const features = createFeatureSet(history, { holidays });

function row(set: FeatureSet, item: number, origin: number, ahead: number): Float64Array {
  const x = new Float64Array(set.names.length);
  set.writeOrigin(item, origin, x, 0);
  set.writeTarget(item, origin, ahead, x, 0);
  return x;
}

function value(name: string, item: number, origin: number, ahead: number, set: FeatureSet = features): number {
  expect(set.names).toContain(name);
  return row(set, item, origin, ahead)[set.names.indexOf(name)];
}

describe('no feature looks past its origin', () => {
  const origins = [0, 1, 7, 13, 30, 60, 80, 119];

  test.each(origins)('at origin %i, whatever sells later, at whatever price, and whatever turns out to have been a stock-out', (origin) => {
    const other = withOtherFuture(history, origin);
    const later = { ...other, missing: other.missing.map((_, at) => (at % 120 < origin ? origin + 1 : 1)) };
    const changed = createFeatureSet(later, { holidays });
    for (let item = 0; item < 6; item++) {
      for (const ahead of [0, 1, 7]) expect(row(changed, item, origin, ahead)).toEqual(row(features, item, origin, ahead));
    }
  });

  test.each(origins)('at origin %i, whatever promotion becomes known later', (origin) => {
    const announced = [...history.promotions, promotion({ firstPeriod: 0, lastPeriod: 200, depth: 0.9, knownAt: origin + 1 })];
    const changed = createFeatureSet({ ...history, promotions: announced }, { holidays });
    for (const ahead of [0, 1, 7]) expect(row(changed, 1, origin, ahead)).toEqual(row(features, 1, origin, ahead));
  });

  test('what happened before the origin does move them, so that the tests above can fail', () => {
    const changed = createFeatureSet(withOtherFuture(history, 79), { holidays });
    expect(row(changed, 2, 80, 0)).not.toEqual(row(features, 2, 80, 0));
    const stockOut = createFeatureSet({ ...history, missing: history.missing.map((_, at) => (at % 120 === 79 ? 80 : 0)) }, { holidays });
    expect(row(stockOut, 2, 80, 0)).not.toEqual(row(features, 2, 80, 0));
  });
});

describe('features say what their names say', () => {
  test('every number is finite and named once, from the first origin to the last and for an item that is not yet launched', () => {
    expect(new Set(features.names).size).toBe(features.names.length);
    for (const origin of [0, 1, 30, 59, 60, 61, 119]) {
      for (let item = 0; item < 6; item++) expect(row(features, item, origin, 3).every(Number.isFinite)).toBe(true);
    }
  });

  test('lags and means are of the periods before the origin, as logs relative to the level', () => {
    const at = (t: number) => history.quantity[2 * 120 + t];
    const level = value('level', 2, 50, 0);
    expect(value('lag 1', 2, 50, 0)).toBeCloseTo(Math.log(at(49) + 0.5) - level, 12);
    expect(value('lag 3', 2, 50, 2)).toBeCloseTo(Math.log(at(47) + 0.5) - level, 12);
    expect(value('mean of 4', 2, 50, 0)).toBeCloseTo(Math.log((at(49) + at(48) + at(47) + at(46)) / 4 + 0.5) - level, 12);
  });

  test('the level is a discounted mean, in which one huge order counts as six times the level before it and 20 units', () => {
    const steady = madeUpHistory({ weeks: 40, items: 1 });
    const quantity = steady.quantity.map((_, t) => (t === 10 ? 5000 : 10));
    const level = (origin: number) => Math.exp(value('level', 0, origin, 0, createFeatureSet({ ...steady, quantity }))) - 0.5;
    expect(level(10)).toBeCloseTo(10, 10);
    const weights = Array.from({ length: 10 }, (_, k) => 0.8 ** (k + 1)).reduce((a, b) => a + b, 0);
    expect(level(11)).toBeCloseTo((6 * 10 + 20 + 10 * weights) / (1 + weights), 10);
  });

  test('a stock-out that is known is passed over, and one that is not yet known is not', () => {
    const known = createFeatureSet({ ...history, missing: history.missing.map((_, at) => (at % 120 === 49 ? 50 : 0)) });
    const unknown = createFeatureSet({ ...history, missing: history.missing.map((_, at) => (at % 120 === 49 ? 51 : 0)) });
    expect(value('lag 1', 2, 50, 0, known) + value('level', 2, 50, 0, known)).toBeCloseTo(
      Math.log(history.quantity[2 * 120 + 48] + 0.5),
      12,
    );
    expect(value('lag 1', 2, 50, 0, unknown)).toBe(value('lag 1', 2, 50, 0));
  });

  test('age counts from the first sale, and is 0 before it', () => {
    const launch = history.quantity.subarray(5 * 120).findIndex((sold) => sold > 0);
    expect(value('launched', 5, launch, 0)).toBe(0);
    expect(value('launched', 5, launch + 1, 0)).toBe(1);
    expect(value('periods since launch', 5, launch + 4, 0)).toBeCloseTo(Math.log(5), 12);
    expect(value('new', 5, launch + 3, 0)).toBe(1);
    expect(value('new', 5, launch + 40, 0)).toBe(0);
  });

  test('the same week a year before, as soon as it is known', () => {
    expect(value('a year before is known', 2, 51, 0)).toBe(0);
    expect(value('a year before is known', 2, 53, 0)).toBe(1);
    const sold = history.quantity.subarray(2 * 120, 3 * 120);
    const mean = sold.subarray(4, 17).reduce((a, b) => a + b, 0) / 13;
    expect(value('a year before', 2, 60, 2)).toBeCloseTo(Math.log(sold[10] + 0.5) - Math.log(mean + 0.5), 12);
  });

  test('a promotion counts where it is about the item or its category, once it is known', () => {
    expect([value('promotion', 1, 28, 2), value('promotion', 1, 29, 1), value('promotion depth', 1, 29, 1)]).toEqual([0, 1, 0.2]);
    expect([value('promotions', 1, 30, 1), value('promotions', 1, 31, 0), value('promotion', 1, 31, 1)]).toEqual([1, 2, 0]);
    expect([value('promotion', 4, 31, 0), value('promotion before', 1, 32, 0), value('promotion depth before', 1, 32, 0)]).toEqual([
      0, 1, 0.2,
    ]);
  });

  test('prices are the last one paid, its change, and its distance to the usual one', () => {
    const price = history.price.map((paid, at) => (at % 120 >= 49 ? paid * 0.8 : paid));
    const cut = createFeatureSet({ ...history, price });
    expect(value('price', 2, 50, 0, cut)).toBeCloseTo(Math.log(3 * 0.8), 12);
    expect(value('price change', 2, 50, 0, cut)).toBeCloseTo(Math.log(0.8), 12);
    expect(value('price change', 2, 51, 0, cut)).toBe(0);
    expect(value('price against usual', 2, 50, 0, cut)).toBeCloseTo(Math.log(0.8 / ((12 + 0.8) / 13)), 12);
  });

  test('the calendar is that of the period that is forecast: month of its Thursday, holidays on its working days', () => {
    // Periods count from Monday 2024-01-01; 17 is the week of 2024-04-29, whose Thursday is in May; 2024-05-06 is a bank holiday.
    expect([value('May', 0, 15, 2), value('April', 0, 15, 2), value('April', 0, 15, 1)]).toEqual([1, 0, 1]);
    expect([value('holidays', 0, 15, 3), value('holidays after', 0, 15, 2), value('holidays before', 0, 15, 4)]).toEqual([1, 1, 1]);
    expect(value('year sin 1', 0, 10, 3)).toBeCloseTo(Math.sin((2 * Math.PI * (13 * 7 + 3)) / 365.2425), 12);
  });

  test('daily sales have weekdays', () => {
    const periods = Array.from({ length: 120 }, (_, t) => new Date(Date.UTC(2024, 0, 1 + t)).toISOString().slice(0, 10));
    const daily = createFeatureSet({ ...history, periodLength: 'day', periods });
    expect([value('Monday', 0, 7, 0, daily), value('Sunday', 0, 7, 0, daily), value('Sunday', 0, 7, 6, daily)]).toEqual([1, 0, 1]);
    expect(value('February', 0, 29, 2, daily)).toBe(1);
  });

  test('without prices and promotions there are no columns of nothing but zeros for them', () => {
    const { names } = createFeatureSet({ ...plain, price: new Float64Array(plain.price.length) });
    expect(names.filter((name) => /price|promotion|holiday/.test(name))).toEqual([]);
  });
});

describe('holidays', () => {
  test.each([
    ['GB', '2024-12-26', true],
    ['GB', '2024-12-27', false],
    ['DE', '2024-10-03', true],
    ['DE', '2024-01-06', false],
    ['de-by', '2024-01-06', true],
    ['CN', '2024-10-01', true],
  ])('%s has a public holiday on %s: %s', async (country, day, expected) => {
    const calendar = await loadHolidays(country, 2024, 2024);
    expect(calendar.isHoliday(Date.parse(day) / 86_400_000)).toBe(expected);
  });

  test('a country or a part of one that is not known is refused with those that are', async () => {
    await expect(loadHolidays('Atlantis', 2024, 2024)).rejects.toThrow(UserError);
    await expect(loadHolidays('DE-XX', 2024, 2024)).rejects.toThrow(/DE has no part XX; expected DE, DE-/);
  });
});
