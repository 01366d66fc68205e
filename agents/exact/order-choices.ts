import type { OrderBounds } from './stock-model.ts';

/**
 * Every combination of whole orders on the arcs within the bounds, for an inventory position: [choice][arc] flat. Never none: where the position
 * is beyond the bounds already it is to order nothing. Answers are kept by position.
 */
export function orderChoices(bounds: OrderBounds, arcs: number): (position: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (position) => {
    let choices = known.get(position);
    if (!choices) {
      choices = combinations(bounds, arcs, position);
      known.set(position, choices);
    }
    return choices;
  };
}

function combinations({ largestOrder, lowestPosition, highestPosition }: OrderBounds, arcs: number, position: number): Float64Array {
  const most = Math.max(0, Math.floor(highestPosition - position));
  const least = Math.max(0, Math.min(most, Math.ceil(lowestPosition - position)));
  const found: number[] = [];
  const orders: number[] = new Array(arcs).fill(0);
  const visit = (arc: number, used: number): void => {
    if (arc === arcs) {
      if (used >= least || used === arcs * largestOrder) found.push(...orders);
      return;
    }
    for (let quantity = 0; quantity <= Math.min(largestOrder, most - used); quantity++) {
      orders[arc] = quantity;
      visit(arc + 1, used + quantity);
    }
  };
  visit(0, 0);
  return found.length > 0 ? Float64Array.from(found) : new Float64Array(arcs);
}
