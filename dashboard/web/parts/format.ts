import type { Texts } from '../texts/en.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const part = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const change = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

/** Units: whole ones without decimals, forecasts with one. */
export function units(value: number): string {
  return Number.isInteger(value) ? whole.format(value) : short.format(value);
}

export function money(value: number): string {
  return fine.format(value);
}

export function percent(value: number | null): string {
  return value === null ? '–' : part.format(value);
}

/** How far a cost lies from another: "-3.4 %". */
export function difference(value: number, reference: number): string {
  return reference === 0 ? '–' : change.format(value / reference - 1);
}

/** "12.30 ± 0.40": a mean with half the width of its interval, where it has one. */
export function withInterval(write: (value: number) => string, mean: number, interval: readonly [number, number] | null): string {
  return interval === null ? write(mean) : `${write(mean)} ± ${write((interval[1] - interval[0]) / 2)}`;
}

/** A cost part by its name in the page's language; one that the page does not know by the server's. */
export function costPart(texts: Texts, part: string): string {
  const known: Readonly<Record<string, string>> = texts.common.parts;
  return known[part] ?? part;
}
