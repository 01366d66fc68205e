import { UserError } from '../../env/index.ts';
import type { CatalogueItem, History, PeriodLength } from '../history.ts';
import { type Coverage, coverageOf, dayName, dayNumber, spacingOf, startOfPeriod } from './calendar.ts';
import { checkMap } from './columns.ts';
import { type Database, openDatabase } from './database.ts';
import { readNotes, readPromotions } from './events.ts';
import { type Catalogue, loadItems, openOptional } from './items.ts';
import { isNonProduct } from './non-products.ts';
import type { ImportedSales, ImportOptions } from './options.ts';
import { markLines } from './repeated-lines.ts';
import { createReport } from './report.ts';
import { loadSales, refuseRow, type SalesTable } from './sales-table.ts';
import { markStockOuts } from './stock-outs.ts';
import { openTableFile, type TableFile } from './table-file.ts';
import { addUp, periodPrices, type Totals } from './totals.ts';

/** [days] without any sale after which what follows, if it is little, is taken for a mistyped date. */
const FAR = 730;
/** Items times periods. */
const MOST_ENTRIES = 60_000_000;

/**
 * Reads sales, items, notes and promotions, cleans them, and adds them up by period. What was found is counted and reported; where there are doubts,
 * `cleaning` says what happens. @throws UserError with file, line and column
 */
export async function importSales(options: ImportOptions): Promise<ImportedSales> {
  if (options.until !== undefined && Number.isNaN(dayNumber(options.until))) {
    throw new UserError(`--until ${options.until}: expected a day written YYYY-MM-DD; correct it`);
  }
  const database = await openDatabase();
  try {
    return await importInto(database, options);
  } finally {
    await database.close();
  }
}

async function importInto(database: Database, options: ImportOptions): Promise<ImportedSales> {
  const files = await openFiles(database, options);
  checkMap(options.map ?? {}, [
    files.sales,
    ...[files.items, files.notes, files.promotions].filter((file) => file !== undefined),
    ...files.beside,
  ]);
  const length = options.period ?? 'week';
  const cleaning = options.cleaning ?? {};
  const sales = await loadSales(database, files.sales, options);
  await refuseFutureDays(database, sales, options);
  if (cleaning.twoPrices === 'refuse' && sales.columns.transaction === undefined) await refuseTwoPrices(database, sales);
  const days = await readDays(database, sales, options, length);
  const span = keptPeriods(coverageOf(days, length), cleaning.partialPeriods !== 'keep');
  const catalogue = await loadItems(database, files.items, sales, options);
  refuseHuge(files.sales, catalogue, span, length);
  const excluded = Uint8Array.from(catalogue.items, (item) => (cleaning.nonProducts !== 'keep' && isNonProduct(item) ? 1 : 0));
  const lineMarks = await markLines(database, sales, cleaning);
  const dropUnpriced = (cleaning.unpriced ?? (sales.columns.transaction === undefined ? 'keep' : 'drop')) === 'drop';
  const until = options.until;
  const all = await addUp(database, { catalogue, length, ...span, excluded, lineMarks, cleaning, dropUnpriced, until });
  const periods = span.last - span.first + 1;
  const { items, totals } = keepItems(all, catalogue, excluded, periods);
  const event = { items, length, first: span.first, options };
  const sold = createHistory(items, totals, length, span);
  const history: History = {
    ...sold.history,
    notes: files.notes === undefined ? [] : await readNotes(database, files.notes, event),
    promotions: files.promotions === undefined ? [] : await readPromotions(database, files.promotions, event),
  };
  const stockOuts = cleaning.stockOuts === 'zero' ? 0 : markStockOuts(history);
  return {
    history,
    report: createReport({ history, sales, totals, catalogue, lineMarks, span, stockOuts, netted: sold.netted, cleaning, days }),
  };
}

async function openFiles(database: Database, options: ImportOptions) {
  return {
    sales: await openTableFile(database, options.sales, options.encoding),
    items: await openOptional(database, options.items, options),
    notes: await openOptional(database, options.notes, options),
    promotions: await openOptional(database, options.promotions, options),
    beside: await Promise.all((options.beside ?? []).map((path) => openTableFile(database, path, options.encoding))),
  };
}

/** A sale that has not happened yet is a slip of the pen, or the file is of another day than was said. */
async function refuseFutureDays(database: Database, sales: SalesTable, { today, until }: ImportOptions): Promise<void> {
  if (today === undefined || (until !== undefined && until <= today)) return;
  const fix = `correct it, leave the row out, or add --until ${today}`;
  await refuseRow(database, sales, 'date', `day > ${dayNumber(today)}`, `a day up to ${today}`, fix);
}

async function refuseTwoPrices(database: Database, sales: SalesTable): Promise<void> {
  const fix = 'correct it, or add --two-prices mean to take their mean';
  const later = `rowid IN (SELECT rowid FROM (SELECT rowid, price, first_value(price) OVER (PARTITION BY item, day ORDER BY rowid) AS first
    FROM sale WHERE quantity > 0 AND price > 0 AND (item, day) IN
      (SELECT (item, day) FROM sale WHERE quantity > 0 AND price > 0 GROUP BY item, day HAVING min(price) < max(price))) WHERE price <> first)`;
  await refuseRow(database, sales, 'price', later, 'one price of an item for a day', fix);
}

