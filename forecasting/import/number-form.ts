import { quoted } from './database.ts';

/** How the numbers of a file are written. */
export interface NumberForm {
  readonly decimal: 'point' | 'comma';
  /** SQL that makes a number of a column of text: NULL where the text is none, or is beyond LARGEST. */
  sql(column: string): string;
  /** What to say of a cell that is none. */
  readonly expected: string;
  /** What to do about it, where that is not to correct it. */
  fix(cell: string): string | undefined;
}

/** No quantity or price is larger. */
const LARGEST = 1e12;
const SPACES = '[\u00a0\u202f ]';
const POINT_GROUPS = '[-+]?\\d{1,3}(,\\d{3})+(\\.\\d+)?';
const COMMA_NUMBER = `[-+]?(\\d+|\\d{1,3}([.'\u00a0\u202f ]\\d{3})+)(,\\d+)?`;
/** Commas that cannot stand between thousands, and points that cannot. */
const DECIMAL_COMMA = /^[-+]?(\d*,(\d{1,2}|\d{4,})|\d{1,3}([.'\u00a0\u202f ]\d{3})+,\d+)$/;
const DECIMAL_POINT = /^[-+]?(\d*\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+)$/;

/**
 * A comma is a decimal sign where that is stated, or where the file's own separator is not a comma and some cell has no other reading; then points
 * may stand between thousands. Commas between thousands are read where the point is stated, or where some cell shows it, as 1,234.50 does.
 */
export function numberForm(sample: readonly string[], separator: string | undefined, stated?: 'point' | 'comma'): NumberForm {
  const commas = sample.some((text) => DECIMAL_COMMA.test(text));
  const points = sample.some((text) => DECIMAL_POINT.test(text));
  if (stated === 'comma' || (stated === undefined && commas && !points && separator !== ',')) return commaForm();
  const grouped = stated === 'point' || (!commas && sample.some((text) => text.includes(',') && DECIMAL_POINT.test(text)));
  return pointForm(grouped, stated === undefined);
}

function pointForm(grouped: boolean, open: boolean): NumberForm {
  const plain = (text: string) => `CASE WHEN contains(${text}, '_') THEN NULL ELSE ${text} END`;
  const text = (column: string) =>
    grouped
      ? `CASE WHEN contains(${column}, ',') THEN CASE WHEN regexp_full_match(${column}, ${quoted(POINT_GROUPS)}) THEN replace(${column}, ',', '') END
         ELSE ${plain(column)} END`
      : plain(column);
  const fix = (cell: string) =>
    open && cell.includes(',') ? 'add --decimal comma or --decimal point to say what the comma is' : undefined;
  return { decimal: 'point', sql: (column) => finite(text(column)), expected: 'a number such as 12 or 3.5', fix };
}

function commaForm(): NumberForm {
  const text = (column: string) =>
    `CASE WHEN regexp_full_match(${column}, ${quoted(COMMA_NUMBER)})
      THEN replace(regexp_replace(${column}, ${quoted(`[.']|${SPACES}`)}, '', 'g'), ',', '.') END`;
  const fix = (cell: string) =>
    cell.includes('.') ? 'write it with a comma, or add --decimal point if points go before all decimals' : undefined;
  return { decimal: 'comma', sql: (column) => finite(text(column)), expected: 'a number such as 12 or 3,5', fix };
}

/** NaN, infinities and what overflows are no numbers. */
function finite(text: string): string {
  const number = `try_cast(${text} AS DOUBLE)`;
  return `CASE WHEN abs(${number}) <= ${LARGEST} THEN ${number} END`;
}
