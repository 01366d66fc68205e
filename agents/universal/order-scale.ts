import type { ItemFacts } from './item-facts.ts';

/** The network says how good orders are at so many places, evenly spread around the order of the quick rule. */
export const KNOTS = 25;
const CENTRE = (KNOTS - 1) / 2;
const STEPS_PER_DEVIATION = 3;

/** Distance of two places in an item's own units: the spread of its demand says how fine a difference matters. */
export function knotStep({ sd }: Pick<ItemFacts, 'sd'>): number {
  return sd / STEPS_PER_DEVIATION;
}

/** The largest order that is thought of. */
export function largestOrder({ mean, sd }: Pick<ItemFacts, 'mean' | 'sd'>): number {
  return Math.ceil(mean + 4 * sd) + 1;
}

/** The order that a place stands for: whole, and none below 0. */
function orderAt(knot: number, centre: number, step: number): number {
  return Math.max(0, Math.round(centre + (knot - CENTRE) * step));
}

/** First and last whole orders between the places. */
function leastWithin(centre: number, step: number): number {
  return Math.max(0, Math.ceil(centre - CENTRE * step));
}
function mostWithin(centre: number, step: number): number {
  return Math.floor(centre + CENTRE * step);
}

/** Orders to try around one, each once: all whole ones within reach of the places, or one for each place where they are further apart than a unit. */
export function triedOrders(centre: number, step: number): number[] {
  if (step <= 1) {
    const least = leastWithin(centre, step);
    return Array.from({ length: mostWithin(centre, step) - least + 1 }, (_, k) => least + k);
  }
  return [...new Set(Array.from({ length: KNOTS }, (_, knot) => orderAt(knot, centre, step)))];
}

/** Where an order is among the places, 0 to KNOTS - 1, or NaN beyond them. */
export function placeOf(order: number, centre: number, step: number): number {
  const place = CENTRE + (order - centre) / step;
  return place >= 0 && place <= KNOTS - 1 ? place : Number.NaN;
}

/** The value at a place, between two of them on the line through both. */
function valueAt(outputs: ArrayLike<number>, place: number): number {
  const below = place >= KNOTS - 1 ? KNOTS - 2 : place <= 0 ? 0 : Math.floor(place);
  return outputs[below] + (outputs[below + 1] - outputs[below]) * (place - below);
}

/** The whole order of the largest value; the smallest of those that tie. Where places are further apart than a unit, by the parabola through the best place and its neighbours. */
export function bestOrder(outputs: ArrayLike<number>, centre: number, step: number): number {
  return step <= 1 ? bestOfAll(outputs, centre, step) : bestBetween(outputs, centre, step);
}

function bestOfAll(outputs: ArrayLike<number>, centre: number, step: number): number {
  const perUnit = 1 / step;
  const last = mostWithin(centre, step);
  let order = leastWithin(centre, step);
  let best = order;
  let most = Number.NEGATIVE_INFINITY;
  for (let place = CENTRE + (order - centre) * perUnit; order <= last; order++, place += perUnit) {
    const value = valueAt(outputs, place);
    if (value > most) {
      most = value;
      best = order;
    }
  }
  return best;
}

function bestBetween(outputs: ArrayLike<number>, centre: number, step: number): number {
  const none = CENTRE - centre / step;
  const first = Math.max(0, Math.ceil(none));
  let best = first;
  for (let knot = first + 1; knot < KNOTS; knot++) if (outputs[knot] > outputs[best]) best = knot;
  if (none >= 0 && valueAt(outputs, none) >= outputs[best]) return 0;
  return orderAt(best > first ? best + summit(outputs, best).shift : best, centre, step);
}

/** The parabola through a place of large value and its neighbours: how far its highest point is from the place, and how far above it. */
function summit(outputs: ArrayLike<number>, knot: number): { readonly shift: number; readonly rise: number } {
  if (knot <= 0 || knot >= KNOTS - 1) return { shift: 0, rise: 0 };
  const before = outputs[knot] - outputs[knot - 1];
  const after = outputs[knot + 1] - outputs[knot];
  if (!(before > after)) return { shift: 0, rise: 0 };
  return { shift: (before + after) / (2 * (before - after)), rise: (before + after) ** 2 / (8 * (before - after)) };
}

export interface ValuedOrders {
  readonly orders: readonly number[];
  readonly values: readonly number[];
}

/** Orders within reach with their values, the best one among them. */
export function orderValues(outputs: ArrayLike<number>, centre: number, step: number): ValuedOrders {
  const best = bestOrder(outputs, centre, step);
  const orders = [...new Set([...triedOrders(centre, step), best])].sort((a, b) => a - b);
  const values = orders.map((order) => valueAt(outputs, CENTRE + (order - centre) / step));
  if (step <= 1 || best === 0) return { orders, values };
  const top = Math.max(...values) + summit(outputs, Math.round(CENTRE + (best - centre) / step)).rise;
  return { orders, values: values.map((value, k) => (orders[k] === best ? top : value)) };
}
