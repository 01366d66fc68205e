import type { History, PeriodLength } from '../history.ts';
import { isMissing } from '../history.ts';
import { solveCholesky } from '../regression.ts';

/** Periods after which sales say e times less about a level. */
const MEMORY = 40;
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
  const season = seasonOf(history, quiet, until);
  const span = history.periods.length;
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
        const at = i * span + t;
        const counts = quiet[at] === 1 && history.open[t] === 1 && !isMissing(history, at, until);
        const fade = Math.exp(-1 / MEMORY);
        units = fade * (units + (counts ? history.quantity[at] : 0));
        periods = fade * (periods + (counts ? season[t] : 0));
      }
    }
    for (let t = 0; t < until; t++) usual[i * until + t] = weight[t] > 0 ? (season[t] * sold[t]) / weight[t] : 0;
  }
  return usual;
}

/** [period] factor of the season: one harmonic of the year in the total of all items, beside a trend; ones where the sales are too short. */
function seasonOf(history: History, quiet: Uint8Array, until: number): Float64Array {
  const year = PERIODS_A_YEAR[history.periodLength];
  const season = new Float64Array(until).fill(1);
  if (until < LEAST_YEARS * year) return season;
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
  for (let t = 0; t < until; t++) {
    const [, centred, s, c] = row(t);
    const usual = level + trend * centred;
    if (usual > 0) season[t] = Math.min(LARGEST_SEASON, Math.max(1 / LARGEST_SEASON, 1 + (sine * s + cosine * c) / usual));
  }
  return season;
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
