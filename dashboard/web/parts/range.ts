/** Which periods the plots show. */
export interface Range {
  /** Names the range in a control. */
  readonly id: string;
  /** [least, most] shown, of the periods that there are; null where there are none. */
  of(first: number | null, last: number | null): [number, number];
}

/** Fewest periods across a plot, so that the first ones are not drawn as wide as a hand. */
const FEWEST = 26;
/** Periods that an axis has room for, however short the episode. */
const SHORTEST = 8;
/** Half a period on either side: a bar stands on its period. */
const HALF = 0.6;

export const WINDOWS = [26, 52, 104] as const;

export const everything: Range = {
  id: 'all',
  of: (first, last) => span(first ?? 0, Math.max(last ?? 0, (first ?? 0) + FEWEST - 1)),
};

export function lastPeriods(count: number): Range {
  return {
    id: String(count),
    of(first, last) {
      const end = Math.max(last ?? 0, (first ?? 0) + count - 1);
      return span(end - count + 1, end);
    },
  };
}

/** A range that ends where the periods end: an axis promises nothing that never comes. */
export function within(range: Range, periods: number): Range {
  return {
    id: range.id,
    of(first, last) {
      const [from, to] = range.of(first, last);
      return [from, Math.max(from + 2 * HALF, Math.min(to, Math.max(periods, SHORTEST) + HALF))];
    },
  };
}

/** @param from,to may be fractions of a period */
export function zoomed(from: number, to: number): Range {
  const start = Math.round(from);
  const end = Math.max(Math.round(to), start + 2);
  return { id: 'zoom', of: () => span(start, end) };
}

function span(from: number, to: number): [number, number] {
  return [from - HALF, to + HALF];
}
