import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type ForecastPaths, UserError } from '../env/index.ts';
import type { History } from '../forecasting/index.ts';

const NAME = 'truth.csv.gz';

/** Means of the held-out periods as they truly are, [item][period] flat. */
interface TrueMeans {
  readonly mean: Float64Array;
  /** Without the notes. */
  readonly plain: Float64Array;
}

/** What demand of held-out periods is drawn from, and what someone would forecast who knows it, but of notes no more than has been announced. */
export interface Truth {
  readonly law: ForecastPaths;
  readonly oracle: ForecastPaths;
}

/**
 * Reads date,item,mean,plain of the periods from `cut` on.
 * @throws UserError where the file lacks a column or one of the means
 */
export function readTruth(folder: string, history: History, span: { cut: number; horizon: number; dispersion: number }): Truth {
  const means = readMeans(join(folder, NAME), history, span.cut);
  return { law: truePaths(history, means, { ...span, horizon: 1 }), oracle: truePaths(history, means, span) };
}

function truePaths(
  history: History,
  { mean, plain }: TrueMeans,
  { cut, horizon, dispersion }: Parameters<typeof readTruth>[2],
): ForecastPaths {
  const items = history.items.length;
  const span = history.periods.length - cut;
  const paths = { rows: items, span, horizon, counts: true, mean: new Float64Array(items * span * horizon) };
  for (let t = 0; t < span; t++) {
    for (let ahead = 0; ahead < horizon; ahead++) {
      // Beyond the last period nothing is known but what it was like.
      const then = Math.min(t + ahead, span - 1);
      const unannounced = ahead > 0 && history.notes.some(({ period, knownAt }) => period === cut + t + ahead && knownAt > cut + t);
      for (let i = 0; i < items; i++) paths.mean[(i * span + t) * horizon + ahead] = (unannounced ? plain : mean)[i * span + then];
    }
  }
  return { ...paths, variance: paths.mean.map((m) => m + dispersion * m * m) };
}

function readMeans(file: string, { items, periods }: History, cut: number): TrueMeans {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  for (const column of ['date', 'item', 'mean', 'plain']) {
    if (rows.length > 0 && !(column in rows[0])) {
      throw new UserError(`${file}: no column ${column} among ${Object.keys(rows[0]).join(', ')}; expected date,item,mean,plain: add it`);
    }
  }
  const span = periods.length - cut;
  const itemOf = new Map(items.map(({ id }, i) => [id, i]));
  const periodOf = new Map(periods.slice(cut).map((date, t) => [date, t]));
  const mean = new Float64Array(items.length * span).fill(Number.NaN);
  const plain = new Float64Array(items.length * span).fill(Number.NaN);
  for (const row of rows) {
    const item = itemOf.get(row.item);
    const period = periodOf.get(row.date);
    if (item === undefined || period === undefined) continue;
    mean[item * span + period] = Number(row.mean);
    plain[item * span + period] = Number(row.plain);
  }
  const missing = mean.findIndex((value, at) => !(value >= 0) || !(plain[at] >= 0));
  if (missing < 0) return { mean, plain };
  throw new UserError(
    `${file}: no mean of ${items[Math.floor(missing / span)].id} for ${periods[cut + (missing % span)]}; expected one for every item and held-out period`,
  );
}
