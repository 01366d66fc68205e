import { solveExact } from '../agents/index.ts';
import type { Scenario } from '../env/index.ts';

/** Lost sales, Poisson demand with mean 5, h = 1, p = 39: Zipkin's test at three sizes, the last the one that is spoken of. */
function lostSales(leadTime: number): Scenario {
  return {
    id: 'lost-sales',
    title: 'Lost sales, p = 39, Poisson 5',
    periods: null,
    warmUp: 0,
    items: [{ id: 'item' }],
    locations: [{ id: 'store', holdingCost: 1, shortage: { kind: 'lost', cost: 39 }, initialStock: 0 }],
    links: [{ from: 'supplier', to: 'store', leadTime }],
    demand: [{ location: 'store', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } }],
  };
}

const sizes = [2, 3, 4].map((leadTime) => {
  const { states, transitions, sweeps, seconds, costPerPeriod, bounds } = solveExact(lostSales(leadTime));
  return { leadTime, states, transitions, sweeps, seconds, transitionsPerSecond: Math.round(transitions / seconds), costPerPeriod, bounds };
});

console.log(JSON.stringify({ benchmark: 'solve', scenario: 'lost sales, p = 39, Poisson 5', ...sizes[sizes.length - 1], sizes }));
