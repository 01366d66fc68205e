import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { InferredOptionTypes, Options } from 'yargs';
import type { NewerReading } from '../../../decisions/index.ts';
import { UserError } from '../../../env/index.ts';
import type { History, ImportedSales, ImportOptions, MethodName, MethodOptions, PeriodLength } from '../../../forecasting/index.ts';
import type { Output } from '../../output.ts';
import { cleaningOptions, cleaningSettings, latestToday } from './cleaning.ts';

const PERIODS = ['day', 'week', 'month'] as const satisfies readonly PeriodLength[];
const DATES = ['DMY', 'MDY', 'YMD'] as const;
const DECIMALS = ['point', 'comma'] as const;

/** Options of every command that reads sales. */
export const dataOptions = {
  sales: {
    type: 'string',
    requiresArg: true,
    describe: 'CSV or Parquet with date,item,quantity[,price]; the extract that ships with the product unless given',
  },
  items: {
    type: 'string',
    requiresArg: true,
    describe: 'Table with item,description[,category,price]; what the sales say of their items unless given',
  },
  notes: { type: 'string', requiresArg: true, describe: 'Table with date,text[,item,category,known]: events in words' },
  promotions: { type: 'string', requiresArg: true, describe: 'Table with from[,to,item,category,text,depth,known]' },
  map: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: [],
    describe: 'Name of a column in your files, as quantity=Qty; repeatable',
    coerce: (given: string | readonly string[]): readonly string[] => [given].flat(),
  },
  country: {
    type: 'string',
    requiresArg: true,
    describe: 'Country whose public holidays move demand, as GB, DE or DE-BY: for the methods that learn from all items; none unless given',
  },
  period: { type: 'string', requiresArg: true, default: 'week', describe: 'Length of a period: day, week or month' },
  dates: {
    type: 'string',
    requiresArg: true,
    describe: 'How dates such as 01/02/2024 are meant: DMY, MDY or YMD; read from the file unless given',
  },
  decimal: { type: 'string', requiresArg: true, describe: 'point or comma; read from the file unless given' },
  ...cleaningOptions,
} as const satisfies Record<string, Options>;

export interface DataArguments extends InferredOptionTypes<typeof cleaningOptions> {
  readonly sales?: string;
  readonly items?: string;
  readonly notes?: string;
  readonly promotions?: string;
  readonly map: readonly string[];
  readonly country?: string;
  readonly period: string;
  readonly dates?: string;
  readonly decimal?: string;
}

type FormatArguments = Pick<DataArguments, 'notes' | 'promotions' | 'map' | 'dates' | 'decimal'>;

/**
 * Reads and cleans the data that a command was given. Days after today are refused unless `--until`, or the day `from` which the command looks at what happened, is one
 * of them: who says so means sales that were made up. @throws UserError
 */
export async function readData(given: DataArguments, from?: string): Promise<ImportedSales> {
  const { importSales } = await import('../../../forecasting/index.ts');
  const settings = readingSettings(given);
  const today = latestToday();
  const later = [given.until, from].some((day) => day !== undefined && isDay(day) && day > today);
  return importSales({ ...(await files(given)), ...settings, today: later ? undefined : today });
}

function isDay(given: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(given);
}

/** How files are read, as the import takes it. @throws UserError */
export function readingSettings(given: DataArguments): Omit<ImportOptions, 'sales' | 'items'> {
  return { ...formatSettings(given), period: oneOf('period', given.period, PERIODS), ...cleaningSettings(given) };
}

const { map, dates, decimal } = dataOptions;

/** Options of commands that read newer sales of a run: as its own were read, unless something is said. */
export const newerOptions = {
  sales: {
    type: 'string',
    requiresArg: true,
    describe: 'Newer sales: CSV or Parquet, read as those of the run; earlier ones in it do no harm',
  },
  ...{ map, dates, decimal },
  encoding: cleaningOptions.encoding,
  'two-prices': { choices: cleaningOptions['two-prices'].choices, describe: 'Two prices of an item on one day; as the run unless given' },
} as const satisfies Record<string, Options>;

/** How newer sales are read, as far as it was said. @throws UserError */
export function newerSettings(given: InferredOptionTypes<typeof newerOptions>): NewerReading {
  const { map, dates, decimal } = formatSettings(given);
  return { map, dates, decimal, encoding: given.encoding, twoPrices: given['two-prices'], today: latestToday() };
}

/** How files are written, and those beside the sales. @throws UserError */
export function formatSettings({ notes, promotions, map, dates, decimal }: FormatArguments): Pick<ImportOptions, keyof FormatArguments> {
  return {
    notes,
    promotions,
    map: columnMap(map),
    dates: dates === undefined ? undefined : oneOf('dates', dates, DATES),
    decimal: decimal === undefined ? undefined : oneOf('decimal', decimal, DECIMALS),
  };
}

async function files({ sales, items, notes, promotions }: DataArguments): Promise<{ readonly sales: string; readonly items?: string }> {
  if (sales !== undefined) return { sales, items };
  const [name] = Object.entries({ items, notes, promotions }).find(([, file]) => file !== undefined) ?? [];
  if (name !== undefined) throw new UserError(`--${name} without --sales: expected the sales that it belongs to; add --sales FILE`);
  const { dataFolder } = await import('../../../scenarios/index.ts');
  const folder = dataFolder('online-retail');
  return { sales: join(folder, 'sales.csv'), items: join(folder, 'items.csv') };
}

function columnMap(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf('=');
      if (at < 1 || at === one.length - 1) throw new UserError(`--map ${one}: expected NAME=COLUMN; for example --map quantity=Qty`);
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T {
  const found = known.find((one) => one === given);
  if (found === undefined)
    throw new UserError(`--${option} ${given}: expected one of ${known.join(', ')}; for example --${option} ${known[0]}`);
  return found;
}

/** How methods are opened. @throws UserError where the country is not known */
export async function methodOptions({ country }: Pick<DataArguments, 'country'>, history: History, output: Output): Promise<MethodOptions> {
  const { holidaysAround } = await import('../../../forecasting/index.ts');
  return { report: output.log, holidays: country === undefined ? undefined : await holidaysAround(history, country) };
}

/** The method of that name. @throws UserError where there is none */
export async function methodName(given: string): Promise<MethodName> {
  const { METHODS } = await import('../../../forecasting/index.ts');
  return oneOf('method', given, METHODS);
}

/** Periods held out unless something else is asked for. */
const HELD_OUT: Readonly<Record<PeriodLength, number>> = { day: 28, week: 13, month: 6 };

/** Number of the first period that begins on or after a day; the usual part at the end unless a day is given. @throws UserError */
export function firstHeldOut({ periods, periodLength }: History, testFrom: string | undefined): number {
  const count = periods.length;
  if (count < 2) {
    throw new UserError(
      `The sales cover ${count} ${periodLength}: expected at least 2 ${periodLength}s, one to learn from and one to test on; give more sales`,
    );
  }
  if (testFrom === undefined) return Math.max(1, count - Math.min(HELD_OUT[periodLength], Math.ceil(count / 3)));
  const cut = periods.findIndex((first) => first >= testFrom);
  if (isDay(testFrom) && cut > 0) return cut;
  throw new UserError(`--test-from ${testFrom}: expected a day as YYYY-MM-DD after ${periods[0]} and at most ${periods[count - 1]}`);
}

/** Says at once, rather than after the work, that the file cannot be written. */
export function refuseFolder(file: string): void {
  const folder = dirname(resolve(file));
  if (!existsSync(folder))
    throw new UserError(`--out ${file}: there is no folder ${folder}; expected a path in a folder that exists; make the folder`);
}
