import { describe, expect, test } from 'vitest';
import { countQuantile, createStream } from '../../../env/index.ts';
import {
  forecastDistribution,
  type History,
  type HistoryTexts,
  mixtureQuantile,
  readingForecaster,
  type SalesNote,
  steadyForecaster,
} from '../../../forecasting/index.ts';

const ITEMS = 20;
const WEEKS = 120;
const CUT = 110;
const LEVEL = 20;
/** Two kinds of events: heat doubles the first half of the items, roadworks halve everything. Two wordings each are seen, others are not. */
const HEAT = [Float32Array.of(1, 0.1, 0), Float32Array.of(0.95, -0.2, 0)];
const ROADWORKS = [Float32Array.of(-0.1, 1, 0), Float32Array.of(0.2, 0.95, 0)];
const texts: HistoryTexts = {
  notes: new Map([
    ['heat 0', HEAT[0]],
    ['heat 1', HEAT[1]],
    ['roadworks 0', ROADWORKS[0]],
    ['roadworks 1', ROADWORKS[1]],
    ['a hot spell', Float32Array.of(0.98, -0.05, 0.1)],
    ['either of them', Float32Array.of(0.7, 0.7, 0)],
  ]),
  descriptions: null,
};

function note(text: string, period: number, knownAt = period - 1): SalesNote {
  return { text, period, knownAt, date: '', known: '' };
}

function effect(text: string, item: number): number {
  if (text.startsWith('roadworks')) return 0.5;
  return item < ITEMS / 2 ? 2 : 1;
}

function historyWith(later: readonly SalesNote[], quiet?: ReadonlySet<number>): History {
  const stream = createStream(1, 'sales of two kinds of events');
  const past = Array.from({ length: 24 }, (_, k) => note(`${k % 2 ? 'heat' : 'roadworks'} ${Math.floor(k / 2) % 2}`, 4 + 4 * k));
  const quantity = Float64Array.from({ length: ITEMS * WEEKS }, (_, at) => {
    const event = past.find(({ period }) => period === at % WEEKS);
    const mean = LEVEL * (event ? effect(event.text, Math.floor(at / WEEKS)) : 1);
    return countQuantile(mean, mean + 0.05 * mean * mean, stream.next());
  });
  const items = Array.from({ length: ITEMS }, (_, i) => ({ id: `item-${i}`, description: '', category: i % 2 ? 'odd' : 'even', price: 1 }));
  const missing = Int32Array.from(quantity, (_, at) =>
    quiet?.has(Math.floor(at / WEEKS)) && past.some(({ period }) => period === at % WEEKS) ? (at % WEEKS) + 1 : 0,
  );
  const periods = Array.from({ length: WEEKS }, (_, w) => new Date(Date.UTC(2024, 0, 1 + 7 * w)).toISOString().slice(0, 10));
  return {
    items,
    periodLength: 'week',
    periods,
    quantity,
    price: new Float64Array(quantity.length).fill(1),
    open: new Uint8Array(WEEKS).fill(1),
    missing,
    notes: [...past, ...later],
    promotions: [],
  };
}

function predict(history: History, read = texts) {
  const forecaster = readingForecaster(steadyForecaster(), read);
  const fitted = forecaster.fit(history, { until: CUT, horizon: 1 });
  return fitted.predict(history, CUT, 1);
}

