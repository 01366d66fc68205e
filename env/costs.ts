import type { Network } from './network.ts';

/** Money of the last period, [lane] each. Cost = holding + shortage + fixed + unit + transit + disposal + overflow - revenue. */
export interface CostParts {
  readonly holding: Float64Array;
  readonly shortage: Float64Array;
  readonly fixed: Float64Array;
  readonly unit: Float64Array;
  readonly transit: Float64Array;
  /** For units discarded because their life was over. */
  readonly disposal: Float64Array;
  /** For stock beyond a location's capacity. */
  readonly overflow: Float64Array;
  /** From units served, less refunds, and from stock left at the end of a finite horizon. */
  readonly revenue: Float64Array;
}

export const COST_PARTS = [
  'holding',
  'shortage',
  'fixed',
  'unit',
  'transit',
  'disposal',
  'overflow',
  'revenue',
] as const satisfies readonly (keyof CostParts)[];

export function costParts(lanes: number): CostParts {
  const part = () => new Float64Array(lanes);
  return {
    holding: part(),
    shortage: part(),
    fixed: part(),
    unit: part(),
    transit: part(),
    disposal: part(),
    overflow: part(),
    revenue: part(),
  };
}

/** The cost parts that a network can have at all; the others stay 0 and need no work. */
export function partsInUse({ nodes, arcs, places, scenario }: Network): readonly (keyof CostParts)[] {
  const any = (costs: Float64Array) => costs.some((cost) => cost > 0);
  const used: Record<keyof CostParts, boolean> = {
    holding: true,
    shortage: true,
    fixed: arcs.some(({ fixedCost }) => any(fixedCost)),
    unit: arcs.some(({ unitCost, priceBreaks }) => any(unitCost) || priceBreaks !== null),
    transit: arcs.some(({ transitCost }) => any(transitCost)),
    disposal: nodes.some(({ disposalCost, life }) => life !== null && any(disposalCost)),
    overflow: places.some(({ overflowCost }) => any(overflowCost)),
    revenue: nodes.some(
      ({ price, salvageValue, returns }) =>
        any(price) || (returns !== null && any(returns.refund)) || (scenario.periods !== null && any(salvageValue)),
    ),
  };
  return COST_PARTS.filter((part) => used[part]);
}
