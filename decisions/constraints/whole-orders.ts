import { expectedCost } from '../recommend/item-plan.ts';
import type { OrderChoice } from './order-choice.ts';
import type { ProgramLimit } from './order-program.ts';

/**
 * Whole batches near the amounts of a program in which they need not be whole: rounded down, left out where so little is not worth the order's cost, then filled
 * up batch by batch where money or room is left, those first that save most of the expected cost for what they take; and before all others those that a
 * supplier's minimum lacks.
 */
export function wholeOrders(choices: readonly OrderChoice[], amounts: Float64Array, limits: readonly ProgramLimit[]): Float64Array {
  const orders = Float64Array.from(choices, (choice, i) => {
    const down = Math.floor(amounts[i] / choice.lot + 1e-6) * choice.lot;
    return down < choice.plan.terms.minimumOrder || !paysItsCost(choice, down) ? 0 : down;
  });
  const used = limits.map(({ weight }) => choices.reduce((sum, choice, i) => sum + weight(choice) * orders[i], 0));
  const add = (i: number, units: number) => {
    orders[i] += units;
    for (const [k, { weight }] of limits.entries()) used[k] += units * weight(choices[i]);
  };
  const fits = (i: number, units: number) =>
    limits.every(({ kind, bound, weight }, k) => kind === 'least' || used[k] + units * weight(choices[i]) <= bound + 1e-9);
  const lacking = (i: number) =>
    limits.some(({ kind, bound, weight }, k) => kind === 'least' && weight(choices[i]) > 0 && used[k] > 0 && used[k] < bound);
  const worth = ({ i, units }: { readonly i: number; readonly units: number }) =>
    saving(choices[i], orders[i], units) / taken(choices[i], units, limits);
  fill((i) => amounts[i] > orders[i] + 1e-6);
  for (const [k, { kind, bound, weight }] of limits.entries()) if (kind === 'least') reachMinimum(k, bound, weight);
  while (fill((i) => orders[i] > 0 || unbound(i)));
  return orders;

  /** Goes through the next batch of each of some items, the worthiest first. Was any added? */
  function fill(some: (i: number) => boolean): boolean {
    const candidates = choices.flatMap((choice, i) => {
      const units = nextUnits(choice, orders[i]);
      return units > 0 && some(i) && fits(i, units) ? [{ i, units, worth: worth({ i, units }) }] : [];
    });
    let added = false;
    for (const { i, units } of candidates.toSorted((a, b) => b.worth - a.worth)) {
      const wanted = orders[i] + units <= choices[i].wanted + 1e-9 && paysItsCost(choices[i], orders[i] + units);
      if (!fits(i, units) || !(wanted || lacking(i))) continue;
      add(i, units);
      added = true;
    }
    return added;
  }

  /** Does no minimum speak against ordering of an item's supplier? */
  function unbound(i: number): boolean {
    return limits.every(({ kind, weight }, k) => kind === 'most' || weight(choices[i]) === 0 || used[k] > 0);
  }

  /** Further batches of the supplier's items until its minimum is reached: it was worth it in the program. */
  function reachMinimum(k: number, bound: number, weight: ProgramLimit['weight']): void {
    while (used[k] > 0 && used[k] < bound - 1e-9) {
      const own = choices.flatMap((choice, i) =>
        weight(choice) > 0 && orders[i] > 0 && fits(i, choice.lot) ? [{ i, units: choice.lot }] : [],
      );
      if (own.length === 0) return;
      const best = own.reduce((a, b) => (worth(b) > worth(a) ? b : a));
      add(best.i, best.units);
    }
  }
}

/** Is an order worth what placing it costs? */
function paysItsCost({ pieces, fixed }: OrderChoice, order: number): boolean {
  if (fixed === 0 || order === 0) return true;
  let left = order;
  let cost = fixed;
  for (const { width, slope } of pieces) {
    cost += Math.min(width, left) * slope;
    left -= Math.min(width, left);
  }
  return cost < 0;
}

/** [units] from an order to the next that can be placed. */
function nextUnits({ lot, most, plan }: OrderChoice, order: number): number {
  const next = order > 0 ? order + lot : Math.max(lot, Math.ceil(plan.terms.minimumOrder / lot) * lot);
  return next <= most + 1e-9 ? next - order : 0;
}

/** [money] by which the expected cost falls. */
function saving({ plan }: OrderChoice, order: number, units: number): number {
  return expectedCost(plan, order) - expectedCost(plan, order + units);
}

/** What units take of the limits that there are, each as a part of its bound. */
function taken(choice: OrderChoice, units: number, limits: readonly ProgramLimit[]): number {
  const most = limits.filter(({ kind }) => kind === 'most');
  return most.reduce((sum, { weight, bound }) => sum + (units * weight(choice)) / Math.max(bound, 1e-9), 1e-12 * units);
}
