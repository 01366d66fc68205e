import { type History, isMissing, PERIODS_OF_YEAR } from '../history.ts';
import { countedSales, HALF, launchWeeks, MEMORY } from '../levels.ts';
import type { FeatureGroup } from './feature-group.ts';

const LAGS = [1, 2, 3, 4];
const WINDOWS = [2, 4, 8, 13, 26, 52];
const TYPICAL_WINDOWS = [4, 8, 13, 26, 52];
/** [periods] over which scale and the part of periods with sales are taken. */
const SCALE_WINDOW = 26;
const LONGEST = 52;

/**
 * What the item sold: lags, rolling means, level, scale, part of periods with sales, and age. Lags and means are logs relative to the level, so that
 * items of all sizes share one scale. Periods without any trade, before the launch, and known to be stock-outs do not count.
 */
export function salesFeatures(history: History): FeatureGroup {
  const launches = launchWeeks(history);
  const past = new Float64Array(LONGEST);
  return {
    names: [
      ...LAGS.map((lag) => `lag ${lag}`),
      ...WINDOWS.map((window) => `mean of ${window}`),
      ...TYPICAL_WINDOWS.map((window) => `typical of ${window}`),
      'level',
      'scale',
      'part with sales',
      'periods since the last sale',
      'periods since launch',
      'launched',
    ],
    write(item, origin, _, out, at) {
      const known = recentSales(history, item, origin, launches[item], past);
      const count = Math.min(known, SCALE_WINDOW);
      const level = Math.log(steadyMean(past, known) + HALF);
      let next = at;
      for (const lag of LAGS) out[next++] = count >= lag ? Math.log(past[lag - 1] + HALF) - level : 0;
      for (const window of WINDOWS) out[next++] = count > 0 ? Math.log(meanOf(past, Math.min(known, window)) + HALF) - level : 0;
      for (const window of TYPICAL_WINDOWS) out[next++] = count > 0 ? meanLogOf(past, Math.min(known, window)) - level : 0;
      out[next++] = level;
      out[next++] = Math.log(deviationOf(past, count) + HALF);
      out[next++] = partSold(past, count);
      out[next++] = Math.log1p(firstSold(past, count));
      out[next++] = Math.log1p(Math.max(0, origin - launches[item]));
      out[next] = launches[item] < origin ? 1 : 0;
    },
  };
}

/** Sales of the period a year before the one that is forecast, relative to the mean of the 13 periods around that; 0, with a flag, where unknown. */
export function lastYearFeatures(history: History): FeatureGroup {
  const season = PERIODS_OF_YEAR[history.periodLength];
  const launches = launchWeeks(history);
  return {
    names: ['a year before', 'a year before is known'],
    write(item, origin, ahead, out, at) {
      const then = origin + ahead - season;
      const start = item * history.periods.length;
      const known = then >= launches[item] && then < origin && history.open[then] === 1 && !isMissing(history, start + then, origin);
      out[at] = known ? Math.log(history.quantity[start + then] + HALF) - Math.log(meanAround(history, item, then, origin) + HALF) : 0;
      out[at + 1] = known ? 1 : 0;
    },
  };
}

/** Writes the last sales before the origin that say something about demand, the latest first; returns their number. */
function recentSales(history: History, item: number, origin: number, launch: number, out: Float64Array): number {
  const start = item * history.periods.length;
  let count = 0;
  for (let t = origin - 1; t >= launch && count < out.length; t--) {
    if (history.open[t] && !isMissing(history, start + t, origin)) out[count++] = history.quantity[start + t];
  }
  return count;
}

function meanAround({ quantity, periods, open }: History, item: number, centre: number, origin: number): number {
  let sum = 0;
  let count = 0;
  for (let t = Math.max(0, centre - 6); t <= centre + 6 && t < origin; t++) {
    sum += quantity[item * periods.length + t];
    count += open[t];
  }
  return count > 0 ? sum / count : 0;
}

function meanOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += values[k];
  return count > 0 ? sum / count : 0;
}

/** Mean of log(1 + sales): huge orders hardly move it. */
function meanLogOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.log1p(values[k]);
  return sum / count;
}

function deviationOf(values: Float64Array, count: number): number {
  const mean = meanOf(values, count);
  let squares = 0;
  for (let k = 0; k < count; k++) squares += (values[k] - mean) ** 2;
  return count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
}

function partSold(values: Float64Array, count: number): number {
  let sold = 0;
  for (let k = 0; k < count; k++) if (values[k] > 0) sold++;
  return count > 0 ? sold / count : 0;
}

/** Discounted mean of values of which the latest comes first; one order does not make a level. */
function steadyMean(values: Float64Array, count: number): number {
  let units = 0;
  let weight = 0;
  for (let k = count - 1; k >= 0; k--) {
    units = MEMORY * units + (weight > 0 ? countedSales(values[k], units / weight) : values[k]);
    weight = MEMORY * weight + 1;
  }
  return weight > 0 ? units / weight : 0;
}

/** How many periods ago it sold: 0 for the last one. */
function firstSold(values: Float64Array, count: number): number {
  for (let k = 0; k < count; k++) if (values[k] > 0) return k;
  return count;
}
