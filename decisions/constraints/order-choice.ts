import { expectedCost, type ItemPlan } from '../recommend/item-plan.ts';

/** What can be ordered of an item, and what each quantity is expected to cost. */
export interface OrderChoice {
  readonly plan: ItemPlan;
  readonly supplier: string;
  /** [units] without limits. */
  readonly wanted: number;
  /** [units] orders are whole multiples of it. */
  readonly lot: number;
  /** [units] the most that is thought of: beyond what is wanted only to reach a supplier's minimum. */
  readonly most: number;
  /** [units] widths of the pieces of the cost curve from 0 to `most`, and the slope of each [money/unit], rising. */
  readonly pieces: readonly { readonly width: number; readonly slope: number }[];
}

/** Pieces that a cost curve is made of; what is lost is small beside what a forecast does not know. */
const PIECES = 8;

/** The choice of an item. Its cost over the cover is convex in the order: a curve of straight pieces whose slopes rise. */
export function orderChoice(
  plan: ItemPlan,
  { wanted, lot, beyond }: { readonly wanted: number; readonly lot: number; readonly beyond: number },
): OrderChoice {
  const most = Math.max(wanted, Math.ceil((wanted + beyond) / lot) * lot);
  const lots = Math.round(most / lot);
  const count = Math.min(PIECES, lots);
  const pieces: { width: number; slope: number }[] = [];
  let before = 0;
  let cost = withoutFixedCost(plan, 0);
  for (let k = 1; k <= count; k++) {
    const at = Math.round((k * lots) / count) * lot;
    const next = withoutFixedCost(plan, at);
    // Rounding in the tables could make a slope fall by a hair.
    const slope = Math.max(pieces.at(-1)?.slope ?? Number.NEGATIVE_INFINITY, (next - cost) / (at - before));
    pieces.push({ width: at - before, slope });
    before = at;
    cost = next;
  }
  return { plan, supplier: plan.terms.supplier, wanted, lot, most, pieces };
}

/** Whole pallets instead of what is wanted: the number around it that is expected to cost least. */
export function wholePallets(plan: ItemPlan, wanted: number): number {
  const { packSize } = plan.terms;
  if (packSize === 0 || wanted === 0) return wanted;
  const fewer = Math.floor(wanted / packSize) * packSize;
  const more = Math.ceil(wanted / packSize) * packSize;
  return expectedCost(plan, fewer) <= expectedCost(plan, more) ? fewer : more;
}

function withoutFixedCost(plan: ItemPlan, order: number): number {
  return expectedCost(plan, order) - (order > 0 ? plan.terms.orderCost : 0);
}
