import { join } from 'node:path';
import { type Forecast, type History, periodStart, QUANTILE_LEVELS } from '../../forecasting/index.ts';
import { readParquet, type TableColumns, writeParquet } from './parquet.ts';

const PREDICTIONS = 'predictions.parquet';

/** What was forecast when orders were suggested, and what that was expected to cost. */
export interface KeptPredictions {
  /** [periods] */
  readonly horizon: number;
  /** Whole distributions: `forecastDistribution` and `coverDistribution` take it. */
  readonly forecast: Forecast;
  /** [item][ahead][level] flat, at QUANTILE_LEVELS. */
  readonly quantiles: Float64Array;
  /** [item][ahead] flat, in money: holding and shortage of the period where the suggestion is followed and nothing is ordered later. NaN beyond the cover. */
  readonly promisedCost: Float64Array;
}

/** Writes item,ahead,date,mean,variance,common[,weight0,mean0,variance0,...],promisedCost,q05,...,q95. */
export async function writePredictions(
  folder: string,
  { horizon, forecast, quantiles, promisedCost }: KeptPredictions,
  { history, origin }: { readonly history: History; readonly origin: number },
): Promise<string> {
  const { items } = history;
  const cells = items.length * horizon;
  const dates = Array.from({ length: horizon }, (_, ahead) => periodStart(history, origin + ahead));
  const { parts } = forecast;
  const mixture = Array.from({ length: parts?.count ?? 0 }, (_, part) =>
    (['weight', 'mean', 'variance'] as const).map((name) => ({
      name: `${name}${part}`,
      values: every(parts?.[name] ?? new Float64Array(0), parts?.count ?? 1, part, cells),
    })),
  );
  await writeParquet(join(folder, PREDICTIONS), [
    { name: 'item', values: items.flatMap(({ id }) => dates.map(() => id)) },
    { name: 'ahead', values: Int32Array.from({ length: cells }, (_, cell) => cell % horizon) },
    { name: 'date', values: items.flatMap(() => dates) },
    { name: 'mean', values: forecast.mean },
    { name: 'variance', values: forecast.variance },
    { name: 'common', values: Float64Array.from({ length: cells }, (_, cell) => forecast.common?.[Math.floor(cell / horizon)] ?? 0) },
    ...mixture.flat(),
    { name: 'promisedCost', values: promisedCost },
    ...QUANTILE_LEVELS.map((_, k) => ({ name: quantileName(k), values: every(quantiles, QUANTILE_LEVELS.length, k, cells) })),
  ]);
  return PREDICTIONS;
}

/** What `writePredictions` wrote. */
export async function readPredictions(folder: string, horizon: number): Promise<KeptPredictions> {
  const table = await readParquet(join(folder, PREDICTIONS));
  const common = table.numbers('common').filter((_, cell) => cell % horizon === 0);
  const parts = readParts(table);
  const forecast = { mean: table.numbers('mean'), variance: table.numbers('variance'), common, ...(parts === undefined ? {} : { parts }) };
  const quantiles = interleave(QUANTILE_LEVELS.map((_, k) => table.numbers(quantileName(k))));
  return { horizon, forecast, quantiles, promisedCost: table.numbers('promisedCost') };
}

function readParts(table: TableColumns): Forecast['parts'] {
  let count = 0;
  while (table.has(`weight${count}`)) count++;
  if (count === 0) return undefined;
  const read = (name: string) => interleave(Array.from({ length: count }, (_, part) => table.numbers(`${name}${part}`)));
  return { count, weight: read('weight'), mean: read('mean'), variance: read('variance') };
}

function quantileName(level: number): string {
  return `q${QUANTILE_LEVELS[level].toFixed(2).slice(2)}`;
}

/** The entries `at`, `at` + width, ... */
function every(values: Float64Array, width: number, at: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => values[k * width + at]);
}

/** Columns laid side by side, [row][column] flat. */
function interleave(columns: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(columns.length * columns[0].length);
  for (const [k, column] of columns.entries()) for (let row = 0; row < column.length; row++) values[row * columns.length + k] = column[row];
  return values;
}
