import type { PeriodLength } from '../history.ts';

const DAY = 86_400_000;

/** Days since 1970-01-01 as YYYY-MM-DD. */
export function dayName(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Days since 1970-01-01 of a day written YYYY-MM-DD; NaN where it is none. */
export function dayNumber(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? Number.NaN : time / DAY;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Number of the period that holds a day, counted from the one of 1970-01-01; weeks begin on Monday (ISO 8601). */
export function periodOfDay(day: number, length: PeriodLength): number {
  if (length === 'day') return day;
  if (length === 'week') return Math.floor((day + 3) / 7);
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** Its first day. */
export function startOfPeriod(period: number, length: PeriodLength): number {
  if (length === 'day') return period;
  return length === 'week' ? period * 7 - 3 : Date.UTC(1970, period, 1) / DAY;
}

/** How far apart the dates of a file are: weekly figures share a weekday, monthly ones a day of the month. */
export function spacingOf(days: readonly number[]): PeriodLength {
  if (days.length < 2) return 'day';
  if (days.every((day) => (day - days[0]) % 7 === 0)) return 'week';
  const firstOrLast = (day: number) => [day, day + 1].some((one) => new Date(one * DAY).getUTCDate() === 1);
  const date = new Date(days[0] * DAY).getUTCDate();
  const monthly = days.every(firstOrLast) || days.every((day) => new Date(day * DAY).getUTCDate() === date);
  return monthly && days.every((day, k) => k === 0 || day - days[k - 1] >= 28) ? 'month' : 'day';
}

export interface Coverage {
  /** Numbers of the first and last period that hold a sale. */
  readonly first: number;
  readonly last: number;
  /** Do the data begin after the first, or end before the last, has run its course? */
  readonly firstPartial: boolean;
  readonly lastPartial: boolean;
}

/** Periods that the days of a file reach over. A period is partial where days lack on which the business usually trades. `days` ascend. */
export function coverageOf(days: readonly number[], length: PeriodLength): Coverage {
  const first = periodOfDay(days[0], length);
  const lastDay = days[days.length - 1];
  const last = periodOfDay(lastDay, length);
  if (length === 'day' || spacingOf(days) !== 'day') return { first, last, firstPartial: false, lastPartial: false };
  const usual = usualWeekdays(days);
  const someUsual = (from: number, to: number) => {
    for (let day = from; day < to; day++) if (usual[weekdayOf(day)]) return true;
    return false;
  };
  return {
    first,
    last,
    firstPartial: someUsual(startOfPeriod(first, length), days[0]),
    lastPartial: someUsual(lastDay + 1, startOfPeriod(last + 1, length)),
  };
}

/** [weekday] Does at least every second week have a sale on it? */
function usualWeekdays(days: readonly number[]): boolean[] {
  const weeks = periodOfDay(days[days.length - 1], 'week') - periodOfDay(days[0], 'week') + 1;
  const counts = new Float64Array(7);
  for (const day of days) counts[weekdayOf(day)]++;
  return Array.from(counts, (count) => 2 * count > weeks);
}
