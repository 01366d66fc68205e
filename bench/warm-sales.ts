import { forecastQuantiles, type History, type MethodName, openMethod } from '../forecasting/index.ts';
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
const METHODS: readonly MethodName[] = [
  'moving-average',
  'median',
  'combination',
  'tsb',
  'global',
  'global+hashing',
  'global+static',
  'global+text',
  'auto',
];

const history = await warmHistory();
const methods: Record<string, unknown> = {};
for (const name of METHODS) methods[name] = await score(name);
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
  let sold = 0;
  let byMedian = 0;
  let byMean = 0;
  for (const origin of ORIGINS) {
    const forecast = forecaster.fit(history, { until: origin, horizon: HORIZON }).predict(history, origin, HORIZON);
    const medians = forecastQuantiles(forecast, HORIZON, [0.5]);
    for (const [cell, mean] of forecast.mean.entries()) {
      const actual = history.quantity[Math.floor(cell / HORIZON) * WEEKS + origin + (cell % HORIZON)];
      sold += actual;
      byMedian += Math.abs(actual - medians[cell]);
      byMean += Math.abs(actual - mean);
    }
  }
  const seconds = process.cpuUsage(start).user / 1e6;
  return { median: byMedian / sold, mean: byMean / sold, embedder: text?.embedder ?? null, seconds };
}
