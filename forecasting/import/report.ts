import type { History } from '../history.ts';
import { dayName } from './calendar.ts';
import type { Catalogue } from './items.ts';
import type { CleaningOptions, Finding, ImportReport } from './options.ts';
import type { LineMarks } from './repeated-lines.ts';
import type { SalesTable } from './sales-table.ts';
import type { Totals } from './totals.ts';

export interface Found {
  readonly history: History;
  readonly sales: SalesTable;
  readonly totals: Totals;
  readonly catalogue: Catalogue;
  readonly lineMarks: LineMarks;
  readonly span: { readonly partial: number };
  readonly stockOuts: number;
  /** Entries in which more came back than was sold. */
  readonly netted: number;
  readonly cleaning: CleaningOptions;
  /** Days that have sales. */
  readonly days: readonly number[];
}

/** What was read and what became of it, by kind and count. */
export function createReport(found: Found): ImportReport {
  const { history, sales, totals, days } = found;
  let units = 0;
  for (const quantity of history.quantity) units += quantity;
  return {
    lines: sales.lines,
    used: totals.counts.used,
    items: history.items.length,
    periods: history.periods.length,
    from: history.periods[0],
    to: dayName(days[days.length - 1]),
    units,
    findings: [...lineFindings(found), ...historyFindings(found)].filter(({ count }) => count > 0),
    format: formatOf(sales),
  };
}

function lineFindings({ totals: { counts }, lineMarks, cleaning, sales }: Found): Finding[] {
  const lines = (kind: string, count: number, action: string): Finding => ({ kind, count, unit: 'lines', action });
  const copies = lineMarks.copiesDropped
    ? 'left out'
    : `kept: ${sales.columns.transaction === undefined ? 'the file lists single sales, and no column tells them apart' : 'as asked'}`;
  return [
    lines('duplicates', lineMarks.copiesDropped ? counts.copies : lineMarks.copies, copies),
    lines('cancellations', counts.cancelled, 'left out: orders and their cancellations on the same day'),
    lines('cancellation-lines', counts.cancellationLines, 'left out: negative lines of a transaction that begins with C'),
    lines('returns', counts.returns, cleaning.returns === 'net' ? 'taken off the sales of their period' : 'left out'),
    lines('non-products', counts.nonProducts, 'left out: postage, fees, discounts, samples'),
    lines('negative-prices', counts.negativePrices, 'left out'),
    lines('unpriced', counts.unpriced, 'left out: price 0'),
    lines('unknown-items', counts.unknown, 'left out: not in the table of items'),
    lines('after-until', counts.late, 'left out'),
    lines('partial-periods', counts.partial, 'left out with their period'),
    lines('fractional-quantities', counts.fractional, 'kept as they are'),
  ];
}

function historyFindings({ history, totals, catalogue, span, stockOuts, netted }: Found): Finding[] {
  const gaps = countGaps(history);
  let mixed = 0;
  for (const one of totals.mixed) mixed += one;
  return [
    { kind: 'partial-periods', count: span.partial, unit: 'periods', action: 'left out: the data cover them in part only' },
    {
      kind: 'closed-periods',
      count: history.open.reduce((sum, open) => sum + 1 - open, 0),
      unit: 'periods',
      action: 'kept, marked as without trade',
    },
    { kind: 'gaps', count: gaps - stockOuts, unit: 'item-periods', action: 'no sales between two periods with sales: 0' },
    { kind: 'suspected-stock-outs', count: stockOuts, unit: 'item-periods', action: 'marked as missing' },
    { kind: 'several-prices', count: mixed, unit: 'item-periods', action: 'mean by units' },
    { kind: 'net-returns', count: netted, unit: 'item-periods', action: 'more came back than was sold: 0' },
    { kind: 'items-added', count: catalogue.added, unit: 'items', action: 'added without a description: not in the table of items' },
    {
      kind: 'items-left-out',
      count: catalogue.items.length - history.items.length,
      unit: 'items',
      action: 'left out: none of their lines was used',
    },
    { kind: 'items-never-sold', count: countUnsold(history), unit: 'items', action: 'kept: no sales yet' },
    {
      kind: 'items-without-description',
      count: history.items.filter((item) => item.description === '').length,
      unit: 'items',
      action: 'kept',
    },
  ];
}

/** Entries of open periods without sales between an item's first and last period with sales. */
function countGaps({ quantity, open }: History): number {
  let gaps = 0;
  for (let start = 0; start < quantity.length; start += open.length) {
    let waiting = 0;
    let launched = false;
    for (let t = 0; t < open.length; t++) {
      if (quantity[start + t] > 0) {
        gaps += waiting;
        waiting = 0;
        launched = true;
      } else if (launched) waiting += open[t];
    }
  }
  return gaps;
}

function countUnsold({ items, quantity, open }: History): number {
  return items.filter((_, i) => !quantity.subarray(i * open.length, (i + 1) * open.length).some((sold) => sold > 0)).length;
}

function formatOf({ file, columns, dates, numbers }: SalesTable): Record<string, string> {
  const names = Object.entries(columns).map(([name, column]) => [name, file.columns[column]] as const);
  return {
    file: file.separator === undefined ? 'parquet' : file.compressed ? 'csv, gzipped' : 'csv',
    ...(file.separator === undefined ? {} : { separator: file.separator === '\t' ? 'tab' : file.separator }),
    decimal: numbers.decimal,
    dates: dates.name,
    ...Object.fromEntries(names.map(([name, header]) => [`column ${name}`, header])),
  };
}
