import type { Distribution, Scenario } from '../../env/index.ts';

interface StoreOptions {
  readonly shortageCost: number;
  readonly leadTime?: number;
  readonly demand?: Distribution;
  readonly holdingCost?: number;
  readonly fixedCost?: number;
  readonly kind?: 'lost' | 'backlog';
  readonly initialStock?: number;
}

/** One store with one outside supplier; Poisson demand with mean 5 unless given. */
export function store({
  shortageCost,
  leadTime = 0,
  demand = POISSON_5,
  holdingCost = 1,
  fixedCost = 0,
  kind = 'lost',
  initialStock = 0,
}: StoreOptions): Scenario {
  return {
    id: 'store',
    title: 'One store',
    periods: null,
    warmUp: 100,
    items: [{ id: 'item' }],
    locations: [{ id: 'shop', holdingCost, shortage: { kind, cost: shortageCost }, initialStock }],
    links: [{ from: 'supplier', to: 'shop', leadTime, fixedCost }],
    demand: [{ location: 'shop', process: { kind: 'stationary', distribution: demand } }],
  };
}

const POISSON_5: Distribution = { name: 'poisson', mean: 5 };

/** P(k) = (1/6)(5/6)^k */
export const GEOMETRIC_5: Distribution = { name: 'geometric', mean: 5 };
