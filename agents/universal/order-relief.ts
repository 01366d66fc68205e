import { normalBelow } from '../../env/index.ts';

/** Halvings of the range that the answer is looked for in. */
const HALVINGS = 32;
/** [standard deviations] Beyond these hardly anything is left of a normal distribution. */
const FARTHEST = 8;

/**
 * How far a reorder point may be below the stock that lasts with a chance of `level`, where an order adds `order` to it, all in standard deviations of the
 * demand that it must last for. The position is evenly spread over the order, so what has to come to the level is the chance on average over it: the optimality
 * condition of (s, nQ) for demand that waits (Zipkin, Foundations of Inventory Management, section 6.5), for normal demand.
 */
export function orderRelief(level: number, order: number): number {
  if (!(order > 0)) return 0;
  const chance = (z: number) => (roomBelow(z + order) - roomBelow(z)) / order;
  return zeroOf((z) => normalBelow(z) - level, 0) - zeroOf((z) => chance(z) - level, order);
}

/** Integral of the chance to be below, up to z. */
function roomBelow(z: number): number {
  return z * normalBelow(z) + Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Where a function that rises is 0. */
function zeroOf(rising: (z: number) => number, order: number): number {
  let low = -FARTHEST - order;
  let high = FARTHEST;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
