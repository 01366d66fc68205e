/** Where a finding stands on the page. */
export const SECTIONS = ['How it is doing', 'Where it fails', 'Likely causes', 'Whom errors reach', 'What to try'] as const;
export type Section = (typeof SECTIONS)[number];

/** One thing that was computed about a run, in a sentence that holds its numbers. */
export interface Finding {
  readonly id: string;
  readonly section: Section;
  readonly text: string;
}

/** A figure with its 90 % interval; null where too little is known. */
export interface GroupError {
  /** What items are grouped by: `volume`, `price`, ... */
  readonly by: string;
  readonly group: string;
  readonly items: number;
  /** [units] sold. */
  readonly units: number;
  /** Sum of absolute errors over the sum of sales. */
  readonly wape: Interval;
  /** Sum of (forecast - actual) over the sum of sales. */
  readonly bias: Interval;
  /** CRPS over that of the naive forecast: below 1 it is better, whatever the item's size. */
  readonly againstNaive: Interval;
  /** Part of what happened within the 80 % interval, less what it would be if the forecasts were right. */
  readonly coverageGap: Interval;
}

export interface Interval {
  readonly value: number;
  readonly ci90: readonly [number, number];
}

/** How a run is doing: computed findings, and errors by group. */
export interface Review {
  readonly run: string;
  readonly kind: 'recommendation' | 'training';
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly groups: readonly GroupError[];
}

/** Words that come from data, as they may stand on a page: no markup, no lines, and no length. */
export function plainWords(text: string): string {
  const words = text
    .replace(/[^\p{L}\p{N} .,'&+/%-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > 50 ? `${words.slice(0, 49)}…` : words;
}

/** A share as +12.3 % or 12.3 %. */
export function shareText(value: number, { signed = false } = {}): string {
  return `${signed && value >= 0 ? '+' : ''}${(100 * value).toFixed(1)} %`;
}

/** [1.2, 3.4] in per cent. */
export function intervalText([low, high]: readonly [number, number]): string {
  return `[${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}
