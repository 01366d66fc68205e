import { createStream } from '../../env/index.ts';
import { solveCholesky } from '../cholesky.ts';
import { cosine, isBlank } from '../embedding/index.ts';

/** An item that sells at the time when another one is introduced. */
export interface SellingItem {
  /** Log of 1 + units sold a week of late. */
  readonly rate: number;
  /** Log of its price. */
  readonly price: number;
  readonly vector: Float32Array | null;
}

/** An item on the day when it is introduced. */
export interface Introduction {
  /** Log of its price. */
  readonly price: number;
  readonly vector: Float32Array | null;
  /** What sells then. */
  readonly selling: readonly SellingItem[];
}

/** Items most alike that are looked at, and by how much a cosine must fall for their weight to fall by e. */
const ANALOGUES = 20;
const SHARPNESS = 0.05;
/** Items nearest in price whose mean rate says what a price promises. */
const PRICE_PEERS = 50;
const PENALTY = 3;
const FOLDS = 5;

/**
 * Numbers that a new item's first sales are read from: its price, what items of that price sell, and, where there are texts, what the items
 * described most alike sell. Joining the text's vector itself to these is worth almost nothing.
 */
export function introductionFeatures({ price, vector, selling }: Introduction): number[] {
  const features = [price, price * price, priceMean(price, selling)];
  if (vector === null) return features;
  const alike: { readonly likeness: number; readonly item: SellingItem }[] = [];
  for (const item of isBlank(vector) ? [] : selling) {
    if (item.vector && !isBlank(item.vector)) alike.push({ likeness: cosine(vector, item.vector), item });
  }
  alike.sort((a, b) => b.likeness - a.likeness);
  const nearest = alike.slice(0, ANALOGUES);
  if (nearest.length === 0) return [...features, features[2], features[2], 0, features[2], 0];
  const weights = nearest.map(({ likeness }) => Math.exp((likeness - nearest[0].likeness) / SHARPNESS));
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = (value: (item: SellingItem) => number) => nearest.reduce((sum, { item }, k) => sum + weights[k] * value(item), 0) / total;
  const plain = nearest.reduce((sum, { item }) => sum + item.rate, 0) / nearest.length;
  return [...features, mean(({ rate }) => rate), plain, nearest[0].likeness, nearest[0].item.rate, mean((item) => item.price - price)];
}

/** Log of 1 + units a period that the items described most alike sell; where nothing is described, those of like prices. */
export function rateOfAlike(item: Introduction): number {
  const [, , likePriced, likeDescribed] = introductionFeatures(item);
  return likeDescribed ?? likePriced;
}

function priceMean(price: number, selling: readonly SellingItem[]): number {
  const nearest = [...selling].sort((a, b) => Math.abs(a.price - price) - Math.abs(b.price - price)).slice(0, PRICE_PEERS);
  return nearest.length > 0 ? nearest.reduce((sum, { rate }) => sum + rate, 0) / nearest.length : 0;
}

/** Forecasts what sells in the first periods of new items. */
export interface IntroductionModel {
  /** Units at that level of the distribution: 0.5 for the median. */
  quantile(features: readonly number[], level: number): number;
}

/**
 * Ridge regression of log(1 + units) on standardised features; quantiles of out-of-fold residuals are added, and forecasts stay within what was
 * seen. `seed` divides the folds.
 */
export function fitIntroductions(features: readonly (readonly number[])[], units: readonly number[], seed = 0): IntroductionModel {
  const logs = units.map(Math.log1p);
  const stream = createStream(seed, 'folds of introductions');
  const folds = logs.map((_, k) => k % FOLDS);
  for (let k = folds.length - 1; k > 0; k--) {
    const other = stream.integer(k + 1);
    [folds[k], folds[other]] = [folds[other], folds[k]];
  }
  const residuals: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const kept = [...logs.keys()].filter((k) => folds[k] !== fold);
    const predict = fitRidge(
      kept.map((k) => features[k]),
      kept.map((k) => logs[k]),
    );
    for (let k = 0; k < logs.length; k++) if (folds[k] === fold) residuals.push(logs[k] - predict(features[k]));
  }
  residuals.sort((a, b) => a - b);
  const predict = fitRidge(features, logs);
  const least = Math.min(...logs);
  const most = Math.max(...logs);
  return {
    quantile(row, level) {
      const at = level * (residuals.length - 1);
      const below = residuals[Math.floor(at)];
      const shift = below + (at - Math.floor(at)) * (residuals[Math.ceil(at)] - below);
      return Math.expm1(Math.min(most, Math.max(least, predict(row) + shift)));
    },
  };
}

function fitRidge(features: readonly (readonly number[])[], y: readonly number[]): (row: readonly number[]) => number {
  const width = features[0].length;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const centres = Array.from({ length: width }, (_, c) => mean(features.map((row) => row[c])));
  const scales = centres.map((centre, c) => Math.sqrt(mean(features.map((row) => (row[c] - centre) ** 2))) || 1);
  const level = mean(y);
  const matrix = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (const [k, row] of features.entries()) {
    const z = row.map((value, c) => (value - centres[c]) / scales[c]);
    for (let a = 0; a < width; a++) {
      right[a] += z[a] * (y[k] - level);
      for (let b = 0; b <= a; b++) matrix[a * width + b] += z[a] * z[b];
    }
  }
  for (let a = 0; a < width; a++) matrix[a * width + a] += PENALTY;
  const slopes = solveCholesky(matrix, right, width);
  return (row) => row.reduce((sum, value, c) => sum + (slopes[c] * (value - centres[c])) / scales[c], level);
}
