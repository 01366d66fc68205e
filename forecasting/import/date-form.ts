import { UserError } from '../../env/index.ts';
import { type Database, quoted } from './database.ts';
import type { DateForm } from './options.ts';

/** How the dates of a column are written. */
export interface DateReading {
  readonly name: string;
  /** SQL that makes a date of a column of text: NULL where the text is none of this form. */
  sql(column: string): string;
  /** What to say of a cell that is none. */
  readonly expected: string;
}

const TIME = '[T ]\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\\d{2}(:?\\d{2})?)?';
const LOCAL = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?$/;
const YEAR_FIRST = /^\d{4}([-./])\d{1,2}\1\d{1,2}(?:[T ].*)?$/;
const NAMED_MONTH = /^\d{1,2}-[A-Za-z]{3}-\d{4}$/;

/** Dates of other centuries are slips of the pen. */
const YEARS = [1900, 2199];

const ISO: DateReading = {
  name: 'YYYY-MM-DD',
  sql: (column) =>
    dated(`try_cast(CASE WHEN length(${column}) = 10 THEN ${column}
    WHEN regexp_full_match(substr(${column}, 11), ${quoted(TIME)}) THEN left(${column}, 10) END AS DATE)`),
  expected: `a date written YYYY-MM-DD, ${YEARS.join(' to ')}`,
};

export interface DateColumn {
  /** Where the cells come from: SQL for FROM, and the SQL of the trimmed text of a cell. */
  readonly source: string;
  readonly text: string;
  /** The first cells. */
  readonly sample: readonly string[];
  readonly stated?: DateForm;
  /** How an error names one of these cells: its file, line and column. */
  locate(text: string): Promise<string>;
}

/**
 * The form in which the dates of a column are written: the year first, or day and month in the order that is stated or that the column shows by a
 * number above 12. Throws UserError where it shows neither: nobody can tell 1 February from 2 January.
 */
export async function dateReading(database: Database, column: DateColumn): Promise<DateReading> {
  const first = column.sample.find((text) => text !== '') ?? '';
  if (/^\d{8}$/.test(first)) return timed('YYYYMMDD', '%Y%m%d', '\\d{8}');
  if (/^\d{4}-\d{2}$/.test(first)) return timed('YYYY-MM', '%Y-%m', '\\d{4}-\\d{2}');
  if (/^\d{4}年\d{1,2}月\d{1,2}日$/.test(first)) return timed('YYYY年M月D日', '%Y年%m月%d日', '\\d{4}年.*');
  if (YEAR_FIRST.test(first)) return yearFirst(first);
  if (NAMED_MONTH.test(first)) return namedMonth();
  const local = LOCAL.exec(first);
  return local === null ? ISO : localReading(database, column, local[2], local[4].length);
}

/** English names of months say which number is the day. */
function namedMonth(): DateReading {
  return {
    name: 'DD-Mon-YYYY',
    sql: (column) =>
      dated(
        `CASE WHEN regexp_full_match(${column}, ${quoted(NAMED_MONTH.source)}) THEN CAST(try_strptime(${column}, '%d-%b-%Y') AS DATE) END`,
      ),
    expected: `a date written DD-Mon-YYYY, as the first one is, ${YEARS.join(' to ')}`,
  };
}

function yearFirst(first: string): DateReading {
  if (/^\d{4}-\d{2}-\d{2}/.test(first)) return ISO;
  const sign = first[4];
  return timed(`YYYY${sign}MM${sign}DD`, `%Y${sign}%m${sign}%d`, `\\d{4}[${sign}]\\d{1,2}[${sign}]\\d{1,2}`);
}

async function localReading(database: Database, column: DateColumn, sign: string, yearDigits: number): Promise<DateReading> {
  const order = await localOrder(database, column, sign, yearDigits);
  const [first, second] = order === 'DMY' ? ['%d', '%m'] : ['%m', '%d'];
  const names = order === 'DMY' ? ['DD', 'MM'] : ['MM', 'DD'];
  const year = yearDigits === 4 ? ['YYYY', '%Y', '\\d{4}'] : ['YY', '%y', '\\d{2}'];
  const shape = `\\d{1,2}[${sign}]\\d{1,2}[${sign}]${year[2]}`;
  return timed([...names, year[0]].join(sign), [first, second, year[1]].join(sign), shape);
}

async function localOrder(database: Database, column: DateColumn, sign: string, yearDigits: number): Promise<'DMY' | 'MDY'> {
  if (column.stated === 'DMY' || column.stated === 'MDY') return column.stated;
  if (sign === '.') return 'DMY';
  const parts = column.sample.map((text) => LOCAL.exec(text)).filter((part) => part !== null);
  const seen = parts.find((part) => Number(part[1]) > 12 || Number(part[3]) > 12);
  if (seen !== undefined && yearDigits === 4) return Number(seen[1]) > 12 ? 'DMY' : 'MDY';
  const [[most, mostSecond]] = await database.rows(
    `SELECT max(try_cast(split_part(${column.text}, ${quoted(sign)}, 1) AS INTEGER)), max(try_cast(split_part(${column.text}, ${quoted(sign)}, 2) AS INTEGER))
     FROM ${column.source}`,
  );
  if (yearDigits === 4 && Number(most) > 12) return 'DMY';
  if (yearDigits === 4 && Number(mostSecond) > 12) return 'MDY';
  const [example] = column.sample.filter((text) => text !== '');
  throw new UserError(
    `${await column.locate(example)}; expected a date whose day and month can be told apart; add --dates DMY or --dates MDY, or write YYYY-MM-DD`,
  );
}

function timed(name: string, format: string, shape: string): DateReading {
  const pattern = quoted(`${shape}(${TIME})?`);
  return {
    name,
    sql: (column) => {
      const day = `split_part(replace(${column}, 'T', ' '), ' ', 1)`;
      return dated(`CASE WHEN regexp_full_match(${column}, ${pattern}) THEN CAST(try_strptime(${day}, ${quoted(format)}) AS DATE) END`);
    },
    expected: `a date written ${name}, as the first one is, ${YEARS.join(' to ')}`,
  };
}

function dated(date: string): string {
  return `CASE WHEN ${date} BETWEEN DATE '${YEARS[0]}-01-01' AND DATE '${YEARS[1]}-12-31' THEN ${date} END`;
}
