import { UserError } from '../../env/index.ts';
import type { CatalogueItem } from '../history.ts';
import { matchColumns } from './columns.ts';
import { type Database, quoted } from './database.ts';
import { numberForm } from './number-form.ts';
import type { ImportOptions } from './options.ts';
import { cellOf, type Records, readRecords, refuseCell } from './records.ts';
import { refuseRow, type SalesTable } from './sales-table.ts';
import { openTableFile, type TableFile } from './table-file.ts';

export interface Catalogue {
  readonly items: readonly CatalogueItem[];
  /** From a table of items: then those that never sold stay. */
  readonly listed: boolean;
  /** Items of the sales that the table lacks, and were added. */
  readonly added: number;
}

/** The items of a table, or of the sales where there is none; also as the table `catalogue` (id, item) of the database. */
export async function loadItems(
  database: Database,
  file: TableFile | undefined,
  sales: SalesTable,
  options: ImportOptions,
): Promise<Catalogue> {
  const listed = file === undefined ? [] : await readItems(database, file, options);
  await writeCatalogue(database, listed, 0);
  const unknown = file === undefined ? 'add' : (options.cleaning?.unknownItems ?? 'refuse');
  const missing = 'item NOT IN (SELECT item FROM catalogue)';
  if (unknown === 'refuse' && file !== undefined) {
    await refuseRow(database, sales, 'item', missing, `an item of ${file.path}`, 'add it there, or add --unknown-items add (or drop)');
  }
  const added = unknown === 'add' ? await itemsOfSales(database, missing) : [];
  await writeCatalogue(database, added, listed.length);
  return { items: [...listed, ...added], listed: file !== undefined, added: file === undefined ? 0 : added.length };
}

async function readItems(database: Database, file: TableFile, options: ImportOptions): Promise<CatalogueItem[]> {
  const records = await readRecords(database, file, matchColumns(file, ['item', 'description'], ['category', 'price'], options.map ?? {}));
  const prices = await readPrices(database, records, options);
  const seen = new Map<string, number>();
  for (let row = 0; row < records.rows.length; row++) {
    const id = cellOf(records, row, 'item');
    if (id === '') await refuseCell(records, row, 'item', 'the id of an item');
    const before = seen.get(id);
    if (before !== undefined) {
      const fix = `remove one of them or rename it (it is row ${before + 1} below the header too)`;
      await refuseCell(records, row, 'item', 'each item once', fix);
    }
    seen.set(id, row);
  }
  return records.rows.map((_, row) => ({
    id: cellOf(records, row, 'item'),
    description: cellOf(records, row, 'description'),
    category: cellOf(records, row, 'category'),
    price: prices[row],
  }));
}

/** List prices, 0 or more; an empty cell is no price. */
async function readPrices(database: Database, records: Records, options: ImportOptions): Promise<number[]> {
  const column = records.columns.price;
  if (column === undefined) return records.rows.map(() => 0);
  const texts = records.rows.map((row) => row[column]);
  const form = numberForm(texts, records.file.separator, options.decimal);
  const numbers = await database.rows(`SELECT ${form.sql(`trim(c${column})`)} FROM ${records.file.sql}`);
  for (let row = 0; row < texts.length; row++) {
    const price = numbers[row][0];
    if (texts[row] !== '' && !(typeof price === 'number' && price >= 0)) {
      await refuseCell(records, row, 'price', `${form.expected}, 0 or more; or nothing`, form.fix(texts[row]));
    }
  }
  return numbers.map(([price]) => (typeof price === 'number' ? price : 0));
}

/** Items by id, each with the description and category that most of its sales have. */
async function itemsOfSales(database: Database, condition: string): Promise<CatalogueItem[]> {
  const rows = await database.rows(`SELECT item, coalesce(said.description, ''), coalesce(said.category, '')
    FROM (SELECT DISTINCT item FROM sale WHERE ${condition}) LEFT JOIN (
      SELECT DISTINCT ON (item) item, description, category
      FROM (SELECT item, description, category, count(*) AS lines FROM sale
        WHERE quantity > 0 AND coalesce(price, 1) > 0 AND ${condition} GROUP BY item, description, category)
      ORDER BY item, description = '', lines DESC, description, category) AS said USING (item)
    ORDER BY item`);
  return rows.map(([id, description, category]) => ({
    id: String(id),
    description: String(description),
    category: String(category),
    price: 0,
  }));
}

const ROWS_PER_INSERT = 1000;

async function writeCatalogue(database: Database, items: readonly CatalogueItem[], from: number): Promise<void> {
  await database.run('CREATE TABLE IF NOT EXISTS catalogue (id INTEGER, item VARCHAR)');
  for (let k = 0; k < items.length; k += ROWS_PER_INSERT) {
    const values = items.slice(k, k + ROWS_PER_INSERT).map(({ id }, n) => `(${from + k + n}, ${quoted(id)})`);
    await database.run(`INSERT INTO catalogue VALUES ${values.join(', ')}`);
  }
}

/** Opens a table that may be left out. */
export async function openOptional(database: Database, path: string | undefined, options: ImportOptions): Promise<TableFile | undefined> {
  if (path === '') throw new UserError("'': no path; expected that of a CSV or Parquet file; leave the option out or complete it");
  return path === undefined ? undefined : openTableFile(database, path, options.encoding);
}
