import type { History, PeriodLength } from '../history.ts';
import { dayNumber, periodOfDay } from './calendar.ts';
import type { Database } from './database.ts';
import type { Catalogue } from './items.ts';
import type { CleaningOptions } from './options.ts';
import { CANCELLED, COPY, type LineMarks } from './repeated-lines.ts';

/** Sales by item and period, [item][period] flat, and how many lines went where. */
export interface Totals {
  readonly quantity: Float64Array;
  /** [money] and [units] of the lines that have a price. */
  readonly revenue: Float64Array;
  readonly priced: Float64Array;
  /** [money/unit] first price of the period; 0 where there is none. */
  readonly seen: Float64Array;
  /** 1 where lines of the period differ in price. */
  readonly mixed: Uint8Array;
  /** [item] lines used. */
  readonly lines: Int32Array;
  readonly counts: LineCounts;
}

export interface LineCounts {
  used: number;
  unknown: number;
  late: number;
  nonProducts: number;
  copies: number;
  cancelled: number;
  cancellationLines: number;
  returns: number;
  negativePrices: number;
  unpriced: number;
  partial: number;
  fractional: number;
}

export interface TotalsOptions {
  readonly catalogue: Catalogue;
  readonly length: PeriodLength;
  /** Numbers of the first and last period that are kept. */
  readonly first: number;
  readonly last: number;
  /** [item] 1 where it is no product. */
  readonly excluded: Uint8Array;
  readonly lineMarks: LineMarks;
  readonly cleaning: CleaningOptions;
  readonly dropUnpriced: boolean;
  readonly until?: string;
}

/** Adds the lines up, in the order of the file, so that sums of fractions come out the same every time. */
export async function addUp(database: Database, options: TotalsOptions): Promise<Totals> {
  const { items } = options.catalogue;
  const periods = options.last - options.first + 1;
  const size = items.length * periods;
  const totals: Totals = {
    quantity: new Float64Array(size),
    revenue: new Float64Array(size),
    priced: new Float64Array(size),
    seen: new Float64Array(size),
    mixed: new Uint8Array(size),
    lines: new Int32Array(items.length),
    counts: {
      used: 0,
      unknown: 0,
      late: 0,
      nonProducts: 0,
      copies: 0,
      cancelled: 0,
      cancellationLines: 0,
      returns: 0,
      negativePrices: 0,
      unpriced: 0,
      partial: 0,
      fractional: 0,
    },
  };
  const visit = lineAdder(totals, options, periods);
  const sql = `SELECT CAST(sale.rowid AS INTEGER), CAST(coalesce(id, -1) AS INTEGER), day, quantity, coalesce(price, -1),
    CAST((price IS NOT NULL)::INTEGER + 2 * cancelled::INTEGER AS INTEGER) FROM sale LEFT JOIN catalogue USING (item)`;
  await database.run("SET disabled_optimizers = 'join_order,build_side_probe_side'; SET threads = 1"); // else the order of the lines is lost
  for await (const chunk of database.chunks(sql)) {
    const [row, item, day, quantity, price, flags] = [0, 1, 2, 3, 4, 5].map((k) => chunk.getColumnVector(k));
    for (let k = 0; k < chunk.rowCount; k++) {
      visit(
        Number(row.getItem(k)),
        Number(item.getItem(k)),
        Number(day.getItem(k)),
        Number(quantity.getItem(k)),
        Number(price.getItem(k)),
        Number(flags.getItem(k)),
      );
    }
  }
  return totals;
}

type LineVisitor = (row: number, item: number, day: number, quantity: number, price: number, flags: number) => void;

function lineAdder(totals: Totals, options: TotalsOptions, periods: number): LineVisitor {
  const { counts } = totals;
  const { length, first, excluded, cleaning, dropUnpriced } = options;
  const { marks } = options.lineMarks;
  const lastDay = options.until === undefined ? Number.POSITIVE_INFINITY : dayNumber(options.until);
  const net = cleaning.returns === 'net';
  return (row, item, day, quantity, price, flags) => {
    const hasPrice = (flags & 1) === 1;
    if (item < 0) counts.unknown++;
    else if (day > lastDay) counts.late++;
    else if (excluded[item]) counts.nonProducts++;
    else if (marks[row] === COPY) counts.copies++;
    else if (marks[row] === CANCELLED) counts.cancelled++;
    else if (hasPrice && price < 0) counts.negativePrices++;
    else if (quantity < 0 && (flags & 2) === 2) counts.cancellationLines++;
    else if (quantity < 0 && !net) counts.returns++;
    else if (hasPrice && price === 0 && dropUnpriced) counts.unpriced++;
    else {
      const period = periodOfDay(day, length) - first;
      if (period < 0 || period >= periods) {
        counts.partial++;
        return;
      }
      if (quantity < 0) counts.returns++;
      if (!Number.isInteger(quantity)) counts.fractional++;
      counts.used++;
      totals.lines[item]++;
      const at = item * periods + period;
      totals.quantity[at] += quantity;
      if (!hasPrice || price === 0) return;
      if (quantity > 0) {
        totals.revenue[at] += quantity * price;
        totals.priced[at] += quantity;
      }
      if (totals.seen[at] === 0) totals.seen[at] = price;
      else if (totals.seen[at] !== price) totals.mixed[at] = 1;
    }
  };
}

/** [money/unit] by period: the mean by units, else the price of a line without units, else the last one before, else the list price. Reuses `revenue`. */
export function periodPrices(totals: Totals, items: History['items'], periods: number): Float64Array {
  const { revenue, priced, seen } = totals;
  for (let i = 0; i < items.length; i++) {
    let last = items[i].price;
    for (let at = i * periods; at < (i + 1) * periods; at++) {
      if (priced[at] > 0) last = revenue[at] / priced[at];
      else if (seen[at] > 0) last = seen[at];
      revenue[at] = last;
    }
  }
  return revenue;
}
