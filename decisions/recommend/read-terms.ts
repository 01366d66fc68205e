import { type CatalogueItem, type ItemTable, type ItemTableOptions, type PeriodLength, readItemTable } from '../../forecasting/index.ts';
import type { ItemTerms } from './terms.ts';

/** What is assumed where the items file says nothing. */
export const DEFAULT_TERMS = {
  /** Part of the price that a unit is bought for. */
  costOfPrice: 0.6,
  /** Part of the unit cost that holding a unit for a year costs. */
  holdingPerYear: 0.25,
  /** [periods] */
  leadTime: 1,
} as const;

export const PERIODS_PER_YEAR: Readonly<Record<PeriodLength, number>> = { day: 365, week: 52, month: 12 };
const DAYS: Readonly<Record<PeriodLength, number>> = { day: 1, week: 7, month: 365 / 12 };

const COSTS = ['unitCost', 'holdingCost', 'shortageCost', 'orderCost'] as const;
const SIZES = ['minimumOrder', 'batch', 'packSize', 'volume', 'life'] as const;
const NUMBERS = [...COSTS, ...SIZES] as const;

export interface ReadTerms {
  /** [item] */
  readonly terms: ItemTerms[];
  /** [item] Were both the cost of holding and of lacking it given? */
  readonly priced: boolean[];
}

export interface TermsOptions extends Pick<ItemTableOptions, 'map' | 'dates' | 'decimal' | 'encoding'> {
  /** The items file; left out: everything is assumed. */
  readonly path?: string;
  readonly items: readonly CatalogueItem[];
  readonly periodLength: PeriodLength;
  /** [periods] of items whose own is not given. Default: 1. */
  readonly leadTime?: number;
}

/** Costs and lead times of the items, as far as their file has them, and assumptions where not. @throws UserError with file, line and column */
export async function readTerms({ path, items, periodLength, leadTime, ...reading }: TermsOptions): Promise<ReadTerms> {
  const given = path === undefined ? null : await readGiven({ ...reading, path }, periodLength);
  const all = items.map((item) => given?.get(item.id) ?? { leadTime: undefined, supplier: '' });
  return {
    terms: all.map((own, i) => withDefaults(own, items[i], periodLength, leadTime ?? DEFAULT_TERMS.leadTime)),
    priced: all.map(({ holdingCost, shortageCost }) => holdingCost !== undefined && shortageCost !== undefined),
  };
}

type GivenTerms = Partial<Record<(typeof NUMBERS)[number], number>> & { readonly leadTime?: number; readonly supplier: string };

async function readGiven(options: Pick<ItemTableOptions, 'path' | 'map' | 'decimal' | 'encoding'>, length: PeriodLength) {
  const table = await readItemTable({
    ...options,
    needed: ['item'],
    optional: ['description', 'category', 'price', 'leadTime', 'supplier', ...NUMBERS],
    numbers: NUMBERS,
  });
  const given = new Map<string, GivenTerms>();
  for (let row = 0; row < table.rows; row++) {
    const numbers: Partial<Record<(typeof NUMBERS)[number], number>> = {};
    for (const name of NUMBERS) {
      const value = table.number(row, name);
      if (value !== undefined) numbers[name] = await checked(table, row, name, value);
    }
    given.set(table.text(row, 'item'), {
      ...numbers,
      leadTime: await readLeadTime(table, row, length),
      supplier: table.text(row, 'supplier'),
    });
  }
  return given;
}

async function checked(table: ItemTable, row: number, name: (typeof NUMBERS)[number], value: number): Promise<number> {
  const positive = name === 'holdingCost' || name === 'shortageCost' || name === 'batch' || name === 'life';
  if (positive ? !(value > 0) : value < 0)
    return table.refuse(row, name, positive ? 'a number above 0, or nothing' : 'a number, 0 or more, or nothing');
  if (name === 'life' && !Number.isInteger(value)) return table.refuse(row, name, 'a whole number of periods, or nothing where it keeps');
  return value;
}

const UNITS: Readonly<Record<string, PeriodLength>> = {
  d: 'day',
  day: 'day',
  days: 'day',
  w: 'week',
  week: 'week',
  weeks: 'week',
  month: 'month',
  months: 'month',
};

/** `2` are periods; `10 days`, `3 weeks`, `1 month` are rounded up to periods. */
async function readLeadTime(table: ItemTable, row: number, length: PeriodLength): Promise<number | undefined> {
  const text = table.text(row, 'leadTime');
  if (text === '') return undefined;
  const [, digits, unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(text) ?? [];
  const of = unit === '' ? length : UNITS[unit.toLowerCase()];
  const periods = of === undefined ? Number.NaN : Math.ceil((Number(digits) * DAYS[of]) / DAYS[length] - 1e-9);
  if (Number.isInteger(periods) && periods <= LONGEST) return periods;
  return table.refuse(row, 'leadTime', `whole ${length}s up to ${LONGEST}, or such as 10 days or 2 weeks`);
}

/** [periods] Forecasts do not reach farther. */
const LONGEST = 50;

function withDefaults(given: GivenTerms, { price }: CatalogueItem, length: PeriodLength, leadTime: number): ItemTerms {
  const { costOfPrice, holdingPerYear } = DEFAULT_TERMS;
  const unitCost = given.unitCost ?? (price > 0 ? costOfPrice * price : 1);
  const worth = unitCost > 0 ? unitCost : 1;
  const margin = price > unitCost ? price - unitCost : (worth * (1 - costOfPrice)) / costOfPrice;
  return {
    unitCost,
    holdingCost: given.holdingCost ?? (holdingPerYear * worth) / PERIODS_PER_YEAR[length],
    shortageCost: given.shortageCost ?? margin,
    orderCost: given.orderCost ?? 0,
    leadTime: given.leadTime ?? leadTime,
    minimumOrder: given.minimumOrder ?? 0,
    batch: given.batch ?? 1,
    packSize: given.packSize ?? 0,
    volume: given.volume ?? 1,
    supplier: given.supplier,
    life: given.life ?? null,
  };
}
