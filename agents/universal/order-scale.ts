import { type ItemFacts, isPlain } from './item-facts.ts';
import type { QuickLevels } from './quick-rule.ts';

/** The network says how good orders are at so many places, evenly spread around what the quick rule's levels lack, and, at one more, how good it is to order nothing. */
export const KNOTS = 25;
export const NOTHING = KNOTS;
export const OUTPUTS = KNOTS + 1;
/** Orders tried in a state, at most. */
export const MOST_TRIED = KNOTS + 1;

const CENTRE = (KNOTS - 1) / 2;
const STEPS_PER_DEVIATION = 3;
const STEPS_PER_ORDER = 24;
const STEPS_PER_LOT = 6;

/** How an item's orders are valued, in its own units. */
export interface OrderScale {
  /** Distance of two places. */
  readonly step: number;
  /** Orders are multiples of it, and but for 0 at least `least`. */
  readonly lot: number;
  readonly least: number;
  /** Is to order nothing another thing than to order little? */
  readonly apart: boolean;
}

/**
 * The spread of demand says how fine a difference matters, and the size of orders and lots how far apart they lie. Where the spread is large beside the levels,
 * steps of its size are too coarse for them: there are at least `perLevel` steps up to S, as far as whole orders allow.
 */
export function orderScale(facts: ItemFacts, { s, S }: Pick<QuickLevels, 's' | 'S'>, perLevel: number): OrderScale {
  const { sd, lot, least } = facts;
  const apart = !isPlain(facts);
  const fine = Math.min(sd / STEPS_PER_DEVIATION, perLevel > 0 ? Math.max(lot, S / perLevel) : Number.POSITIVE_INFINITY);
  const step = apart ? Math.max(fine, (S - s) / STEPS_PER_ORDER, lot / STEPS_PER_LOT) : fine;
  return { step, lot, least: apart ? least : 0, apart };
}

/** The largest order within reach of the places around the largest centre. */
export function largestOrder({ step, lot, least }: OrderScale, { S, r }: Pick<QuickLevels, 'S' | 'r'>): number {
  return Math.ceil(Math.max(least, Math.min(S, r)) + CENTRE * step + lot);
}

/** The order that a place stands for, and the first and the last that are between places. */
function orderAt(knot: number, centre: number, { step, lot, least }: OrderScale): number {
  return Math.max(least, Math.round((centre + (knot - CENTRE) * step) / lot) * lot);
}
function leastWithin(centre: number, { step, lot, least }: OrderScale): number {
  return Math.max(least, Math.ceil((centre - CENTRE * step) / lot - NEARLY) * lot);
}
function mostWithin(centre: number, { step, lot }: OrderScale): number {
  return Math.floor((centre + CENTRE * step) / lot + NEARLY) * lot;
}
/** Rounding errors that count as none, in lots. */
const NEARLY = 1e-9;

/** Orders to try around what is lacking, each once: all within reach of the places, or one for each place where they are further apart than lots; and to order nothing, where that is apart. */
export function triedOrders(centre: number, scale: OrderScale): number[] {
  const { step, lot, apart } = scale;
  const nothing = apart ? [0] : [];
  if (step > lot) return [...new Set([...nothing, ...Array.from({ length: KNOTS }, (_, knot) => orderAt(knot, centre, scale))])];
  const first = leastWithin(centre, scale);
  const count = Math.max(0, Math.round((mostWithin(centre, scale) - first) / lot) + 1);
  return [...nothing, ...Array.from({ length: count }, (_, k) => first + k * lot)];
}

/** Where an order is among the places, 0 to KNOTS - 1, or NOTHING, or NaN where it is none of them. */
export function placeOf(order: number, centre: number, { step, apart }: OrderScale): number {
  if (apart && order === 0) return NOTHING;
  const place = CENTRE + (order - centre) / step;
  return place >= 0 && place <= KNOTS - 1 ? place : Number.NaN;
}

/** The places whose values make up that of one: the first of them; the other, where there is one, follows it. */
export function placeBelow(place: number): number {
  return place >= NOTHING ? NOTHING : place >= KNOTS - 1 ? KNOTS - 2 : place <= 0 ? 0 : Math.floor(place);
}

/** The value at a place, between two of them on the line through both. */
export function valueAt(outputs: ArrayLike<number>, place: number): number {
  const below = placeBelow(place);
  return below === NOTHING ? outputs[NOTHING] : outputs[below] + (outputs[below + 1] - outputs[below]) * (place - below);
}

/** The order of the largest value; the smallest of those that tie. Where places are further apart than lots, by the parabola through the best place and its neighbours. */
export function bestOrder(outputs: ArrayLike<number>, centre: number, scale: OrderScale): number {
  return scale.step <= scale.lot ? bestOfAll(outputs, centre, scale) : bestBetween(outputs, centre, scale);
}

function bestOfAll(outputs: ArrayLike<number>, centre: number, scale: OrderScale): number {
  const { step, lot, apart } = scale;
  const perLot = lot / step;
  const last = mostWithin(centre, scale) + NEARLY;
  let order = leastWithin(centre, scale);
  let best = apart ? 0 : order;
  let most = apart ? outputs[NOTHING] : Number.NEGATIVE_INFINITY;
  for (let place = CENTRE + (order - centre) / step; order <= last; order += lot, place += perLot) {
    const value = valueAt(outputs, place);
    if (value > most) {
      most = value;
      best = order;
    }
  }
  return best;
}

function bestBetween(outputs: ArrayLike<number>, centre: number, scale: OrderScale): number {
  const { step, least, apart } = scale;
  const start = CENTRE + (least - centre) / step;
  const first = Math.max(0, Math.ceil(start));
  if (first >= KNOTS) return 0;
  let best = first;
  for (let knot = first + 1; knot < KNOTS; knot++) if (outputs[knot] > outputs[best]) best = knot;
  const { shift, rise } = best > first ? summit(outputs, best) : { shift: 0, rise: 0 };
  if (apart) return outputs[NOTHING] >= outputs[best] + rise ? 0 : orderAt(best + shift, centre, scale);
  if (start >= 0 && valueAt(outputs, start) >= outputs[best]) return 0;
  return orderAt(best + shift, centre, scale);
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
export function orderValues(outputs: ArrayLike<number>, centre: number, scale: OrderScale): ValuedOrders {
  const { step, lot } = scale;
  const best = bestOrder(outputs, centre, scale);
  const orders = [...new Set([...triedOrders(centre, scale), best])].sort((a, b) => a - b);
  const values = orders.map((order) => {
    const place = placeOf(order, centre, scale);
    return valueAt(outputs, Number.isNaN(place) ? CENTRE + (order - centre) / step : place);
  });
  if (step <= lot || best === 0) return { orders, values };
  const top = Math.max(...values) + summit(outputs, Math.round(CENTRE + (best - centre) / step)).rise;
  return { orders, values: values.map((value, k) => (orders[k] === best ? top : value)) };
}
