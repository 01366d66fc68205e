import type { Texts } from '../texts/en.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const change = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

/** Decimals that a narrow interval can add to those that a number has anyway. */
const MORE = [0, 1, 2, 3];
const fine = withDecimals(2, 'decimal');
const part = withDecimals(1, 'percent');

/** Units: whole ones without decimals, forecasts with one. */
export function units(value: number): string {
  return Number.isInteger(value) ? whole.format(value) : short.format(value);
}

export function money(value: number): string {
  return fine[0].format(value);
}

/** What one unit costs or is worth: three digits tell two of them apart, however small they are. */
export function worth(value: number): string {
  return digits.format(value);
}

/** The same for values that stand below one another. */
export function worthInTable(value: number): string {
  return exact.format(value);
}

export function percent(value: number | null): string {
  return value === null ? '–' : part[0].format(value);
}

/** Money with so many decimals beyond the cents. */
export function fineMoney(value: number, more: number): string {
  return fine[more].format(value);
}

/** What is in percent already, with so many decimals beyond the first. */
export function finePercent(value: number, more: number): string {
  return part[more].format(value / 100);
}

/** How far a cost lies from another, in percent of its size: "-3.4 %". A cost below 0 is a profit; more is dearer all the same. */
export function difference(value: number, reference: number): string {
  return reference === 0 ? '–' : change.format((value - reference) / Math.abs(reference));
}

/** "12.30 ± 0.40": a mean with half the width of its interval, where it has one; with as many decimals as tell that width from nothing. */
export function withInterval(
  write: (value: number, more: number) => string,
  mean: number,
  interval: readonly [number, number] | null,
): string {
  if (interval === null) return write(mean, 0);
  const half = (interval[1] - interval[0]) / 2;
  const more = MORE.find((decimals) => write(half, decimals) !== write(0, decimals)) ?? 0;
  return `${write(mean, more)} ± ${write(half, more)}`;
}

/** A cost part by its name in the page's language; one that the page does not know by the server's. */
export function costPart(texts: Texts, part: string): string {
  const known: Readonly<Record<string, string>> = texts.common.parts;
  return known[part] ?? part;
}

/** By what is added to the least number of decimals. */
function withDecimals(least: number, style: 'decimal' | 'percent'): Intl.NumberFormat[] {
  return MORE.map(
    (more) => new Intl.NumberFormat('en', { style, minimumFractionDigits: least + more, maximumFractionDigits: least + more }),
  );
}
