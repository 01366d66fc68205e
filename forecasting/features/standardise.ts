import type { FeatureRows } from './rows.ts';

/** Centre and scale of each feature, as seen while learning. */
export interface Scaling {
  readonly centres: Float64Array;
  readonly scales: Float64Array;
}

/** Features stray no farther than this from their centre, in scales: what was never seen is not extrapolated. */
const FARTHEST = 4;
const LEAST_SCALE = 1e-3;

/** Mean and standard deviation of each feature over the rows. */
export function measureScaling({ names, count, x }: Pick<FeatureRows, 'names' | 'count' | 'x'>): Scaling {
  const width = names.length;
  const centres = new Float64Array(width);
  const scales = new Float64Array(width);
  for (let at = 0; at < count * width; at += width) for (let k = 0; k < width; k++) centres[k] += x[at + k] / count;
  for (let at = 0; at < count * width; at += width) for (let k = 0; k < width; k++) scales[k] += (x[at + k] - centres[k]) ** 2 / count;
  for (let k = 0; k < width; k++) scales[k] = Math.max(LEAST_SCALE, Math.sqrt(scales[k]));
  return { centres, scales };
}

/** Standardises rows of features in place. */
export function standardise(x: Float64Array, { centres, scales }: Scaling): void {
  const width = centres.length;
  for (let at = 0; at < x.length; at += width) {
    for (let k = 0; k < width; k++) x[at + k] = Math.max(-FARTHEST, Math.min(FARTHEST, (x[at + k] - centres[k]) / scales[k]));
  }
}
