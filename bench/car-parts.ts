import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { croston, forecastEnd, recentMean, type SeriesMethod, syntetosBoylan, tsb } from '../forecasting/index.ts';
import { dataOption } from './support/data-option.ts';
import { rounded } from './support/throughput.ts';

// Accuracy on the monthly demand for car parts (expsmooth) beside what statsforecast 2.0.1 reaches: test/forecasting/golden/car-parts.py has its command.
// npm run -s bench -- car-parts --data FOLDER, where FOLDER holds carparts.csv.gz. Parts known over all 51 months; the last 6 are held out.

const HORIZON = 6;
const METHODS: readonly (readonly [method: SeriesMethod, statsforecast: { readonly mase: number; readonly rmsse: number }])[] = [
  [recentMean('naive', 1), { mase: 0.98066, rmsse: 0.6486 }],
  [recentMean('moving-average', 8), { mase: 1.0293, rmsse: 0.59584 }],
  [croston(), { mase: 1.28274, rmsse: 0.70515 }],
  [syntetosBoylan(), { mase: 1.25467, rmsse: 0.69403 }],
  [tsb(), { mase: 1.07782, rmsse: 0.60907 }],
];

const parts = gunzipSync(readFileSync(join(dataOption('car-parts'), 'carparts.csv.gz')))
  .toString('utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.trim().split(',').slice(1))
  .filter((cells) => cells.every((cell) => cell !== ''))
  .map((cells) => Float64Array.from(cells, Number))
  .filter((series) => series.subarray(0, -HORIZON).some((value, t) => t > 0 && value !== series[t - 1]));

function accuracy(method: SeriesMethod): { mase: number; rmsse: number } {
  let mase = 0;
  let rmsse = 0;
  for (const series of parts) {
    const known = series.subarray(0, -HORIZON);
    const forecast = forecastEnd(method, known, { season: 12, horizon: HORIZON });
    const errors = series.subarray(-HORIZON).map((value, k) => value - forecast[k]);
    const changes = known.subarray(1).map((value, t) => value - known[t]);
    mase += mean(errors, Math.abs) / mean(changes, Math.abs) / parts.length;
    rmsse += Math.sqrt(mean(errors, square) / mean(changes, square)) / parts.length;
  }
  return { mase, rmsse };
}

function mean(values: Float64Array, loss: (value: number) => number): number {
  return values.reduce((sum, value) => sum + loss(value), 0) / values.length;
}

function square(value: number): number {
  return value * value;
}

const cpu = process.cpuUsage();
const results = METHODS.map(([method, theirs]) => {
  const own = accuracy(method);
  return {
    method: method.name,
    mase: rounded(own.mase),
    rmsse: rounded(own.rmsse),
    statsforecast: theirs,
    masePercentAbove: rounded(100 * (own.mase / theirs.mase - 1)),
    rmssePercentAbove: rounded(100 * (own.rmsse / theirs.rmsse - 1)),
  };
});
console.log(
  JSON.stringify({ benchmark: 'car-parts', parts: parts.length, results, cpuSeconds: rounded(process.cpuUsage(cpu).user / 1e6) }),
);
