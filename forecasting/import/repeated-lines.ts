import type { Database } from './database.ts';
import type { CleaningOptions } from './options.ts';
import type { SalesTable } from './sales-table.ts';

/** [line] what is wrong with a line in the light of others. */
export interface LineMarks {
  readonly marks: Uint8Array;
  /** Lines that agree in every column with an earlier one, dropped or not. */
  readonly copies: number;
  readonly copiesDropped: boolean;
}

export const COPY = 1;
export const CANCELLED = 2;
/** Copies are looked for in so many parts: each must fit into memory. */
const PARTS = 8;
/** Lines per item and day from which a file is a log of single sales. */
const LOG = 1.5;

/** Finds lines that repeat earlier ones, and orders that were cancelled on the same day: same item, quantity and customer, the sign aside. */
export async function markLines(database: Database, sales: SalesTable, cleaning: CleaningOptions): Promise<LineMarks> {
  const marks = new Uint8Array(sales.lines);
  const copies = await findCopies(database);
  const copiesDropped = (cleaning.duplicates ?? (await defaultForCopies(database, sales))) === 'drop';
  if (copiesDropped) for (const row of copies) marks[row] = COPY;
  if (cleaning.cancellations !== 'keep') for (const row of await findCancelled(database, marks)) marks[row] = CANCELLED;
  return { marks, copies: copies.length, copiesDropped };
}

async function findCopies(database: Database): Promise<number[]> {
  const result: number[] = [];
  for (let part = 0; part < PARTS; part++) {
    const lines = `SELECT mark FROM sale WHERE mark % ${PARTS} = ${part} GROUP BY mark HAVING count(*) > 1`;
    const rows = await database.rows(`SELECT row FROM (SELECT rowid AS row, row_number() OVER (PARTITION BY mark ORDER BY rowid) AS nth
      FROM sale WHERE mark IN (${lines})) WHERE nth > 1 ORDER BY row`);
    for (const [row] of rows) result.push(Number(row));
  }
  return result;
}

/** Single sales without a number of their transaction may well agree in every column; totals, or numbered ones, may not. */
async function defaultForCopies(database: Database, { columns, lines }: SalesTable): Promise<'drop' | 'keep'> {
  if (columns.transaction !== undefined) return 'drop';
  const [[pairs]] = await database.rows('SELECT approx_count_distinct(hash(item, day)) FROM sale');
  return lines < LOG * Number(pairs) ? 'drop' : 'keep';
}

async function findCancelled(database: Database, marks: Uint8Array): Promise<number[]> {
  const nth = 'row_number() OVER (PARTITION BY item, day, size, customer ORDER BY row)';
  const side = (sign: string) => `SELECT rowid AS row, item, day, abs(quantity) AS size, customer FROM sale WHERE quantity ${sign} 0`;
  const back = `SELECT *, ${nth} AS nth FROM (${side('<')})`;
  const out = `SELECT *, ${nth} AS nth FROM (${side('>')} AND item IN (SELECT item FROM sale WHERE quantity < 0))`;
  const pairs = await database.rows(
    `SELECT a.row, b.row FROM (${back}) AS a JOIN (${out}) AS b USING (item, day, size, customer, nth) ORDER BY a.row`,
  );
  return pairs.filter(([a, b]) => marks[Number(a)] === 0 && marks[Number(b)] === 0).flatMap(([a, b]) => [Number(a), Number(b)]);
}
