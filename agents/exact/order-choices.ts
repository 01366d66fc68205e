import { type Network, quantityTaken } from '../../env/index.ts';
import type { OrderBounds } from './order-bounds.ts';
import { positionOf, stateLayout } from './state-layout.ts';

/**
 * Every combination of whole orders within the bounds that the links take as they are, for the state that starts at `at` of `rows`: [choice][arc]
 * flat. Never none: where a position within the bounds is out of reach the choices are those that come nearest. Answers are kept.
 */
export function orderChoices(bounds: OrderBounds, network: Network): (rows: Float64Array, at: number) => Float64Array {
  const layout = stateLayout(network);
  const quantities = network.arcs.map((arc) => {
    const most = Math.min(bounds.largestOrder, bounds.highestPosition - Math.min(0, bounds.floor));
    return Array.from({ length: Math.floor(most) + 1 }, (_, q) => q).filter((q) => quantityTaken(arc, 0, q) === q);
  });
  const known = new Map<string, Float64Array>();
  return (rows, at) => {
    const position = positionOf(layout, rows, at);
    const works = layout.available.map((component) => component < 0 || rows[at + component] === 1);
    const key = `${position} ${works.join()}`;
    let choices = known.get(key);
    if (!choices) {
      choices = combinations(
        quantities.map((all, arc) => (works[arc] ? all : [0])),
        bounds,
        position,
      );
      known.set(key, choices);
    }
    return choices;
  };
}

function combinations(quantities: readonly (readonly number[])[], bounds: OrderBounds, position: number): Float64Array {
  const most = Math.max(0, Math.floor(bounds.highestPosition - position));
  let needed = Math.max(0, Math.min(most, Math.ceil(bounds.lowestPosition - position)));
  const orders: number[] = new Array(quantities.length).fill(0);
  let largest = 0;
  let found: number[] = [];
  const visit = (arc: number, used: number): void => {
    if (arc === quantities.length) {
      largest = Math.max(largest, used);
      if (used >= needed) found.push(...orders);
      return;
    }
    for (const quantity of quantities[arc]) {
      if (used + quantity > most) break;
      orders[arc] = quantity;
      visit(arc + 1, used + quantity);
    }
  };
  visit(0, 0);
  if (found.length === 0) {
    needed = largest;
    found = [];
    visit(0, 0);
  }
  return Float64Array.from(found);
}
