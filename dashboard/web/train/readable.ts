/** Heights of all that counts, above it: from how much on the start of a curve is left out, and how much of it is then still shown. */
const BEYOND = { from: 4, shown: 1 } as const;

/**
 * How high a plot of a learning curve reaches; Infinity: as high as the curve. An agent that knows nothing yet may cost a hundred times what it costs
 * at last: with its first points in sight, the distance to the levels that it is held against would be no wider than a line.
 */
export function readableTop(curve: readonly number[], levels: readonly number[]): number {
  const late = curve.slice(Math.floor(curve.length / 2));
  const top = Math.max(...late, ...levels);
  const height = top - Math.min(...curve, ...levels);
  return height > 0 && Math.max(...curve) > top + BEYOND.from * height ? top + BEYOND.shown * height : Number.POSITIVE_INFINITY;
}
