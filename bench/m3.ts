import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  combination,
  deseasonalised,
  forecastEnd,
  holtWinters,
  recentMean,
  type SeriesMethod,
  simpleSmoothing,
  theta,
} from '../forecasting/index.ts';
import { dataOption } from './support/data-option.ts';
import { rounded } from './support/throughput.ts';

// Accuracy on the M3 competition's series beside what the published methods reached (Makridakis and Hibon 2000), in per cent of sMAPE and in MASE.
// npm run -s bench -- m3 --data FOLDER, where FOLDER holds m3.jsonl.gz and published-method-accuracy.csv.

interface Series {
  readonly period: 'YEARLY' | 'QUARTERLY' | 'OTHER';
  readonly h: number;
  readonly x: readonly number[];
  readonly xx: readonly number[];
}

const SEASONS = { YEARLY: 1, QUARTERLY: 4, OTHER: 1 };
const METHODS: readonly (readonly [name: string, method: SeriesMethod, published: string])[] = [
  ['naive', deseasonalised(recentMean('naive', 1)), 'NAIVE2'],
  ['ses', deseasonalised(simpleSmoothing()), 'SINGLE'],
  ['holt-winters', holtWinters(), 'WINTER'],
  ['damped-trend', holtWinters({ damped: true }), 'DAMPEN'],
  ['theta', theta(), 'THETA'],
  ['combination', combination([deseasonalised(simpleSmoothing()), holtWinters(), holtWinters({ damped: true })]), 'COMB S-H-D'],
];

const folder = dataOption('m3');
const series = gunzipSync(readFileSync(join(folder, 'm3.jsonl.gz')))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Series);
const published = new Map(
  readFileSync(join(folder, 'published-method-accuracy.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([method, period, , smape, mase]) => [`${method} ${period}`, { smape: Number(smape), mase: Number(mase) }]),
);

function accuracy(method: SeriesMethod, chosen: readonly Series[]): { smape: number; mase: number } {
  let smape = 0;
  let mase = 0;
  for (const { period, x, xx, h } of chosen) {
    const season = SEASONS[period];
    const forecast = forecastEnd(method, Float64Array.from(x), { season, horizon: h });
    let scale = 0;
    for (let t = season; t < x.length; t++) scale += Math.abs(x[t] - x[t - season]) / (x.length - season);
    for (let k = 0; k < h; k++) {
      const error = Math.abs(xx[k] - forecast[k]);
      smape += (200 * error) / (Math.abs(xx[k]) + Math.abs(forecast[k])) / h / chosen.length;
      mase += error / scale / h / chosen.length;
    }
  }
  return { smape, mase };
}

const cpu = process.cpuUsage();
const results = METHODS.flatMap(([name, method, original]) =>
  (['YEARLY', 'QUARTERLY', 'OTHER'] as const).map((period) => {
    const own = accuracy(
      method,
      series.filter((one) => one.period === period),
    );
    const theirs = published.get(`${original} ${period}`) ?? { smape: Number.NaN, mase: Number.NaN };
    return {
      method: name,
      period,
      smape: rounded(own.smape),
      mase: rounded(own.mase),
      published: { method: original, ...theirs },
      smapePercentAbove: rounded(100 * (own.smape / theirs.smape - 1)),
      masePercentAbove: rounded(100 * (own.mase / theirs.mase - 1)),
    };
  }),
);
console.log(JSON.stringify({ benchmark: 'm3', series: series.length, results, cpuSeconds: rounded(process.cpuUsage(cpu).user / 1e6) }));
