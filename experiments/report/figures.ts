import type { Cell, Figure } from './document.ts';

export type Interval = readonly [low: number, high: number] | null;

/** As wide as a plus. */
const MINUS = '\u2212';

/** Decimals that show five figures of a number. */
export function decimalsOf(value: number): number {
  return Math.max(0, Math.min(4, 4 - Math.floor(Math.log10(Math.abs(value) || 1))));
}

export function written(value: number, decimals = decimalsOf(value)): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en-US', digits).replace('-', MINUS);
}

/** A number in a table; a dash where there is none. */
export function figure(value: number | null | undefined, decimals?: number): Cell {
  return present(value) ? { value, text: written(value, decimals) } : '–';
}

/** A part of one, in per cent. */
export function shareOf(value: number | null | undefined, decimals = 1): Cell {
  return present(value) ? { value, text: `${written(100 * value, decimals)} %` } : '–';
}

/** A difference with its sign; `unit` stands after it. */
export function signed(value: number | null | undefined, decimals?: number, unit = ''): Cell {
  if (!present(value)) return '–';
  return { value, text: `${value > 0 ? '+' : ''}${written(value, decimals)}${unit}` } satisfies Figure;
}

export function span(ci95: Interval | undefined, decimals?: number): string {
  return ci95 ? `${written(ci95[0], decimals)} to ${written(ci95[1], decimals)}` : '–';
}

/** Parameters as they are given on the command line. */
export function parametersOf(values: Readonly<Record<string, unknown>>): string {
  const shown = Object.entries(values).map(([name, value]) => `${name}=${parameter(value)}`);
  return shown.length === 0 ? '–' : shown.join(', ');
}

function parameter(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toFixed(4)));
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.length <= 4 ? `[${value.join(', ')}]` : 'by item';
}

function present(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
