import { type Scenario, Simulator } from '../env/index.ts';
import { callsPerSecond, rounded } from './support/throughput.ts';

// A warehouse that supplies two shops with many items, every item with numbers of its own; each location's items share its room. Base stock, one core.
const LOCATIONS = ['warehouse', 'north', 'south'];

function catalogue(items: number): Scenario {
  const ids = Array.from({ length: items }, (_, k) => `item-${k}`);
  const mean = (k: number) => 2 + (k % 17);
  const perItem = (value: (k: number) => number) => Object.fromEntries(ids.map((id, k) => [id, value(k)]));
  return {
    id: 'catalogue',
    title: 'A warehouse and two shops',
    periods: null,
    warmUp: 0,
    items: ids.map((id, k) => ({ id, volume: 1 + (k % 3) })),
    locations: LOCATIONS.map((id) => ({
      id,
      holdingCost: perItem((k) => 0.1 + 0.01 * (k % 10)),
      shortage: { kind: 'lost', cost: perItem((k) => 4 + (k % 5)) },
      initialStock: perItem((k) => 3 * mean(k)),
      capacity: 30 * items,
      overflowCost: 0.5,
    })),
    links: [
      { from: 'supplier', to: 'warehouse', leadTime: 3, fixedCost: 1 },
      { from: 'warehouse', to: 'north', leadTime: 1 },
      { from: 'warehouse', to: 'south', leadTime: 1 },
    ],
    demand: ids.flatMap((item, k) =>
      ['north', 'south'].map((location) => ({
        location,
        item,
        process: { kind: 'stationary' as const, distribution: { name: 'poisson' as const, mean: mean(k) } },
      })),
    ),
  };
}

interface Size {
  readonly items: number;
  readonly lanes: number;
  readonly itemLocationStepsPerSecond: number;
  readonly constructionSeconds: number;
}

function measure(items: number, lanes: number): Size {
  const start = performance.now();
  const simulator = new Simulator({ scenario: catalogue(items), lanes });
  const constructionSeconds = rounded((performance.now() - start) / 1000);
  const { view, network } = simulator;
  const levels = Float64Array.from(
    network.arcs,
    ({ to, leadTime }) => (leadTime[0] + 2) * (2 + ((to % items) % 17)) * (to < items ? 2 : 1),
  );
  const orders = new Float64Array(network.arcs.length * lanes);
  const perSecond = callsPerSecond(() => {
    for (let a = 0; a < network.arcs.length; a++) {
      const node = network.arcs[a].to * lanes;
      for (let lane = 0; lane < lanes; lane++) {
        const lacking = levels[a] - view.onHand[node + lane] - view.onOrder[node + lane];
        orders[a * lanes + lane] = lacking > 0 ? lacking : 0;
      }
    }
    simulator.step(orders);
  });
  return { items, lanes, itemLocationStepsPerSecond: rounded(perSecond * network.nodes.length * lanes), constructionSeconds };
}

const sizes = [measure(500, 8), measure(1000, 8), measure(2000, 8)];
const [, , full] = sizes;
const single = measure(2000, 1);
console.log(
  JSON.stringify({
    benchmark: 'catalogue',
    items: full.items,
    locations: LOCATIONS.length,
    lanes: full.lanes,
    itemLocationStepsPerSecond: full.itemLocationStepsPerSecond,
    sizes,
    oneLane: single,
    peakMemoryMegabytes: rounded(process.resourceUsage().maxRSS / 1024),
  }),
);
