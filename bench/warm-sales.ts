import {
  CLASSICAL_METHODS,
  coverage,
  crps,
  forecastDistribution,
  type History,
  METHODS,
  type MethodName,
  mixtureQuantile,
  openMethod,
  pinballLoss,
  type Scored,
  wape,
} from '../forecasting/index.ts';
import { dataOption } from './support/data-option.ts';
import { readOnlineRetail } from './support/online-retail.ts';

/**
 * Weekly sales of items with a history: those sold in at least 20 of the first 36 weeks, forecast one to four weeks ahead from five origins, each time
 * from all weeks before. `median` is the WAPE of the medians, `mean` that of the means. What text adds here is next to nothing: the gate has to
 * see to it that it costs nothing either.
 */
const ORIGINS = [35, 38, 41, 44, 48];
const HORIZON = 4;
/** Whole weeks from Monday, 2010-11-29: the last one ends before the data do. */
const WEEKS = 53;
/** Of the classics, unless methods are named behind the folder. */
const CLASSICS: ReadonlySet<string> = new Set(['moving-average', 'median', 'combination', 'tsb']);
const given = process.argv.slice(2).filter((word) => METHODS.some((name) => name === word));
const names = METHODS.filter((name) =>
  given.length > 0 ? given.includes(name) : CLASSICS.has(name) || !CLASSICAL_METHODS.some((classic) => classic === name),
);

const history = await warmHistory();
const methods: Record<string, unknown> = {};
for (const name of names) methods[name] = await score(name);
console.log(JSON.stringify({ benchmark: 'warm-sales', items: history.items.length, methods }));

async function warmHistory(): Promise<History> {
  const all = await readOnlineRetail(dataOption('warm-sales'));
  const weekly = all.map((item) => {
    const weeks = new Float64Array(WEEKS);
    for (const [day, units] of item.daily.entries()) if (weekOf(day) < WEEKS) weeks[weekOf(day)] += units;
    return { item, weeks };
  });
  const kept = weekly.filter(({ weeks }) => weeks.subarray(0, 36).filter((units) => units > 0).length >= 20);
  const quantity = new Float64Array(kept.length * WEEKS);
  const price = new Float64Array(quantity.length);
  for (const [i, { item, weeks }] of kept.entries()) {
    quantity.set(weeks, i * WEEKS);
    price.fill(item.price, i * WEEKS, (i + 1) * WEEKS);
  }
  return {
    items: kept.map(({ item }) => ({ id: item.code, description: item.description, category: '', price: item.price })),
    periodLength: 'week',
    periods: Array.from({ length: WEEKS }, (_, w) => new Date(Date.UTC(2010, 10, 29 + 7 * w)).toISOString().slice(0, 10)),
    quantity,
    price,
    open: Uint8Array.from({ length: WEEKS }, (_, w) => (weekly.some(({ weeks }) => weeks[w] > 0) ? 1 : 0)),
    missing: new Int32Array(quantity.length),
    notes: [],
    promotions: [],
  };
}

/** Day 0 is a Wednesday. */
function weekOf(day: number): number {
  return Math.floor((day + 2) / 7);
}

async function score(name: MethodName) {
  const { forecaster, text } = await openMethod(name, history);
  const start = process.cpuUsage();
  const made = ORIGINS.map((origin) => forecaster.fit(history, { until: origin, horizon: HORIZON }).predict(history, origin, HORIZON));
  const seconds = process.cpuUsage(start).user / 1e6;
  const actual: number[] = [];
  const mean: number[] = [];
  const distributions: Scored['distributions'][number][] = [];
  for (const [k, forecast] of made.entries()) {
    for (const [cell, expected] of forecast.mean.entries()) {
      const item = Math.floor(cell / HORIZON);
      actual.push(history.quantity[item * WEEKS + ORIGINS[k] + (cell % HORIZON)]);
      mean.push(expected);
      distributions.push(forecastDistribution(forecast, HORIZON, item, cell % HORIZON));
    }
  }
  const quantiles = (level: number) => distributions.map((distribution) => mixtureQuantile(distribution, level));
  return {
    median: wape(actual, quantiles(0.5)),
    mean: wape(actual, mean),
    pinball9: pinballLoss(actual, quantiles(0.9), 0.9),
    crps: distributions.reduce((sum, distribution, k) => sum + crps(distribution, actual[k]), 0) / actual.reduce((a, b) => a + b, 0),
    coverage8: coverage(actual, quantiles(0.1), quantiles(0.9)),
    embedder: text?.embedder ?? null,
    seconds,
  };
}