describe('a forecaster that reads notes', () => {
  const quiet = predict(historyWith([]));

  test('expects of a new wording what notes worded alike did, item by item', () => {
    const hot = predict(historyWith([note('a hot spell', CUT)]));
    const factors = Array.from(hot.mean, (mean, i) => mean / quiet.mean[i]);
    const half = ITEMS / 2;
    expect(Math.min(...factors.slice(0, half))).toBeGreaterThan(1.5);
    expect(Math.max(...factors.slice(half))).toBeLessThan(1.3);
    expect(Math.abs(factors.slice(0, half).reduce((a, b) => a + b, 0) / half - 2)).toBeLessThan(0.15);
  });

  test('sees quiet weeks as they were, though a quarter of the past was events', () => {
    const mean = quiet.mean.reduce((a, b) => a + b, 0) / ITEMS;
    expect(Math.abs(mean - LEVEL)).toBeLessThan(1.5);
  });

  test('a note that can be read in two ways gives a mixture, whose high quantile is that of the larger reading', () => {
    const either = predict(historyWith([note('either of them', CUT)]));
    expect(either.mean[0]).toBeGreaterThan(0.6 * quiet.mean[0]);
    expect(either.mean[0]).toBeLessThan(1.8 * quiet.mean[0]);
    const high = mixtureQuantile(forecastDistribution(either, 1, 0, 0), 0.9);
    expect(high).toBeGreaterThan(countQuantile(either.mean[0], either.mean[0] + 0.06 * either.mean[0] ** 2, 0.9) + 3);
  });

  test('knows nothing of a note before it is known, nor of one about other items', () => {
    expect(predict(historyWith([note('a hot spell', CUT, CUT + 1)]))).toEqual(quiet);
    const odd = predict(historyWith([{ ...note('a hot spell', CUT), category: 'odd' }]));
    expect(odd.mean[0]).toBe(quiet.mean[0]);
    expect(odd.mean[1]).toBeGreaterThan(1.5 * quiet.mean[1]);
  });

  test('a note without a vector is one like nothing seen: expected effects between the kinds, and wider', () => {
    const strange = predict(historyWith([note('of which nobody ever heard', CUT)]));
    expect(strange.mean[0]).toBeLessThan(1.7 * quiet.mean[0]);
    expect(strange.variance[0]).toBeGreaterThan(quiet.variance[0]);
  });

  test('an item without events of its own takes after those described alike', () => {
    const descriptions = Array.from({ length: ITEMS }, (_, i) => (i < ITEMS / 2 ? Float32Array.of(1, 0) : Float32Array.of(0, 1)));
    const hidden = new Set([0, ITEMS - 1]);
    const hot = predict(historyWith([note('a hot spell', CUT)], hidden), { ...texts, descriptions });
    expect(hot.mean[0] / quiet.mean[0]).toBeGreaterThan(1.6);
    expect(hot.mean[ITEMS - 1] / quiet.mean[ITEMS - 1]).toBeLessThan(1.2);
  });

  test('what happens from the origin on changes nothing', () => {
    const history = historyWith([note('a hot spell', CUT), note('heat 0', CUT + 3)]);
    const other = { ...history, quantity: history.quantity.map((value, at) => (at % WEEKS >= CUT ? 999 - value : value)) };
    expect(predict(other)).toEqual(predict(history));
  });
});

test('learns from what notes did which way of differing means nothing: notes that differ most from each other may be of one kind', () => {
  const LOUDNESS = [-3, -1, 1, 3];
  const said = (kind: number, loudness: number) => {
    const vector = new Float32Array(30);
    vector.set([kind / Math.hypot(kind, loudness), loudness / Math.hypot(kind, loudness)]);
    return vector;
  };
  const notes = new Map(
    LOUDNESS.flatMap((loudness, k) => [
      [`heat ${k}`, said(0.2, loudness)] as const,
      [`roadworks ${k}`, said(-0.2, loudness)] as const,
      [`heat, said anew ${k}`, said(0.2, loudness + 1)] as const,
    ]),
  );
  const history = historyWith([note('heat, said anew 2', CUT)]);
  const worded = {
    ...history,
    notes: history.notes.map((past, k) =>
      past.period < CUT ? { ...past, text: `${past.text.split(' ')[0]} ${Math.floor(k / 2) % 4}` } : past,
    ),
  };
  const quiet = predict({ ...worded, notes: worded.notes.filter(({ period }) => period < CUT) }, { notes, descriptions: null });
  const hot = predict(worded, { notes, descriptions: null });
  // Plain cosines give 1.46.
  expect(hot.mean[0] / quiet.mean[0]).toBeGreaterThan(1.6);
});
