import type { History, PeriodLength } from '../history.ts';

/** A table: a CSV file (also gzipped) or a Parquet file. */
export type TablePath = string;

export interface ImportOptions {
  /** date, item, quantity[, price, description, category, transaction, customer]. */
  readonly sales: TablePath;
  /** item, description[, category, price]. Left out: the items of the sales, with the description that they have there. */
  readonly items?: TablePath;
  /** date, text[, item, category, known]. */
  readonly notes?: TablePath;
  /** from[, to, item, category, text, depth, known]. */
  readonly promotions?: TablePath;
  /** Column of the file by the name it has here, where it is not one of those that are understood: { quantity: 'Qty' }. */
  readonly map?: Readonly<Record<string, string>>;
  /** Default: `week`. */
  readonly period?: PeriodLength;
  /** How dates such as 01/02/2024 are meant. Needed only where the file does not show it. */
  readonly dates?: DateForm;
  /** Which sign goes before the decimals. Needed only where the file does not show it. */
  readonly decimal?: 'point' | 'comma';
  /** Default: `utf-8`. */
  readonly encoding?: 'utf-8' | 'utf-16' | 'latin-1';
  readonly cleaning?: CleaningOptions;
  /** Last day that is read, YYYY-MM-DD. Left out: all of them. */
  readonly until?: string;
  /** Last day on which something can have been sold, YYYY-MM-DD: a later one that is not left out by `until` is refused. Left out: any day goes. */
  readonly today?: string;
  /** Tables that are read elsewhere, whose columns `map` may name too. */
  readonly beside?: readonly TablePath[];
}

export type DateForm = 'DMY' | 'MDY' | 'YMD';

export interface CleaningOptions {
  /** Negative quantities: left out (demand was there), or taken off the sales of their day. Default: `drop`. */
  readonly returns?: 'drop' | 'net';
  /** An order and its cancellation on the same day: both left out, or treated as any other line. Default: `drop`. */
  readonly cancellations?: 'drop' | 'keep';
  /** Postage, fees, discounts, samples. Default: `drop`. */
  readonly nonProducts?: 'drop' | 'keep';
  /** Lines that agree in every column. Default: dropped, unless the file has many lines per item and day and no column that tells them apart. */
  readonly duplicates?: 'drop' | 'keep';
  /** Lines at a price of 0. Default: dropped where the file has a column for the transaction, as corrections of stock; else kept. */
  readonly unpriced?: 'drop' | 'keep';
  /** Long runs without sales of an item that sells steadily: missing, or 0. Default: `missing`. */
  readonly stockOuts?: 'missing' | 'zero';
  /** Sales of an item on one day at prices that differ: averaged by units, or refused unless the file lists transactions. Default: `mean`. */
  readonly twoPrices?: 'mean' | 'refuse';
  /** A first or last period that the data cover in part only. Default: `drop`. */
  readonly partialPeriods?: 'drop' | 'keep';
  /** Items that the table of items lacks: refused, left out, or added without a description. Default: `refuse`. */
  readonly unknownItems?: 'refuse' | 'drop' | 'add';
}

/** One kind of thing that was found, how often, and what became of it. */
export interface Finding {
  readonly kind: string;
  readonly count: number;
  /** What is counted. */
  readonly unit: 'lines' | 'periods' | 'item-periods' | 'items';
  readonly action: string;
}

export interface ImportReport {
  /** Data lines of the sales file. */
  readonly lines: number;
  /** Lines whose quantity is in the history. */
  readonly used: number;
  readonly items: number;
  readonly periods: number;
  /** First day of the first period and last day that has a sale, YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  /** [units] in the history. */
  readonly units: number;
  /** Only what occurred. */
  readonly findings: readonly Finding[];
  /** How the sales file was read: its separator, decimal sign, form of dates, and the column behind each name. */
  readonly format: Readonly<Record<string, string>>;
}

export interface ImportedSales {
  readonly history: History;
  readonly report: ImportReport;
}
