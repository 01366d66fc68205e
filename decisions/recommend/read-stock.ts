import {
  type CatalogueItem,
  type ItemTable,
  type ItemTableOptions,
  type PeriodLength,
  periodOfDay,
  readItemTable,
} from '../../forecasting/index.ts';

/** What there is of an item, and what is on its way. */
export interface StockPosition {
  /** [units] below 0 only where that is owed to customers. */
  readonly onHand: number;
  /** [units] on the way by the period of their arrival, 0 being the one in which orders are placed; undefined: nobody said when. */
  readonly open: readonly { readonly ahead: number | undefined; readonly units: number; readonly overdue: boolean }[];
  /** Did the file have the item? */
  readonly known: boolean;
  /** Was its stock below 0? */
  readonly negative: boolean;
}

export interface StockFindings {
  readonly duplicates: number;
  readonly negative: number;
  readonly missing: number;
  readonly overdue: number;
}

export interface StockOptions extends Pick<ItemTableOptions, 'path' | 'map' | 'dates' | 'decimal' | 'encoding'> {
  readonly items: readonly CatalogueItem[];
  readonly periodLength: PeriodLength;
  /** Day on which orders are placed, in days since 1970-01-01, and the number of the period that is forecast first. */
  readonly today: number;
  readonly firstPeriod: number;
  /** Stock below 0: a slip of the books and so nothing, or units owed to customers. Default: `nothing`. */
  readonly negativeStock?: 'nothing' | 'owed';
  /** Items that neither the items file nor the sales know: refused, or left out. Default: `refuse`. */
  readonly unknownItems?: 'refuse' | 'drop';
}

/** Reads item,onHand[,onOrder][,due]; an item may have further lines for further orders. @throws UserError with file, line and column */
export async function readStock(options: StockOptions): Promise<{ readonly stock: StockPosition[]; readonly findings: StockFindings }> {
  const { items } = options;
  const table = await readItemTable({
    ...options,
    needed: ['item', 'onHand'],
    optional: ['onOrder', 'due'],
    numbers: ['onHand', 'onOrder'],
    days: ['due'],
  });
  const found = new Map(items.map(({ id }) => [id, newEntry()]));
  const lines = new Set<string>();
  let duplicates = 0;
  for (let row = 0; row < table.rows; row++) {
    const line = JSON.stringify(COLUMNS.map((name) => table.text(row, name)));
    const entry = found.get(table.text(row, 'item'));
    if (lines.has(line)) duplicates++;
    else if (entry !== undefined) await addLine(table, row, entry, options);
    else if (options.unknownItems !== 'drop') {
      await table.refuse(row, 'item', 'an item of the sales or of the items file', 'correct it, add it there, or leave the row out');
    }
    lines.add(line);
  }
  const stock = items.map(({ id }) => toPosition(found.get(id) ?? newEntry(), options.negativeStock ?? 'nothing'));
  return {
    stock,
    findings: {
      duplicates,
      negative: stock.filter(({ negative }) => negative).length,
      missing: stock.filter(({ known }) => !known).length,
      overdue: stock.filter(({ open }) => open.some(({ overdue }) => overdue)).length,
    },
  };
}

const COLUMNS = ['item', 'onHand', 'onOrder', 'due'] as const;

interface Entry {
  known: boolean;
  onHand: number | undefined;
  readonly open: { readonly ahead: number | undefined; readonly units: number; readonly overdue: boolean }[];
}

function newEntry(): Entry {
  return { known: false, onHand: undefined, open: [] };
}

async function addLine(table: ItemTable, row: number, entry: Entry, { today, firstPeriod, periodLength }: StockOptions): Promise<void> {
  const onHand = table.number(row, 'onHand');
  const onOrder = table.number(row, 'onOrder') ?? 0;
  if (onHand !== undefined && entry.onHand !== undefined) {
    const fix = 'leave this cell empty in lines that add an order, or add up the stocks of several places';
    await table.refuse(row, 'onHand', 'the stock of an item once', fix);
  }
  if (onHand === undefined && onOrder === 0 && entry.onHand === undefined)
    await table.refuse(row, 'onHand', 'a number of units, 0 where there are none');
  if (onOrder < 0) await table.refuse(row, 'onOrder', 'a number of units, 0 or more, or nothing');
  entry.known = true;
  entry.onHand ??= onHand;
  if (onOrder === 0) return;
  const due = table.day(row, 'due');
  const ahead = due === undefined ? undefined : Math.max(0, periodOfDay(due, periodLength) - firstPeriod);
  entry.open.push({ ahead, units: onOrder, overdue: due !== undefined && due < today });
}

function toPosition({ known, onHand = 0, open }: Entry, below: 'nothing' | 'owed'): StockPosition {
  return { onHand: below === 'owed' ? onHand : Math.max(0, onHand), open, known, negative: onHand < 0 };
}
