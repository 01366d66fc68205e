import { describe, expect, test } from 'vitest';
import {
  classicalForecaster,
  explainForecast,
  type FittedForecaster,
  type History,
  ridgeForecaster,
  type SalesNote,
} from '../../forecasting/index.ts';
import { fitted, madeUpHistory } from './made-up-history.ts';

const NOTES: readonly SalesNote[] = [
  { text: 'Street fair', date: '2024-03-04', known: '2024-02-26', period: 9, knownAt: 8 },
  { text: 'Rain all week', date: '2024-06-03', known: '2024-05-27', period: 22, knownAt: 21 },
  { text: 'Fair in the streets', date: '2024-10-07', known: '2024-09-23', period: 40, knownAt: 38 },
  { text: 'Not known yet', date: '2024-10-14', known: '2024-10-14', period: 41, knownAt: 41 },
  { text: 'About another item', date: '2024-10-14', known: '2024-09-23', period: 41, knownAt: 38, item: 'item-7' },
];
const history: History = { ...madeUpHistory(), notes: NOTES };
const weeks = history.periods.length;

/** Forecasts 10 a week, 4 more in the week of each note that it may read, and 2 more for each unit of price above 3. */
const known: FittedForecaster = {
  name: 'known',
  choices: {},
  predict: ({ notes, items, price }, origin, horizon) => {
    const mean = Float64Array.from({ length: items.length * horizon }, (_, cell) => {
      const item = Math.floor(cell / horizon);
      const heard = notes.filter((note) => note.item === undefined && note.period === origin + (cell % horizon) && note.knownAt <= origin);
      return 10 + 4 * heard.length + 2 * (price[item * weeks + origin - 1] - 3);
    });
    return { mean, variance: mean.slice() };
  },
};

const vectors = new Map([
  ['Street fair', Float32Array.of(1, 0)],
  ['Fair in the streets', Float32Array.of(0.8, 0.6)],
  ['Rain all week', Float32Array.of(0, 1)],
]);
const options = { forecaster: known, history, item: 2, origin: weeks, horizon: 3 };

describe('the explanation of a forecast', () => {
  const explanation = explainForecast({ ...options, notes: vectors });

  test('gives each note what the forecast loses without it, and leaves out what is unknown or about others', () => {
    expect(explanation.notes.map(({ text, units }) => [text, units])).toEqual([['Fair in the streets', 4]]);
  });

  test('adds up: level, season, price, promotions and notes are the mean', () => {
    const { mean, level, season, price, promotions, notes } = explanation;
    const named = [...promotions, ...notes].reduce((sum, { units }) => sum + units, level + season + price);
    expect(named).toBeCloseTo(mean, 9);
    const recent = history.quantity.subarray(2 * weeks + weeks - 8, 2 * weeks + weeks).reduce((a, b) => a + b, 0) / 8;
    expect(level).toBeCloseTo(3 * recent, 9);
  });

  test('gives the price what it does beside the usual one', () => {
    const price = history.price.slice();
    price[3 * weeks - 1] = 3 + 13;
    // The mean of 26 weeks has moved by 0.5 from 3: the latest price is 12.5 above it, and worth 2 units each in 3 weeks.
    expect(explainForecast({ ...options, history: { ...history, price } }).price).toBeCloseTo(2 * 12.5 * 3, 9);
    expect(explanation.price).toBeCloseTo(0, 9);
  });

  test('names the past notes most alike, in words too', () => {
    expect(explanation.notes[0].alike.map(({ text }) => text)).toEqual(['Street fair', 'Rain all week']);
    expect(explanation.notes[0].alike[0].likeness).toBeCloseTo(0.8, 6);
    expect(explanation.sentence).toMatch(
      /^item-2: 34\.0 units over the next 3 weeks, .*\+4\.0 from the note "Fair in the streets", most like "Street fair"/,
    );
  });

  test('names the items most alike, itself left out', () => {
    const descriptions = history.items.map((_, k) => Float32Array.of(Math.cos(k), Math.sin(k)));
    const { alikeItems } = explainForecast({ ...options, descriptions });
    // Angles of 8 and 2 radians differ by a turn less 0.28, of 9 and 2 by a turn and 0.72, of 3 and 2 by 1.
    expect(alikeItems.map(({ item }) => item)).toEqual(['item-8', 'item-9', 'item-3']);
  });

  test('a promotion is left out without moving anything else, though it is the only one', () => {
    const promotion = {
      text: 'Half price',
      from: '2024-10-07',
      to: '2024-10-13',
      depth: 0.5,
      firstPeriod: 40,
      lastPeriod: 40,
      knownAt: 38,
    };
    const ridge = fitted(ridgeForecaster(), { ...history, promotions: [promotion] }, { until: weeks, horizon: 3 });
    const { promotions } = explainForecast({ ...options, forecaster: ridge, history: { ...history, promotions: [promotion] } });
    // Nothing was promoted before, so that nothing is known of what it does.
    expect(promotions).toHaveLength(1);
    expect(promotions[0].units).toBeCloseTo(0, 9);
  });

  test('works for a method that reads nothing', () => {
    const ses = fitted(classicalForecaster('ses'), history, { until: weeks, horizon: 3 });
    const { mean, level, season, notes } = explainForecast({ ...options, forecaster: ses });
    expect(notes.map(({ units }) => units)).toEqual([0]);
    expect(level + season).toBeCloseTo(mean, 9);
  });
});
