import { UserError } from '../../env/index.ts';
import {
  type CleaningOptions,
  type DateForm,
  dayNumber,
  type Finding,
  type History,
  type ImportOptions,
  importSales,
  type PeriodLength,
  periodOfDay,
  periodStart,
} from '../../forecasting/index.ts';
import { type ItemStates, tellStates } from './item-states.ts';
import { readStock, type StockFindings, type StockPosition } from './read-stock.ts';
import { type ReadTerms, readTerms } from './read-terms.ts';

export interface FileOptions {
  readonly sales: string;
  /** item,description[,category,price,unitCost,holdingCost,shortageCost,leadTime,orderCost,minimumOrder,batch,packSize,volume,supplier,life] */
  readonly items?: string;
  /** item,onHand[,onOrder][,due] */
  readonly stock: string;
  readonly notes?: string;
  readonly promotions?: string;
  /** A further table, whose columns `map` may name. */
  readonly beside?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
  readonly period?: PeriodLength;
  readonly dates?: DateForm;
  readonly decimal?: 'point' | 'comma';
  readonly encoding?: ImportOptions['encoding'];
  readonly cleaning?: CleaningOptions;
  /** Last day of sales that is read, YYYY-MM-DD. */
  readonly until?: string;
  /** Day on which the orders are placed, YYYY-MM-DD. Default: the first day after the last whole period of sales. */
  readonly asOf?: string;
  /** Last day on which something can have been sold, where `asOf` does not say it. Default: any day goes. */
  readonly today?: string;
  /** [periods] of items whose lead time is not given. Default: 1. */
  readonly leadTime?: number;
  /** Stock below 0: a slip of the books, or owed to customers. Default: `nothing`. */
  readonly negativeStock?: 'nothing' | 'owed';
}

export interface ReadFiles extends ReadTerms, Omit<ItemStates, 'history'> {
  readonly history: History;
  readonly stock: readonly StockPosition[];
  readonly findings: readonly Finding[];
  /** Day on which the orders are placed. */
  readonly asOf: string;
  /** Number of the first period that is forecast. */
  readonly origin: number;
}

/** Reads and cleans sales, items, stock, notes and promotions. @throws UserError with file, line and column */
export async function readFiles(options: FileOptions): Promise<ReadFiles> {
  const { items, map, dates, decimal, encoding } = options;
  if (options.asOf !== undefined && Number.isNaN(dayNumber(options.asOf))) {
    throw new UserError(`--as-of ${options.asOf}: expected a day written YYYY-MM-DD; correct it`);
  }
  const sales = await importSales({
    ...options,
    today: options.asOf ?? options.today,
    beside: [options.stock, ...(options.beside ?? [])],
    cleaning: { twoPrices: 'refuse', ...options.cleaning },
  });
  const { periodLength } = sales.history;
  const reading = { map, dates, decimal, encoding };
  const origin = sales.history.periods.length;
  const asOf = placedOn(sales.history, options.asOf);
  const catalogue = { items: sales.history.items, periodLength };
  const terms = await readTerms({
    ...reading,
    periodLength,
    items: withLastPrices(sales.history),
    path: items,
    leadTime: options.leadTime,
  });
  const { stock, findings } = await readStock({
    ...reading,
    ...catalogue,
    path: options.stock,
    today: dayNumber(asOf),
    firstPeriod: periodOfDay(dayNumber(periodStart(sales.history, origin)), periodLength),
    negativeStock: options.negativeStock,
    unknownItems: options.cleaning?.unknownItems === 'drop' ? 'drop' : 'refuse',
  });
  const told = tellStates(sales.history, stock);
  return { ...terms, ...told, stock, asOf, origin, findings: [...sales.report.findings, ...stockFindings(findings, told, options)] };
}

/** Items of which no list price is known have the last one of their sales. */
function withLastPrices({ items, periods, price }: History): History['items'] {
  return items.map((item, i) => (item.price > 0 ? item : { ...item, price: price[(i + 1) * periods.length - 1] }));
}

/** The day of the orders: sales have to reach up to the period before it, or the period has to be over that it lies in. */
function placedOn(history: History, asOf: string | undefined): string {
  const { periods, periodLength } = history;
  const first = periodStart(history, periods.length);
  if (asOf === undefined) return first;
  const ahead = periodOfDay(dayNumber(asOf), periodLength) - periodOfDay(dayNumber(first), periodLength);
  if (ahead === 0 || ahead === -1) return asOf;
  const said = ahead > 0 ? `the last whole ${periodLength} of sales begins on` : `there are sales of the ${periodLength} of`;
  throw new UserError(
    `--as-of ${asOf}: ${said} ${periods[periods.length - 1]}; expected orders in the ${periodLength} of ${first}; give the sales up to then, or leave --as-of out`,
  );
}

function stockFindings(
  { duplicates, negative, missing, overdue }: StockFindings,
  told: ItemStates,
  { negativeStock }: FileOptions,
): Finding[] {
  const items = (kind: string, count: number, action: string): Finding => ({ kind, count, unit: 'items', action });
  const lines: Finding = {
    kind: 'stock-duplicates',
    count: duplicates,
    unit: 'lines',
    action: 'left out: lines of the stock file that agree in every column',
  };
  const count = (state: string) => told.states.filter((one) => one === state).length;
  return [
    lines,
    items('negative-stock', negative, negativeStock === 'owed' ? 'kept: owed to customers' : 'taken as 0'),
    items('items-without-stock', missing, 'not in the stock file: taken as 0'),
    items('overdue-orders', overdue, 'expected in the first period'),
    items(
      'hidden-demand',
      told.hidden.filter((periods) => periods > 0).length,
      'no sales and no stock of late: not taken for a lack of demand',
    ),
    items('new-items', count('new'), 'forecast from items described alike'),
    items('stopped-items', count('stopped'), 'nothing is ordered: no sales for longer than chance explains'),
  ].filter((finding) => finding.count > 0);
}
