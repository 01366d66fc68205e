import { cellError, cellName, cellText } from './bad-cell.ts';
import { type ColumnNumbers, matchColumns } from './columns.ts';
import type { Database } from './database.ts';
import { type DateReading, dateReading } from './date-form.ts';
import { type NumberForm, numberForm } from './number-form.ts';
import type { ImportOptions } from './options.ts';
import { guarded, headerAlone, trimmed } from './records.ts';
import type { TableFile } from './table-file.ts';

/** Rows from whose cells the forms of dates and numbers are told. */
const SAMPLE = 10_000;

/** The sales file as a table `sale` of the database: rowid, item, day, quantity, price, cancelled, customer, description, category, mark. */
export interface SalesTable {
  readonly file: TableFile;
  readonly columns: ColumnNumbers;
  readonly dates: DateReading;
  readonly numbers: NumberForm;
  readonly lines: number;
}

/** Reads the sales file into the database. Throws UserError, naming the first bad cell, where it has one. */
export async function loadSales(database: Database, file: TableFile, options: ImportOptions): Promise<SalesTable> {
  const optional = ['price', 'description', 'category', 'transaction', 'customer'] as const;
  const columns = matchColumns(file, ['date', 'item', 'quantity'], optional, options.map ?? {});
  const { dates, numbers } = await readForms(database, file, columns, options);
  await guarded(file, () => database.run(createTable(file, columns, dates, numbers, options)));
  await refuseBadCells(database, { file, columns, dates, numbers });
  const [[lines]] = await database.rows('SELECT count(*) FROM sale');
  if (Number(lines) === 0) throw headerAlone(file, ['date', 'item', 'quantity']);
  return { file, columns, dates, numbers, lines: Number(lines) };
}

async function readForms(database: Database, file: TableFile, columns: ColumnNumbers, options: ImportOptions) {
  const texts = [columns.date, columns.quantity, columns.price].map((column) => (column === undefined ? "''" : trimmed(column)));
  const sample = await guarded(file, () => database.rows(`SELECT ${texts.join(', ')} FROM ${file.sql} LIMIT ${SAMPLE}`));
  const cells = (k: number) => sample.map((row) => String(row[k]));
  const date = columns.date ?? 0;
  const numbers = numberForm([...cells(1), ...cells(2)], file.separator, options.decimal);
  const dates = await guarded(file, () =>
    dateReading(database, {
      source: file.sql,
      text: texts[0],
      sample: cells(0),
      stated: options.dates,
      locate: (text) => cellName(file, { row: cells(0).indexOf(text), column: date, text }),
    }),
  );
  return { dates, numbers };
}

/** Columns whose cells are checked; `bad` is 1 for the first. */
const CHECKED = ['date', 'item', 'quantity', 'price'] as const;

function createTable(file: TableFile, columns: ColumnNumbers, dates: DateReading, numbers: NumberForm, options: ImportOptions): string {
  const text = (column: number | undefined) => (column === undefined ? "''" : trimmed(column));
  const all = file.columns.map((_, k) => `c${k}`).join(', ');
  const cells = [
    `${text(columns.date)} AS date_text`,
    `${text(columns.item)} AS item`,
    `${text(columns.quantity)} AS quantity_text`,
    `${text(columns.price)} AS price_text`,
    `starts_with(upper(${text(columns.transaction)}), 'C') AS cancelled`,
    `hash(${text(columns.customer)}) AS customer`,
    `${options.items === undefined ? text(columns.description) : "''"} AS description`,
    `${options.items === undefined ? text(columns.category) : "''"} AS category`,
    `hash(${all}) AS mark`,
  ];
  return `CREATE TABLE sale AS SELECT item, day, quantity, price, cancelled, customer, description, category, mark,
      CAST(CASE WHEN day IS NULL THEN 1 WHEN item = '' OR contains(item, chr(0)) THEN 2 WHEN quantity IS NULL THEN 3
        WHEN price IS NULL AND price_text <> '' THEN 4 ELSE 0 END AS UTINYINT) AS bad
    FROM (SELECT *, CAST(${dates.sql('date_text')} - DATE '1970-01-01' AS INTEGER) AS day,
      ${numbers.sql('quantity_text')} AS quantity, ${numbers.sql('price_text')} AS price
      FROM (SELECT ${cells.join(', ')} FROM ${file.sql}))`;
}

async function refuseBadCells(database: Database, { file, columns, dates, numbers }: Omit<SalesTable, 'lines'>): Promise<void> {
  const [bad] = await database.rows('SELECT rowid, bad FROM sale WHERE bad > 0 ORDER BY rowid LIMIT 1');
  if (bad === undefined) return;
  const row = Number(bad[0]);
  const name = CHECKED[Number(bad[1]) - 1];
  const column = columns[name] ?? 0;
  const text = await cellText(database, file, row, column);
  const expected = {
    date: dates.expected,
    item: 'the id of an item',
    quantity: numbers.expected,
    price: `${numbers.expected}, or nothing`,
  };
  throw await cellError(
    file,
    { row, column, text },
    expected[name],
    name === 'quantity' || name === 'price' ? numbers.fix(text) : undefined,
  );
}

/** Throws a UserError about the first row of `sale` for which the condition holds. */
export async function refuseRow(
  database: Database,
  table: SalesTable,
  column: 'date' | 'item' | 'price',
  condition: string,
  expected: string,
  fix: string,
): Promise<void> {
  const [found] = await database.rows(`SELECT rowid FROM sale WHERE ${condition} ORDER BY rowid LIMIT 1`);
  if (found === undefined) return;
  const row = Number(found[0]);
  const at = table.columns[column] ?? 0;
  throw await cellError(table.file, { row, column: at, text: await cellText(database, table.file, row, at) }, expected, fix);
}
