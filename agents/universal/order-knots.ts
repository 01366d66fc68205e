/** The network says how good orders are at so many places, evenly spread from 0 to the largest order. */
export const KNOTS = 25;

/** Whole orders between knots: the value of order q is outputs[below[q]] x (1 - part[q]) + outputs[below[q] + 1] x part[q]. */
export interface OrderScale {
  readonly largest: number;
  readonly below: Int32Array;
  readonly part: Float64Array;
}

export function orderScale(largest: number): OrderScale {
  const below = new Int32Array(largest + 1);
  const part = new Float64Array(largest + 1);
  for (let order = 0; order <= largest; order++) {
    const place = (order / largest) * (KNOTS - 1);
    below[order] = Math.min(KNOTS - 2, Math.floor(place));
    part[order] = place - below[order];
  }
  return { largest, below, part };
}

/** The whole order of the largest value; the smallest of those that tie. */
export function bestOrder(outputs: Float64Array, { largest, below, part }: OrderScale): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let order = 0; order <= largest; order++) {
    const at = below[order];
    const value = outputs[at] + (outputs[at + 1] - outputs[at]) * part[order];
    if (value > most) {
      most = value;
      best = order;
    }
  }
  return best;
}

/** Orders that are tried in training: all where there are few, else one at each knot. */
export function triedOrders(largest: number): number[] {
  if (largest < KNOTS) return Array.from({ length: largest + 1 }, (_, order) => order);
  return Array.from({ length: KNOTS }, (_, knot) => Math.round((knot * largest) / (KNOTS - 1)));
}
