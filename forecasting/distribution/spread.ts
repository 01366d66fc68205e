import gammaln from '@stdlib/math-base-special-gammaln';
import { itemDispersions } from '../dispersion.ts';
import { emptyParts, type Forecast } from '../forecaster.ts';
import { mixtureVariance, zeroInflated } from './count-mixture.ts';

/** Past forecasts and what came of them: one row per item and origin, [row][ahead] flat. */
export interface PastForecasts {
  readonly items: number;
  readonly horizon: number;
  /** [row] */
  readonly item: ArrayLike<number>;
  readonly mean: Float64Array;
  /** NaN where it is not known. */
  readonly quantity: Float64Array;
}

/** How forecasts spread around their means. */
export interface ForecastSpread {
  /** [item] (variance - mean) / mean^2, of what is beyond the extra zeros. */
  readonly dispersion: Float64Array;
  /** [item] chance of a zero beyond those of the negative binomial; 0 for most. */
  readonly zeroShare: Float64Array;
  /** Part of the dispersion that the periods of a forecast have in common, 0 to 1. */
  readonly common: number;
}

/** A forecast below this many units counts as this much where spread is measured. */
const LEAST_MEAN = 0.05;
const ZERO_SHARES = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9];
/** Part of periods without sales from which extra zeros are looked for. */
const MANY_ZEROS = 0.3;
/** Log likelihood that extra zeros must gain, as for one more number by the BIC of a series of 50. */
const WORTH_IT = 2;
const DISPERSIONS = Array.from({ length: 12 }, (_, k) => 0.02 * 1.9 ** k);

/** Measures the spread of past forecasts: a dispersion per item, shrunk to those of items alike in level, extra zeros where they pay, one common part. */
export function fitSpread(past: PastForecasts): ForecastSpread {
  const rows = flatten(past);
  const dispersion = itemDispersions({ ...rows, items: past.items, weight: 1 / past.horizon });
  const zeroShare = new Float64Array(past.items);
  for (const [item, entries] of entriesByItem(rows.item, past.items).entries()) {
    const inflated = extraZeros(rows, entries, { weight: 1 / past.horizon, dispersion: dispersion[item] });
    if (inflated === null) continue;
    zeroShare[item] = inflated.zeroShare;
    dispersion[item] = inflated.dispersion;
  }
  return { dispersion, zeroShare, common: commonPart(past, dispersion, zeroShare) };
}

/** The forecast with these means, [item][ahead] flat. */
export function spreadForecast(mean: Float64Array, horizon: number, spread: ForecastSpread): Forecast {
  const { dispersion, zeroShare, common } = spread;
  const variance = new Float64Array(mean.length);
  for (let cell = 0; cell < mean.length; cell++)
    variance[cell] = mean[cell] + totalDispersion(spread, Math.floor(cell / horizon)) * mean[cell] ** 2;
  const shared = dispersion.map((_, item) => common * totalDispersion(spread, item));
  if (!zeroShare.some((share) => share > 0)) return { mean, variance, common: shared };
  const parts = emptyParts(mean.length, 2);
  for (let cell = 0; cell < mean.length; cell++) {
    const item = Math.floor(cell / horizon);
    const mixture = zeroInflated(mean[cell], dispersion[item], zeroShare[item]);
    for (let part = 0; part < 2; part++) {
      parts.weight[2 * cell + part] = mixture.weights[part];
      parts.mean[2 * cell + part] = mixture.means[part];
      parts.variance[2 * cell + part] = mixture.variances[part];
    }
  }
  return { mean, variance, common: shared, parts };
}

/** (variance - mean) / mean^2 with the extra zeros. */
function totalDispersion({ dispersion, zeroShare }: Pick<ForecastSpread, 'dispersion' | 'zeroShare'>, item: number): number {
  return mixtureVariance(zeroInflated(1, dispersion[item], zeroShare[item])) - 1;
}

interface Rows {
  readonly item: Int32Array;
  readonly mean: Float64Array;
  readonly quantity: Float64Array;
}

function flatten({ horizon, item, mean, quantity }: PastForecasts): Rows {
  const known = quantity.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const rows = { item: new Int32Array(known), mean: new Float64Array(known), quantity: new Float64Array(known) };
  let to = 0;
  for (let k = 0; k < quantity.length; k++) {
    if (Number.isNaN(quantity[k])) continue;
    rows.item[to] = item[Math.floor(k / horizon)];
    rows.mean[to] = mean[k];
    rows.quantity[to] = quantity[k];
    to++;
  }
  return rows;
}

function entriesByItem(item: Int32Array, items: number): number[][] {
  const entries: number[][] = Array.from({ length: items }, () => []);
  for (let k = 0; k < item.length; k++) entries[item[k]].push(k);
  return entries;
}

/** Share of extra zeros and dispersion of the rest that are likeliest, where they are likelier enough than none. */
function extraZeros(
  rows: Rows,
  entries: readonly number[],
  { weight, dispersion }: { readonly weight: number; readonly dispersion: number },
): { readonly zeroShare: number; readonly dispersion: number } | null {
  const zeros = entries.reduce((count, k) => count + (rows.quantity[k] === 0 ? 1 : 0), 0) / Math.max(1, entries.length);
  if (!(zeros > MANY_ZEROS) || zeros === 1) return null;
  let best = { zeroShare: 0, dispersion, value: weight * logLikelihood(rows, entries, 0, dispersion) + WORTH_IT };
  for (const zeroShare of ZERO_SHARES) {
    if (zeroShare >= zeros) break;
    for (const candidate of DISPERSIONS) {
      const value = weight * logLikelihood(rows, entries, zeroShare, candidate);
      if (value > best.value) best = { zeroShare, dispersion: candidate, value };
    }
  }
  return best.zeroShare > 0 ? best : null;
}

function logLikelihood({ mean, quantity }: Rows, entries: readonly number[], zeroShare: number, dispersion: number): number {
  const size = 1 / dispersion;
  const constant = gammaln(size);
  let sum = 0;
  for (const k of entries) {
    const part = Math.max(LEAST_MEAN, mean[k]) / (1 - zeroShare);
    const none = size * Math.log(size / (size + part));
    if (quantity[k] === 0) sum += Math.log(zeroShare + (1 - zeroShare) * Math.exp(none));
    else
      sum +=
        Math.log(1 - zeroShare) +
        none +
        gammaln(quantity[k] + size) -
        constant -
        gammaln(quantity[k] + 1) +
        quantity[k] * Math.log(part / (part + size));
  }
  return sum;
}

/** Sum of products of errors of the same forecast over what it would be if the whole dispersion were common; items count by their relative errors. */
function commonPart({ horizon, item, mean, quantity }: PastForecasts, dispersion: Float64Array, zeroShare: Float64Array): number {
  let products = 0;
  let expected = 0;
  for (let row = 0; row < item.length; row++) {
    const whole = totalDispersion({ dispersion, zeroShare }, item[row]);
    for (let a = row * horizon; a < (row + 1) * horizon; a++) {
      for (let b = row * horizon; b < a; b++) {
        if (Number.isNaN(quantity[a] + quantity[b])) continue;
        const scale = Math.sqrt((mean[a] + whole * mean[a] ** 2) * (mean[b] + whole * mean[b] ** 2));
        if (!(scale > 0)) continue;
        products += ((quantity[a] - mean[a]) * (quantity[b] - mean[b])) / scale;
        expected += (whole * mean[a] * mean[b]) / scale;
      }
    }
  }
  return expected > 0 ? Math.max(0, Math.min(1, products / expected)) : 0;
}
