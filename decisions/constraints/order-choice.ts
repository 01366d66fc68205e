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
  readonly pieces: readonly CostPiece[];
  /** [money] of placing an order at all: no more than what is wanted saves, so that nothing but limits keeps it from being ordered. */
  readonly fixed: number;
}

interface CostPiece {
  readonly width: number;
  readonly slope: number;
}

/** Part of a unit's cost by which what is wanted is preferred to nothing, and nothing to what is not, whatever else it costs. */
const HAIR = 1e-6;

/**
 * The choice of an item, its curve made of `pieces` pieces up to what is wanted and as many beyond. Its cost over the cover is convex in the order: a curve of straight pieces whose slopes rise. What is wanted is ordered
 * where the limits let it, though the service that is aimed at may be more than costs alone would have.
 */
export function orderChoice(
  plan: ItemPlan,
  { wanted, lot, beyond, pieces }: { readonly wanted: number; readonly lot: number; readonly beyond: number; readonly pieces: number },
): OrderChoice {
  const most = beyond > 0 ? Math.ceil((wanted + beyond) / lot) * lot : wanted;
  const hair = HAIR * (plan.terms.unitCost + 1);
  const inside = piecesOf(plan, { from: 0, to: wanted, lot, count: pieces }).map(({ width, slope }) => ({
    width,
    slope: Math.min(slope, -hair),
  }));
  const outside = piecesOf(plan, { from: wanted, to: most, lot, count: pieces }).map(({ width, slope }) => ({
    width,
    slope: Math.max(slope, plan.terms.holdingCost, hair),
  }));
  const saved = -inside.reduce((sum, { width, slope }) => sum + width * slope, hair);
  const fixed = Math.max(0, Math.min(plan.terms.orderCost, saved));
  return { plan, supplier: plan.terms.supplier, wanted, lot, most, pieces: [...inside, ...outside], fixed };
}

function piecesOf(
  plan: ItemPlan,
  { from, to, lot, count }: { readonly from: number; readonly to: number; readonly lot: number; readonly count: number },
): CostPiece[] {
  const lots = Math.round((to - from) / lot);
  const pieces: CostPiece[] = [];
  let before = from;
  let cost = withoutFixedCost(plan, from);
  for (let k = 1; k <= Math.min(count, lots); k++) {
    const at = from + Math.round((k * lots) / Math.min(count, lots)) * lot;
    const next = withoutFixedCost(plan, at);
    // Rounding in the tables could make a slope fall by a hair.
    const slope = Math.max(pieces.at(-1)?.slope ?? Number.NEGATIVE_INFINITY, (next - cost) / (at - before));
    pieces.push({ width: at - before, slope });
    before = at;
    cost = next;
  }
  return pieces;
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
