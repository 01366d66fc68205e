import { solveCholesky } from '../cholesky.ts';
import type { History, PeriodLength } from '../history.ts';
import { isMissing } from '../history.ts';

/** Periods after which sales say e times less about a level. */
const MEMORY = 40;
const FADE = Math.exp(-1 / MEMORY);
const PERIODS_A_YEAR: Readonly<Record<PeriodLength, number>> = { day: 365.25, week: 365.25 / 7, month: 12 };
/** Years of sales from which a season can be told from chance. */
const LEAST_YEARS = 2;
/** A season's factor stays within this many times either way. */
const LARGEST_SEASON = 4;

/**
 * [item][period] flat, periods 0 to `until` - 1: what each item would have sold but for the events, i.e. the season of the year, the same for all
 * items, times the item's level in the quiet periods around. `quiet` is [item][period]: 1 where no event touched the sales.
 */
export function usualSales(history: History, quiet: Uint8Array, until: number): Float64Array {
  const season = yearlySeason(history, quiet, until);
  const usual = new Float64Array(history.items.length * until);
  const sold = new Float64Array(until);
  const weight = new Float64Array(until);
  for (let i = 0; i < history.items.length; i++) {
    sold.fill(0);
    weight.fill(0);
    for (const step of [1, -1]) {
      let units = 0;
      let periods = 0;
      for (let t = step > 0 ? 0 : until - 1; t >= 0 && t < until; t += step) {
        sold[t] += units;
        weight[t] += periods;
        const counts = tellsLevel(history, quiet, i, t, until);
        units = FADE * (units + (counts ? history.quantity[i * history.periods.length + t] : 0));
        periods = FADE * (periods + (counts ? season(t) : 0));
      }
    }
    for (let t = 0; t < until; t++) usual[i * until + t] = weight[t] > 0 ? (season(t) * sold[t]) / weight[t] : 0;
  }
  return usual;
}

/** [item] level at an origin, from the quiet periods before it: sales over the season's factor. 0 where nothing is known. */
export function levelsBefore(history: History, quiet: Uint8Array, season: (period: number) => number, origin: number): Float64Array {
  return Float64Array.from(history.items, (_, i) => {
    let units = 0;
    let periods = 0;
    for (let t = 0; t < origin; t++) {
      const counts = tellsLevel(history, quiet, i, t, origin);
      units = FADE * (units + (counts ? history.quantity[i * history.periods.length + t] : 0));
      periods = FADE * (periods + (counts ? season(t) : 0));
    }
    return periods > 0 ? units / periods : 0;
  });
}

function tellsLevel(history: History, quiet: Uint8Array, item: number, period: number, origin: number): boolean {
  const at = item * history.periods.length + period;
  return quiet[at] === 1 && history.open[period] === 1 && !isMissing(history, at, origin);
}

/**
 * Factor of the season in any period, as told by the periods before `until`: one harmonic of the year in the total of all items, beside a trend; 1
 * where the sales are too short.
 */
export function yearlySeason(history: History, quiet: Uint8Array, until: number): (period: number) => number {
  const year = PERIODS_A_YEAR[history.periodLength];
  if (until < LEAST_YEARS * year) return () => 1;
  const row = (t: number) => [1, t / until - 0.5, Math.sin((2 * Math.PI * t) / year), Math.cos((2 * Math.PI * t) / year)];
  const matrix = new Float64Array(16);
  const right = new Float64Array(4);
  for (let t = 0; t < until; t++) {
    const total = quietTotal(history, quiet, t);
    if (total === null) continue;
    const x = row(t);
    for (let a = 0; a < 4; a++) {
      right[a] += x[a] * total;
      for (let b = 0; b <= a; b++) matrix[a * 4 + b] += x[a] * x[b];
    }
  }
  for (let a = 0; a < 4; a++) matrix[a * 5] += 1e-6;
  const [level, trend, sine, cosine] = solveCholesky(matrix, right, 4);
  return (t) => {
    const [, , s, c] = row(t);
    // The trend is not carried on beyond what was seen.
    const usual = level + trend * (Math.min(t, until) / until - 0.5);
    const factor = usual > 0 ? 1 + (sine * s + cosine * c) / usual : 1;
    return Math.min(LARGEST_SEASON, Math.max(1 / LARGEST_SEASON, factor));
  };
}

/** Sales of all items in a period that no event touched; null where one did, or nothing sold. */
function quietTotal(history: History, quiet: Uint8Array, period: number): number | null {
  if (!history.open[period]) return null;
  const span = history.periods.length;
  let total = 0;
  for (let i = 0; i < history.items.length; i++) {
    if (!quiet[i * span + period]) return null;
    total += history.quantity[i * span + period];
  }
  return total;
}
