import { UserError } from '../../env/index.ts';
import { dayCell, numberCell, readTable, type Table } from '../csv.ts';
import type { CatalogueItem, History } from '../history.ts';

/** Weeks by number from Monday 1970-01-05. */
function weekOfDay(day: number): number {
  return Math.floor((day - 4) / 7);
}

function mondayOfWeek(week: number): string {
  return new Date((week * 7 + 4) * 86_400_000).toISOString().slice(0, 10);
}

/** Reads `date,item,quantity[,price]` and `item,description[,price]`, daily or weekly, into weeks. Throws UserError with file, line and column. */
export function readHistory(options: { readonly sales: string; readonly items: string }): History {
  return historyFromTables(readTable(options.sales, ['date', 'item', 'quantity']), readTable(options.items, ['item', 'description']));
}

/** The same from tables already read. */
export function historyFromTables(sales: Table, catalogue: Table): History {
  const items = readItems(catalogue);
  const index = new Map(items.map((item, i) => [item.id, i]));
  const lines = readSales(sales, index, catalogue.file);
  const first = lines.reduce((least, line) => Math.min(least, line.week), Number.POSITIVE_INFINITY);
  const last = lines.reduce((most, line) => Math.max(most, line.week), Number.NEGATIVE_INFINITY);
  const span = last - first + 1;
  const quantity = new Float64Array(items.length * span);
  const revenue = new Float64Array(items.length * span);
  const open = new Uint8Array(span);
  for (const line of lines) {
    const at = line.item * span + line.week - first;
    quantity[at] += line.quantity;
    revenue[at] += line.quantity * line.price;
    if (line.quantity > 0) open[line.week - first] = 1;
  }
  const weeks = Array.from({ length: span }, (_, w) => mondayOfWeek(first + w));
  return {
    items,
    periodLength: 'week',
    periods: weeks,
    quantity,
    price: weeklyPrices(items, quantity, revenue, span),
    open,
    missing: new Int32Array(quantity.length),
    notes: [],
    promotions: [],
  };
}

function readItems(table: Table): CatalogueItem[] {
  const seen = new Map<string, number>();
  const priced = table.columns.includes('price');
  return table.rows.map((row) => {
    const id = row.cells.item;
    const before = seen.get(id);
    if (id === '' || before !== undefined) {
      const found = id === '' ? 'no item' : `item '${id}' again (first on line ${before})`;
      throw new UserError(`${table.file}, line ${row.line}, column item: ${found}; expected each item once; remove or rename it`);
    }
    seen.set(id, row.line);
    return {
      id,
      description: row.cells.description,
      category: row.cells.category ?? '',
      price: priced ? numberCell(table, row, 'price', 0) : 0,
    };
  });
}

interface SalesLine {
  readonly item: number;
  readonly week: number;
  readonly quantity: number;
  readonly price: number;
}

function readSales(table: Table, index: ReadonlyMap<string, number>, catalogueFile: string): SalesLine[] {
  const priced = table.columns.includes('price');
  if (table.rows.length === 0) throw new UserError(`${table.file}: no rows; expected sales as date,item,quantity; add some`);
  return table.rows.map((row) => {
    const item = index.get(row.cells.item);
    if (item === undefined) {
      throw new UserError(
        `${table.file}, line ${row.line}, column item: '${row.cells.item}' is not in ${catalogueFile}; expected an item listed there; add it`,
      );
    }
    const week = weekOfDay(dayCell(table, row, 'date'));
    return { item, week, quantity: numberCell(table, row, 'quantity', 0), price: priced ? numberCell(table, row, 'price', 0) : 0 };
  });
}

function weeklyPrices(items: readonly CatalogueItem[], quantity: Float64Array, revenue: Float64Array, span: number): Float64Array {
  const price = new Float64Array(quantity.length);
  for (let i = 0; i < items.length; i++) {
    let last = items[i].price;
    for (let at = i * span; at < (i + 1) * span; at++) {
      if (revenue[at] > 0) last = revenue[at] / quantity[at];
      price[at] = last;
    }
  }
  return price;
}