/** Days that have sales, ascending. */
async function readDays(database: Database, sales: SalesTable, { until }: ImportOptions, length: PeriodLength): Promise<number[]> {
  const rows = await database.rows('SELECT day, count(*) FROM sale WHERE quantity >= 0 GROUP BY day ORDER BY day');
  const { path } = sales.file;
  if (rows.length === 0) throw new UserError(`${path}: no sales; expected rows of date,item,quantity below the header; add some`);
  const last = until === undefined ? Number.POSITIVE_INFINITY : dayNumber(until);
  const counts = rows.map(([day, lines]) => [Number(day), Number(lines)] as const).filter(([day]) => day <= last);
  if (counts.length === 0) throw new UserError(`--until ${until}: ${path} begins on ${dayName(Number(rows[0][0]))}; expected a later day`);
  const days = counts.map(([day]) => day);
  await refuseFarDays(database, sales, counts);
  const spacing = spacingOf(days);
  const coarser = (spacing === 'month' && length !== 'month') || (spacing === 'week' && length === 'day');
  if (coarser && days.length > 2) {
    throw new UserError(
      `--period ${length}: ${path} has one date a ${spacing}; expected a period of a ${spacing} or longer; add --period ${spacing}`,
    );
  }
  return days;
}

/** A handful of lines years away from all others would make a history of years without sales. */
async function refuseFarDays(database: Database, sales: SalesTable, counts: readonly (readonly [number, number])[]): Promise<void> {
  const total = counts.reduce((sum, [, lines]) => sum + lines, 0);
  let before = 0;
  for (let k = 1; k < counts.length; k++) {
    before += counts[k - 1][1];
    const [from, to] = [counts[k - 1][0], counts[k][0]];
    if (to - from <= FAR || Math.min(before, total - before) > 0.01 * total + 1) continue;
    const late = total - before <= before;
    const expected = late
      ? `a day near the others, the last of which is ${dayName(from)}`
      : `a day near the others, which begin on ${dayName(to)}`;
    const condition = late ? `day >= ${to}` : `day <= ${from}`;
    await refuseRow(database, sales, 'date', condition, expected, `correct it, leave the row out${late ? ', or add --until' : ''}`);
  }
}

interface Span {
  readonly first: number;
  readonly last: number;
  /** Periods left out because the data cover them in part only. */
  readonly partial: number;
}

/** Nothing is left out where nothing else would be left. */
function keptPeriods({ first, last, firstPartial, lastPartial }: Coverage, drop: boolean): Span {
  const from = first + (firstPartial ? 1 : 0);
  const to = last - (lastPartial ? 1 : 0);
  return drop && from <= to ? { first: from, last: to, partial: from - first + last - to } : { first, last, partial: 0 };
}

function refuseHuge({ path }: TableFile, { items }: Catalogue, { first, last }: Span, length: PeriodLength): void {
  const periods = last - first + 1;
  if (items.length * periods <= MOST_ENTRIES) return;
  throw new UserError(
    `${path}: ${items.length} items x ${periods} ${length}s; expected at most ${MOST_ENTRIES} sales in all; choose a longer --period or fewer items`,
  );
}

/** Without non-products and, where no table lists the items, those of which no line was used. */
function keepItems(
  all: Totals,
  { items, listed }: Catalogue,
  excluded: Uint8Array,
  periods: number,
): { items: CatalogueItem[]; totals: Totals } {
  const kept: CatalogueItem[] = [];
  const arrays = [all.quantity, all.revenue, all.priced, all.seen, all.mixed];
  for (const [i, item] of items.entries()) {
    if (excluded[i] || (!listed && all.lines[i] === 0)) continue;
    if (kept.length < i) for (const array of arrays) array.copyWithin(kept.length * periods, i * periods, (i + 1) * periods);
    kept.push(item);
  }
  const size = kept.length * periods;
  const cut = (array: Float64Array) => (size < array.length ? array.slice(0, size) : array);
  const totals = {
    ...all,
    quantity: cut(all.quantity),
    revenue: cut(all.revenue),
    priced: cut(all.priced),
    seen: cut(all.seen),
    mixed: all.mixed.subarray(0, size),
  };
  return { items: kept, totals };
}

/** The history without its events, and how many entries had more returns than sales. */
function createHistory(
  items: readonly CatalogueItem[],
  totals: Totals,
  length: PeriodLength,
  span: Span,
): { history: History; netted: number } {
  const count = span.last - span.first + 1;
  const { quantity } = totals;
  const open = new Uint8Array(count);
  let netted = 0;
  for (let at = 0; at < quantity.length; at++) {
    if (quantity[at] > 0) open[at % count] = 1;
    else if (quantity[at] < 0) {
      quantity[at] = 0;
      netted++;
    }
  }
  const periods = Array.from({ length: count }, (_, t) => dayName(startOfPeriod(span.first + t, length)));
  const price = periodPrices(totals, items, count);
  const missing = new Int32Array(quantity.length);
  return { history: { items, periodLength: length, periods, quantity, price, open, missing, notes: [], promotions: [] }, netted };
}
