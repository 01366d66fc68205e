import { expectedCost } from '../recommend/item-plan.ts';
import type { OrderChoice } from './order-choice.ts';
import type { ProgramLimit } from './order-program.ts';

/**
 * Whole batches near the amounts of a program in which they need not be whole: rounded down, then filled up batch by batch where a limit's money or room
 * is left, those first that save most of the expected cost for what they take; and before all others those that a supplier's minimum lacks.
 */
export function wholeOrders(choices: readonly OrderChoice[], amounts: Float64Array, limits: readonly ProgramLimit[]): Float64Array {
  const orders = Float64Array.from(choices, ({ lot, plan }, i) => {
    const down = Math.floor(amounts[i] / lot + 1e-6) * lot;
    return down < plan.terms.minimumOrder ? 0 : down;
  });
  const used = limits.map(({ weight }) => choices.reduce((sum, choice, i) => sum + weight(choice) * orders[i], 0));
  const add = (i: number, units: number) => {
    orders[i] += units;
    for (const [k, { weight }] of limits.entries()) used[k] += units * weight(choices[i]);
  };
  const fits = (i: number, units: number) =>
    limits.every(({ kind, bound, weight }, k) => kind === 'least' || used[k] + units * weight(choices[i]) <= bound + 1e-9);
  const candidates = choices
    .map((choice, i) => ({ i, units: nextUnits(choice, orders[i]) }))
    .filter(({ i, units }) => units > 0 && amounts[i] > orders[i] + 1e-6);
  const worth = ({ i, units }: { readonly i: number; readonly units: number }) =>
    saving(choices[i], orders[i], units) / taken(choices[i], units, limits);
  for (const candidate of candidates.toSorted((a, b) => worth(b) - worth(a))) {
    const { i, units } = candidate;
    const lacking = limits.some(
      ({ kind, bound, weight }, k) => kind === 'least' && weight(choices[i]) > 0 && used[k] > 0 && used[k] < bound,
    );
    if (fits(i, units) && (lacking || orders[i] + units <= choices[i].wanted + 1e-9)) add(i, units);
  }
  for (const [k, { kind, bound, weight }] of limits.entries()) if (kind === 'least') reachMinimum(k, bound, weight);
  return orders;

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
