import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type FittedForecaster, forecastQuantiles, type History, importSales } from '../../forecasting/index.ts';

/** Sales made with known effects of notes. Arrays are [item][test period] flat. */
export interface KnownEffects {
  readonly history: History;
  /** The first test period. */
  readonly cut: number;
  /** Forecasts of someone who knows the true effects, and their 0.9 quantiles. */
  readonly truth: ForecastsMade;
}

export interface ForecastsMade {
  readonly mean: Float64Array;
  readonly high: Float64Array;
}

/** Errors summed over test periods and some of the items. */
export interface Losses {
  readonly absolute: number;
  readonly cost: number;
  readonly sold: number;
}

const HOLDING = 1;
const SHORTAGE = 9;

export async function readKnownEffects(folder: string): Promise<KnownEffects> {
  const file = (name: string) => join(folder, name);
  const { history } = await importSales({ sales: file('sales.csv.gz'), items: file('items.csv'), notes: file('notes.csv') });
  const rows: string[][] = parse(gunzipSync(readFileSync(file('truth.csv.gz'))), { from_line: 2 });
  const cut = history.periods.indexOf(rows[0][0]);
  const periods = history.periods.length - cut;
  const item = new Map(history.items.map(({ id }, i) => [id, i]));
  const period = new Map(history.periods.map((date, t) => [date, t - cut]));
  const truth = { mean: new Float64Array(history.items.length * periods), high: new Float64Array(history.items.length * periods) };
  for (const [date, id, mean, high] of rows) {
    const at = (item.get(id) ?? 0) * periods + (period.get(date) ?? 0);
    truth.mean[at] = Number(mean);
    truth.high[at] = Number(high);
  }
  return { history, cut, truth };
}

/** One week ahead, in each test week. */
export function forecastTest(fitted: FittedForecaster, history: History, cut: number): ForecastsMade {
  const periods = history.periods.length - cut;
  const made = { mean: new Float64Array(history.items.length * periods), high: new Float64Array(history.items.length * periods) };
  for (let t = 0; t < periods; t++) {
    const forecast = fitted.predict(history, cut + t, 1);
    const high = forecastQuantiles(forecast, 1, [0.9]);
    for (let i = 0; i < history.items.length; i++) {
      made.mean[i * periods + t] = forecast.mean[i];
      made.high[i * periods + t] = high[i];
    }
  }
  return made;
}

export function lossesOf({ history, cut }: KnownEffects, made: ForecastsMade, items?: ReadonlySet<number>): Losses {
  const periods = history.periods.length - cut;
  let absolute = 0;
  let cost = 0;
  let total = 0;
  for (let i = 0; i < history.items.length; i++) {
    if (items && !items.has(i)) continue;
    for (let t = 0; t < periods; t++) {
      const sold = history.quantity[i * history.periods.length + cut + t];
      const left = made.high[i * periods + t] - sold;
      absolute += Math.abs(sold - made.mean[i * periods + t]);
      cost += left > 0 ? HOLDING * left : -SHORTAGE * left;
      total += sold;
    }
  }
  return { absolute, cost, sold: total };
}

/** Parts of the way from no text to the true effects. */
export function shareOf(losses: Losses, noText: Losses, truth: Losses): { readonly wape: number; readonly cost: number } {
  return {
    wape: (noText.absolute - losses.absolute) / (noText.absolute - truth.absolute),
    cost: (noText.cost - losses.cost) / (noText.cost - truth.cost),
  };
}
