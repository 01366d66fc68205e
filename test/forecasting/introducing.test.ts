import { describe, expect, test } from 'vitest';
import { countQuantile, createStream } from '../../env/index.ts';
import {
  autoForecaster,
  classicalForecaster,
  globalForecaster,
  type History,
  introducingForecaster,
  type METHODS,
  openMethod,
} from '../../forecasting/index.ts';

const WEEKS = 50;
const ITEMS = 120;
/** Lamps sell 40 a week, cards 3; a third of the items is introduced week by week, the last eight after the cut. */
const CUT = 46;

function history(): History {
  const stream = createStream(5, 'sales of new items');
  const items = Array.from({ length: ITEMS }, (_, i) => {
    const description = i % 2 === 0 ? `desk lamp with shade number ${i}` : `birthday card number ${i}`;
    return { id: `i${i}`, description, category: '', price: 5 };
  });
  const quantity = new Float64Array(ITEMS * WEEKS);
  for (let i = 0; i < ITEMS; i++) {
    const launch = i < 70 ? 0 : Math.min(CUT + 1, i - 63);
    for (let w = launch; w < WEEKS; w++)
      quantity[i * WEEKS + w] = 1 + countQuantile(i % 2 === 0 ? 40 : 3, i % 2 === 0 ? 120 : 6, stream.next());
  }
  return {
    items,
    periodLength: 'week',
    periods: Array.from({ length: WEEKS }, (_, w) => new Date(Date.UTC(2024, 0, 1 + 7 * w)).toISOString().slice(0, 10)),
    quantity,
    price: new Float64Array(ITEMS * WEEKS).fill(5),
    open: new Uint8Array(WEEKS).fill(1),
    missing: new Int32Array(ITEMS * WEEKS),
    notes: [],
    promotions: [],
  };
}

describe('an item that has never sold', () => {
  const sales = history();
  const unsold = [...sales.items.keys()].filter((i) => sales.quantity.subarray(i * WEEKS, i * WEEKS + CUT).every((units) => units === 0));
  const forecast = async (name: (typeof METHODS)[number]) => {
    const { forecaster } = await openMethod(name, sales);
    const fitted = forecaster.fit(sales, { until: CUT, horizon: 4 });
    return { fitted, made: fitted.predict(sales, CUT, 4) };
  };

  test('is forecast at the level of what is described alike and was introduced before it', async () => {
    const { fitted, made } = await forecast('global+static');
    expect(unsold.length).toBeGreaterThan(5);
    expect(fitted.choices.introductions).toBeGreaterThan(30);
    for (const i of unsold) {
      const [least, most] = i % 2 === 0 ? [25, 60] : [2, 8];
      expect(made.mean[i * 4]).toBeGreaterThan(least);
      expect(made.mean[i * 4]).toBeLessThan(most);
      // Its level is uncertain, and so are all its weeks together.
      expect(made.common?.[i]).toBeGreaterThanOrEqual(0);
    }
  });

  test('is left to the first candidate where methods are chosen by what items have sold', async () => {
    const first = introducingForecaster(globalForecaster(), { vectors: null });
    const choosing = autoForecaster([first, classicalForecaster('naive')]);
    const chosen = choosing.fit(sales, { until: CUT, horizon: 4 }).predict(sales, CUT, 4);
    const own = first.fit(sales, { until: CUT, horizon: 4 }).predict(sales, CUT, 4);
    for (const i of unsold) expect(chosen.mean.subarray(i * 4, i * 4 + 4)).toEqual(own.mean.subarray(i * 4, i * 4 + 4));
  });

  test('is not told apart by numbers alone', async () => {
    const { made } = await forecast('global');
    const [lamp, card] = [unsold.find((i) => i % 2 === 0) ?? 0, unsold.find((i) => i % 2 === 1) ?? 0];
    expect(made.mean[lamp * 4]).toBeCloseTo(made.mean[card * 4], 6);
  });

  test('is forecast from nothing that happens later', async () => {
    const changed = { ...sales, quantity: sales.quantity.map((units, at) => (at % WEEKS >= CUT ? 7 * units + 3 : units)) };
    const { forecaster } = await openMethod('global+static', sales);
    const before = forecaster.fit(sales, { until: CUT, horizon: 4 }).predict(sales, CUT, 4);
    const after = forecaster.fit(changed, { until: CUT, horizon: 4 }).predict(changed, CUT, 4);
    for (const i of unsold) expect(after.mean.subarray(i * 4, i * 4 + 4)).toEqual(before.mean.subarray(i * 4, i * 4 + 4));
  });
});
