import type { CatalogueItem, PeriodLength, Promotion, SalesNote, Scope } from '../history.ts';
import { dayName, periodOfDay, startOfPeriod } from './calendar.ts';
import { matchColumns } from './columns.ts';
import type { Database } from './database.ts';
import type { ImportOptions } from './options.ts';
import { cellOf, type Records, readDays, readRecords, refuseCell } from './records.ts';
import type { TableFile } from './table-file.ts';

/** Without a word on it, what is to come is known a week before. */
const NOTICE = 7;

export interface EventsOptions {
  readonly items: readonly CatalogueItem[];
  readonly length: PeriodLength;
  /** Number of the history's first period. */
  readonly first: number;
  readonly options: ImportOptions;
}

/** Notes by date. Throws UserError with file, line and column. */
export async function readNotes(
  database: Database,
  file: TableFile,
  { items, length, first, options }: EventsOptions,
): Promise<SalesNote[]> {
  const columns = matchColumns(file, ['date', 'text'], ['item', 'category', 'known'], options.map ?? {});
  const records = await readRecords(database, file, columns);
  const days = await readDays(database, records, 'date', options.dates);
  const known = await readDays(database, records, 'known', options.dates);
  const scopes = await readScopes(records, items);
  const notes: SalesNote[] = [];
  for (let row = 0; row < records.rows.length; row++) {
    const day = days[row];
    if (day === undefined) return refuseCell(records, row, 'date', 'the day that the note is about');
    const text = cellOf(records, row, 'text');
    if (text === '') return refuseCell(records, row, 'text', 'what the note says');
    const knownDay = known[row] ?? day - NOTICE;
    notes.push({
      ...scopes[row],
      text,
      date: dayName(day),
      known: dayName(knownDay),
      period: periodOfDay(day, length) - first,
      knownAt: firstOrigin(knownDay, length) - first,
    });
  }
  return notes.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** Promotions by first day. Throws UserError with file, line and column. */
export async function readPromotions(
  database: Database,
  file: TableFile,
  { items, length, first, options }: EventsOptions,
): Promise<Promotion[]> {
  const columns = matchColumns(file, ['from'], ['to', 'item', 'category', 'text', 'depth', 'known'], options.map ?? {});
  const records = await readRecords(database, file, columns);
  const starts = await readDays(database, records, 'from', options.dates);
  const ends = await readDays(database, records, 'to', options.dates);
  const known = await readDays(database, records, 'known', options.dates);
  const scopes = await readScopes(records, items);
  const promotions: Promotion[] = [];
  for (let row = 0; row < records.rows.length; row++) {
    const start = starts[row];
    if (start === undefined) return refuseCell(records, row, 'from', 'the first day of the promotion');
    const end = ends[row] ?? start;
    if (end < start) return refuseCell(records, row, 'to', `a day from ${dayName(start)} on`);
    promotions.push({
      ...scopes[row],
      text: cellOf(records, row, 'text'),
      from: dayName(start),
      to: dayName(end),
      depth: await readDepth(records, row),
      firstPeriod: periodOfDay(start, length) - first,
      lastPeriod: periodOfDay(end, length) - first,
      knownAt: firstOrigin(known[row] ?? start - NOTICE, length) - first,
    });
  }
  return promotions.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** First period that begins on a day or after it: what is known in the middle of a period is of use from the next one on. */
function firstOrigin(day: number, length: PeriodLength): number {
  const period = periodOfDay(day, length);
  return startOfPeriod(period, length) === day ? period : period + 1;
}

async function readScopes(records: Records, items: readonly CatalogueItem[]): Promise<Scope[]> {
  const ids = new Set(items.map(({ id }) => id));
  const categories = new Set(items.map(({ category }) => category).filter((category) => category !== ''));
  const scopes: Scope[] = [];
  for (let row = 0; row < records.rows.length; row++) {
    const item = cellOf(records, row, 'item');
    const category = cellOf(records, row, 'category');
    if (item !== '' && !ids.has(item)) await refuseCell(records, row, 'item', 'an item of the sales, or nothing for all items');
    if (category !== '' && !categories.has(category)) {
      await refuseCell(records, row, 'category', 'a category of the items, or nothing for all of them');
    }
    scopes.push({ ...(item === '' ? {} : { item }), ...(category === '' ? {} : { category }) });
  }
  return scopes;
}

/** 0.2, 20% and 20 % are one depth. */
async function readDepth(records: Records, row: number): Promise<number> {
  const text = cellOf(records, row, 'depth');
  if (text === '') return 0;
  const percent = /^(\d+(?:[.,]\d+)?)\s*%$/.exec(text);
  const depth = percent === null ? Number(text) : Number(percent[1].replace(',', '.')) / 100;
  if (depth >= 0 && depth <= 1) return depth;
  return refuseCell(records, row, 'depth', 'a part of the price from 0 to 1, or a percentage such as 20%');
}
