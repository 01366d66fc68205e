import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Sizes above it count as it. */
const LARGEST = 10;

export interface PartClass {
  readonly parts: number;
  /** Chance of a month with demand. */
  readonly probability: number;
  /** Of the demands, how many are of 1, 2, ... units. */
  readonly sizes: readonly number[];
}

/** Statistics of the car parts that are known in all months, in thirds by what they sell; from the folder that holds carparts.csv.gz. */
export function partClasses(folder: string): Readonly<Record<'slow' | 'middle' | 'fast', PartClass>> {
  const parts = gunzipSync(readFileSync(join(folder, 'carparts.csv.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(',').slice(1))
    .filter((cells) => cells.every((cell) => cell !== ''))
    .map((cells) => cells.map(Number))
    .sort((a, b) => sum(a) - sum(b));
  const third = Math.floor(parts.length / 3);
  return { slow: classOf(parts.slice(0, third)), middle: classOf(parts.slice(third, 2 * third)), fast: classOf(parts.slice(2 * third)) };
}

function classOf(parts: readonly (readonly number[])[]): PartClass {
  const months = parts.flat();
  const demands = months.filter((units) => units > 0);
  const sizes = Array.from(
    { length: LARGEST },
    (_, k) => demands.filter((units) => Math.min(units, LARGEST) === k + 1).length / demands.length,
  );
  return { parts: parts.length, probability: rounded(demands.length / months.length), sizes: sizes.map(rounded) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(share: number): number {
  return Math.round(1e4 * share) / 1e4;
}
