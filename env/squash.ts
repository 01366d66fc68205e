/** Kept away from 0 in divisions [units, units²]. */
export const TINY = 1e-6;

/** Linear near 0, slow growth far out: a lane with a mountain of stock must not drown the others. */
export function squash(x: number): number {
  return x > 4 ? 4 + Math.log(x - 3) : x < -4 ? -4 - Math.log(-x - 3) : x;
}
