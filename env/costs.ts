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
  /** From units served, and from stock left at the end of a finite horizon. */
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
