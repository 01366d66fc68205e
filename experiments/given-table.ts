import { UserError } from '../env/index.ts';
import { cellError, numberCell, type Row, readTable, type Table } from '../forecasting/index.ts';

/** Quantities by what they are for and by period, from a CSV file. */
export interface GivenQuantities {
  /** [key][period] flat, [units]; 0 where the file has no row. */
  readonly quantities: Float64Array;
  /** Rows of periods after the last one, which are left out. */
  readonly unused: number;
}

export interface GivenTableOptions {
  readonly file: string;
  /** Column that names a place or a link. */
  readonly column: 'location' | 'link';
  /** What may stand in that column, and, where there are several, in the column item: [key] is what a row is for. */
  readonly keys: readonly { readonly name: string; readonly item: string }[];
  readonly items: readonly string[];
  readonly periods: number;
}

/**
 * Reads a CSV file of quantities by period: columns period (from 0), the named column, quantity, and item, which may be left out where there is one item.
 * Rows for the same are added up.
 * @throws UserError with file, line and column
 */
export function readGivenQuantities({ file, column, keys, items, periods }: GivenTableOptions): GivenQuantities {
  const table = readTable(file, ['period', column, 'quantity']);
  const needsItem = items.length > 1;
  if (needsItem && !table.columns.includes('item')) {
    throw new UserError(`${file}, line 1: no column 'item'; expected one, because there are ${items.length} items; add it to the header`);
  }
  const quantities = new Float64Array(keys.length * periods);
  let unused = 0;
  for (const row of table.rows) {
    const period = periodCell(table, row);
    const quantity = numberCell(table, row, 'quantity', 0);
    const key = keyOf(table, row, { column, keys, items, needsItem });
    if (period < periods) quantities[key * periods + period] += quantity;
    else unused++;
  }
  return { quantities, unused };
}

function periodCell(table: Table, row: Row): number {
  const period = numberCell(table, row, 'period', 0);
  if (!Number.isInteger(period)) throw cellError(table, row, 'period', 'a whole number, counted from 0');
  return period;
}

type KeyRules = Pick<GivenTableOptions, 'column' | 'keys' | 'items'> & { readonly needsItem: boolean };

function keyOf(table: Table, row: Row, { column, keys, items, needsItem }: KeyRules): number {
  const name = row.cells[column];
  const item = table.columns.includes('item') && row.cells.item !== '' ? row.cells.item : undefined;
  if (item === undefined ? needsItem : !items.includes(item)) throw cellError(table, row, 'item', `one of ${items.join(', ')}`);
  const key = keys.findIndex((candidate) => candidate.name === name && (item === undefined || candidate.item === item));
  if (key >= 0) return key;
  throw cellError(table, row, column, `one of ${[...new Set(keys.map((candidate) => candidate.name))].join(', ')}`);
}
