import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../env/index.ts';
import { dayNumber, type ImportOptions, importSales, type MethodName, periodOfDay, periodStart } from '../../forecasting/index.ts';
import { promotionsAsNotes } from '../recommend/events.ts';
import { readStock, type StockPosition } from '../recommend/read-stock.ts';
import { formSaid, keptReading, type NewerReading } from '../store/kept-reading.ts';
import { type KeptRecommendation, openRecommendation } from '../store/recommendation.ts';
import { type CheckedLive, checkLive, type LiveCheck } from './check-live.ts';
import { type Lineage, openLineage, readLive, saveLineage, saveLive } from './lineage.ts';
import { joinLive, type LiveHistory } from './live-history.ts';
import { type UpdateResult, updateRun } from './update-run.ts';

export interface MonitorOptions extends Pick<ImportOptions, 'sales' | 'notes' | 'promotions'>, NewerReading {
  /** A run that recommend made, or one of the line that came from it: the one in place is monitored. */
  readonly run: string;
  /** item,onHand[,onOrder][,due]: tells items that sold nothing from items of which there was nothing. */
  readonly stock?: string;
  /** The most often that anything may be called drift while nothing drifts. Default: 0.05. */
  readonly rate?: number;
  /** Take sales that look like those of something else. Default: false. */
  readonly trust?: boolean;
  /** Fit anew, and promote what is better. Left out: only look. */
  readonly update?: { readonly challengers?: readonly MethodName[] };
  readonly seed?: number;
  /** What is stored as the time of events, ISO. */
  readonly now: string;
  readonly onMessage?: (line: string) => void;
}

export interface MonitorResult extends LiveCheck {
  /** The run in place, whose forecasts are judged. */
  readonly run: string;
  /** Items of the file that the run has no forecast for. */
  readonly unknownItems: readonly { readonly item: string; readonly units: number }[];
  /** Entries of periods that the run knew and that the file gives otherwise. */
  readonly revised: number;
  readonly update: UpdateResult | null;
}

/**
 * Holds newer sales against the forecasts of the run in place, keeps them, and where that is asked for fits anew and promotes what is better.
 * @throws UserError where the file is bad: then nothing is changed
 */
export async function monitor(options: MonitorOptions): Promise<MonitorResult> {
  const lineage = await openLineage(options.run);
  if (lineage.current !== options.run) options.onMessage?.(`Run ${options.run} was replaced by ${lineage.current}, which is monitored.`);
  const kept = await openRecommendation(lineage.current);
  const sha256 = await checksum(options.sales);
  const live = await readNewSales(kept, lineage, options);
  const stock = options.stock === undefined ? undefined : await stockNow(kept, live, { ...options, stock: options.stock });
  const { check, fitted } = await checkLive({
    kept,
    live,
    rate: options.rate,
    seed: options.seed,
    onHand: stock === undefined ? undefined : new Map(stock.map(({ onHand }, i) => [live.history.items[i].id, onHand])),
    report: options.onMessage,
  });
  const update = options.update === undefined ? null : await updateRun({ ...options, ...options.update, kept, live, fitted, check, stock });
  await saveLive(lineage.root, live.history);
  await saveLineage(recorded(lineage, { check, update, sha256, options }));
  return { run: kept.record.run, ...check, unknownItems: live.unknown, revised: live.revised, update };
}

/** What a review looks at: the live sales that were kept last, against the run in place. Null before any came in. */
export async function checkKeptSales(
  run: string,
  options: { readonly seed?: number } = {},
): Promise<(CheckedLive & { kept: KeptRecommendation; live: LiveHistory }) | null> {
  const lineage = await openLineage(run);
  const kept = await openRecommendation(run);
  const history = await readLive(lineage.root, kept.history.items);
  if (history === null || history.periods.length <= kept.record.origin) return null;
  const live = { history, from: kept.record.origin, unknown: [], revised: 0 };
  return { ...(await checkLive({ kept, live, ...options })), kept, live };
}

async function readNewSales(kept: KeptRecommendation, { root }: Lineage, options: MonitorOptions): Promise<LiveHistory> {
  const { record, history } = kept;
  const { sales, notes, promotions, stock } = options;
  const reading = keptReading(record, options);
  const beside = stock === undefined ? [] : [stock];
  const { history: fresh } = await importSales({ ...reading, sales, notes, promotions, beside, period: history.periodLength });
  const known = (await readLive(root, history.items)) ?? history;
  return joinLive(known, record.origin, promotionsAsNotes(fresh, record.method.name, 0), {
    file: options.sales,
    trust: options.trust,
    stockOuts: reading.cleaning?.stockOuts !== 'zero',
  });
}

async function stockNow(
  kept: KeptRecommendation,
  { history }: LiveHistory,
  options: MonitorOptions & { readonly stock: string },
): Promise<StockPosition[]> {
  const today = dayNumber(periodStart(history, history.periods.length));
  const { stock } = await readStock({
    ...formSaid(options),
    path: options.stock,
    items: kept.history.items,
    periodLength: history.periodLength,
    today,
    firstPeriod: periodOfDay(today, history.periodLength),
    unknownItems: 'drop',
  });
  return stock;
}

function recorded(
  lineage: Lineage,
  {
    check,
    update,
    sha256,
    options,
  }: { readonly check: LiveCheck; readonly update: UpdateResult | null; readonly sha256: string; readonly options: MonitorOptions },
): Lineage {
  const { current, events, handled } = lineage;
  const to = update?.promoted ?? current;
  const evidence = {
    file: basename(options.sales),
    sha256,
    action: check.action,
    reasons: check.reasons,
    challenge: update?.challenge ?? null,
  };
  const event = { kind: update?.promoted ? 'promotion' : 'kept', at: options.now, from: current, to, evidence } as const;
  const file = { file: basename(options.sales), sha256, at: options.now, outcome: check.action };
  return { ...lineage, current: to, events: update?.challenge ? [...events, event] : events, handled: [...handled, file] };
}

/** SHA-256 of a file, which is not held in memory. @throws UserError where it cannot be read */
export async function checksum(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  } catch {
    throw new UserError(`--sales ${file}: cannot be read; expected a CSV or Parquet file; check the path`);
  }
  return hash.digest('hex');
}
