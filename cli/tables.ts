export interface Column {
  readonly title: string;
  /** Numbers stand right, words left. */
  readonly align?: 'left' | 'right';
}

/** Rows under headings, without a frame. */
export async function table(columns: readonly Column[], rows: readonly (readonly string[])[]): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const none = Object.fromEntries(frame.map((part) => [part, ''])) as Record<(typeof frame)[number], string>;
  const shown = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'right'),
    chars: { ...none, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) shown.push(row.map(inOneLine));
  return shown
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Names come from files: what would begin a new line or steer the terminal is shown as a sign instead. */
function inOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, '\ufffd');
}

const frame = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
] as const;

/** Names and what they stand for, one to a line. */
export function pairs(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

/** A number to the given decimals, or with five figures that count: 4.7285, 128.40, 12,345. */
export function number(value: number | null | undefined, decimals = decimalsFor(value ?? 0)): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-';
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Decimals that show five figures of a number. */
export function decimalsFor(value: number): number {
  return Math.max(0, 4 - Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1))));
}

/** A mean with half the width of its interval: 4.7285 ±0.0031. */
export function interval(mean: number, ci95: readonly [number, number] | null, decimals = decimalsFor(mean)): string {
  return ci95 === null ? number(mean, decimals) : `${number(mean, decimals)} ±${number((ci95[1] - ci95[0]) / 2, decimals)}`;
}

/** A share as a percentage with one decimal. */
export function share(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '-' : `${(100 * value).toFixed(1)} %`;
}

/** A difference in per cent with its sign. */
export function percent(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-';
  return `${value >= 0 ? '+' : ''}${value.toFixed(2)} %`;
}

/** Parameters as they are given on the command line; where they differ by item, that is said. */
export function parameters(values: Readonly<Record<string, unknown>>): string {
  const shown = Object.entries(values).map(([name, value]) => `${name}=${oneValue(value)}`);
  return shown.length === 0 ? '-' : shown.join(', ');
}

function oneValue(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toFixed(4)));
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.length <= 4 ? `[${value.join(', ')}]` : 'per item';
}
