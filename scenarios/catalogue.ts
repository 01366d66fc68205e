import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AnnouncedNote, type DemandProcessSpec, type Item, UserError } from '../env/index.ts';
import { concerns, type DemandStudy, type EmbedderSearch, type History, importSales, studyDemand } from '../forecasting/index.ts';
import { METHOD_OF, type Reader } from './readers.ts';
import type { ScenarioDocument } from './schema.ts';
import type { LaneData } from './to-scenario.ts';
import { readTruth } from './truth.ts';

const SHIPPED = new URL('./data/', import.meta.url);

/** What was forecast with, for the record. */
export interface ForecastRecord {
  /** What was asked to read the texts. */
  readonly reader: Reader;
  readonly method: string;
  /** What read them: null where nothing did. */
  readonly embedder: string | null;
  /** Why it is not what was asked for; null where it is. */
  readonly fallback: string | null;
  /** What was looked for, in this order, and what came of it; empty where nothing reads. */
  readonly searched: readonly EmbedderSearch[];
}

/** A data set whose items are the lanes of a scenario, with its forecasts. */
export interface Catalogue extends Omit<LaneData, 'process'> {
  /** What the sales are called where they come from. */
  readonly data: string;
  /** Fitted forecaster, what read the texts, and the comparison on the held-out periods. */
  readonly study: DemandStudy;
  readonly forecasts: ForecastRecord;
  /** Name of what read the texts, or null. */
  readonly embedder: string | null;
  /** Demand that is simulated, and the held-out periods as they happened, each with the forecasts that planners have. */
  readonly simulated: DemandProcessSpec;
  readonly happened: DemandProcessSpec;
}

/**
 * Reads a catalogue's items, sales and notes, embeds their texts and fits the forecaster on what came before the held-out periods. Demand is drawn from
 * the forecasts made before those; where the truth about them is known, from that.
 * @throws UserError where the data cannot be read
 */
export async function loadCatalogue(
  { data, heldOut, horizon, from, forecast: reader, truth }: NonNullable<ScenarioDocument['catalogue']>,
  onMessage?: (message: string) => void,
): Promise<Catalogue> {
  if (reader === 'oracle' && truth === undefined) {
    throw new UserError('catalogue.forecast: "oracle"; expected none, hashing, static or text: nobody knows the truth about these sales');
  }
  const folder = dataFolder(data);
  const file = (name: string) => [name, `${name}.gz`].map((one) => join(folder, one)).find((path) => existsSync(path));
  const { history } = await importSales({ sales: file('sales.csv') ?? folder, items: file('items.csv'), notes: file('notes.csv') });
  const study = await studyDemand({
    history,
    heldOutWeeks: heldOut,
    horizon,
    simulateFrom: from,
    method: METHOD_OF[reader],
    embedding: { report: onMessage },
  });
  const weeks = history.periods.length;
  const { cut } = study;
  const items: Item[] = history.items.map(({ id, description }) => ({ id, description }));
  const known = truth === undefined ? null : readTruth(folder, history, { cut, horizon, ...truth });
  const heldOutForecasts = reader === 'oracle' && known !== null ? known.oracle : study.heldOut.forecasts;
  const embedder = study.text?.embedder ?? null;
  return {
    data,
    items,
    prices: Float64Array.from(history.items, ({ price }) => price),
    meanDemand: Float64Array.from(history.items, (_, i) => meanOf(history.quantity.subarray(i * weeks + from, i * weeks + cut))),
    study,
    forecasts: {
      reader,
      method: study.fitted.name,
      embedder,
      fallback: study.text?.fallback ?? null,
      searched: study.text?.searched ?? [],
    },
    embedder,
    simulated: known
      ? { kind: 'forecast', forecasts: heldOutForecasts, law: known.law, notes: notesBetween(history, cut, weeks) }
      : { kind: 'forecast', forecasts: study.simulated, notes: notesBetween(history, from, cut) },
    happened: {
      kind: 'replay',
      values: study.heldOut.quantities,
      forecasts: heldOutForecasts,
      before: study.simulated,
      notes: notesBetween(history, cut, weeks),
    },
  };
}

/** Notes about the periods [start, end), counted from their start. */
function notesBetween(history: History, start: number, end: number): AnnouncedNote[] {
  return history.notes
    .filter(({ period }) => period >= start && period < end)
    .map((note) => {
      const rows = [...history.items.keys()].filter((i) => concerns(note, history.items[i]));
      const one = { text: note.text, from: note.period - start, length: 1, known: note.knownAt - start };
      return rows.length === history.items.length ? one : { ...one, rows };
    });
}

/**
 * The folder of a data set: one that ships with the product, or a path.
 * @throws UserError where it holds no items.csv and sales.csv
 */
export function dataFolder(data: string): string {
  const shipped = fileURLToPath(new URL(`${data}/`, SHIPPED));
  if (/^[a-z0-9-]+$/.test(data) && existsSync(shipped)) return shipped;
  const own = resolve(data);
  const holds = (name: string) => [name, `${name}.gz`].some((one) => existsSync(join(own, one)));
  if (holds('sales.csv') && holds('items.csv')) return own;
  throw new UserError(
    `catalogue.data: "${data}"; expected online-retail, event-notes, or the path of a folder that holds items.csv and sales.csv`,
  );
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
