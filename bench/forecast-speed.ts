import { createStream } from '../env/index.ts';
import { forecastQuantiles, type History, METHODS, type MethodName, openMethod } from '../forecasting/index.ts';
import { rounded } from './support/throughput.ts';

// CPU seconds to fit a method on 200,000 rows (2,000 items x 100 weeks) and to predict 10,000 items x 8 weeks with all quantiles.
// npm run -s bench -- forecast-speed [METHOD ...]; unless named: those that read no texts.

const HORIZON = 8;
const given = process.argv.slice(2);
const names: readonly MethodName[] = METHODS.filter((name) =>
  given.length > 0 ? given.includes(name) : !name.includes('+') && name !== 'auto',
);

function madeUpSales(items: number, weeks: number): History {
  const stream = createStream(1, 'sales');
  const levels = Float64Array.from({ length: items }, () => Math.exp(1 + 1.5 * stream.normal()));
  const quantity = Float64Array.from({ length: items * weeks }, (_, at) =>
    Math.floor(-levels[Math.floor(at / weeks)] * Math.log(1 - stream.next())),
  );
  return {
    items: Array.from({ length: items }, (_, i) => ({
      id: `item-${i}`,
      description: `thing ${i % 97} ${i % 31}`,
      category: '',
      price: 1 + (i % 9),
    })),
    periodLength: 'week',
    periods: Array.from({ length: weeks }, (_, w) => new Date(Date.UTC(2024, 0, 1 + 7 * w)).toISOString().slice(0, 10)),
    quantity,
    price: quantity.map((_, at) => 1 + (Math.floor(at / weeks) % 9)),
    open: new Uint8Array(weeks).fill(1),
    missing: new Int32Array(quantity.length),
    notes: [],
    promotions: [],
  };
}

function cpuSeconds<T>(run: () => T): { readonly value: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(start);
  return { value, seconds: rounded((user + system) / 1e6) };
}

const learned = madeUpSales(2000, 100);
const wide = madeUpSales(10_000, 30);
const results = [];
for (const name of names) {
  const { forecaster } = await openMethod(name, learned);
  const fit = cpuSeconds(() => forecaster.fit(learned, { until: 100, horizon: HORIZON }));
  const wideModel = (await openMethod(name, wide)).forecaster.fit(wide, { until: 30, horizon: HORIZON });
  const predict = cpuSeconds(() => forecastQuantiles(wideModel.predict(wide, 30, HORIZON), HORIZON));
  results.push({ method: name, fitSeconds: fit.seconds, predictSeconds: predict.seconds });
}
const peakMemoryMegabytes = rounded(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ benchmark: 'forecast-speed', fitRows: 200_000, predictRows: 80_000, results, peakMemoryMegabytes }));
