import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ForecastPaths, type Item, UserError } from '../env/index.ts';
import { type DemandStudy, importSales, studyDemand } from '../forecasting/index.ts';
import type { ScenarioDocument } from './schema.ts';
import type { LaneData } from './to-scenario.ts';

const SHIPPED = new URL('./data/', import.meta.url);

/** A data set whose items are the lanes of a scenario, with its forecasts. */
export interface Catalogue extends Omit<LaneData, 'forecasts'> {
  /** What the sales are called where they come from. */
  readonly data: string;
  /** Fitted forecaster, what read the texts, and the comparison on the held-out periods. */
  readonly study: DemandStudy;
  /** Name of what read the texts, or null. */
  readonly embedder: string | null;
  /** Forecasts made before the cut: demand is drawn from them. */
  readonly simulatedForecasts: ForecastPaths;
  /** Forecasts made in the held-out periods, and their sales, [item][period]. */
  readonly heldOutForecasts: ForecastPaths;
  readonly heldOutSales: Float64Array;
}

/**
 * Reads a catalogue's items and sales, embeds the descriptions and fits the forecaster on what came before the held-out periods.
 * @throws UserError where the data cannot be read
 */
export async function loadCatalogue(
  { data, heldOut, horizon, from }: NonNullable<ScenarioDocument['catalogue']>,
  onMessage?: (message: string) => void,
): Promise<Catalogue> {
  const folder = dataFolder(data);
  const { history } = await importSales({ sales: join(folder, 'sales.csv'), items: join(folder, 'items.csv') });
  const study = await studyDemand({ history, heldOutWeeks: heldOut, horizon, simulateFrom: from, embedding: { report: onMessage } });
  const weeks = history.periods.length;
  const items: Item[] = history.items.map(({ id, description }) => ({ id, description }));
  return {
    data,
    items,
    prices: Float64Array.from(history.items, ({ price }) => price),
    meanDemand: Float64Array.from(history.items, (_, i) => meanOf(history.quantity.subarray(i * weeks + from, i * weeks + study.cut))),
    study,
    embedder: study.text?.embedder ?? null,
    simulatedForecasts: study.simulated,
    heldOutForecasts: study.heldOut.forecasts,
    heldOutSales: study.heldOut.quantities,
  };
}

/**
 * The folder of a data set: one that ships with the product, or a path.
 * @throws UserError where it holds no items.csv and sales.csv
 */
export function dataFolder(data: string): string {
  const shipped = fileURLToPath(new URL(`${data}/`, SHIPPED));
  if (/^[a-z0-9-]+$/.test(data) && existsSync(shipped)) return shipped;
  const own = resolve(data);
  if (existsSync(join(own, 'sales.csv')) && existsSync(join(own, 'items.csv'))) return own;
  throw new UserError(`catalogue.data: "${data}"; expected online-retail, or the path of a folder that holds items.csv and sales.csv`);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
