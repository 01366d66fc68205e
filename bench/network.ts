import { createSupplyEnvironment, type Link, type Location, type Scenario } from '../env/index.ts';
import { callsPerSecond, rounded } from './support/throughput.ts';

// The network of OR-Gym's NetworkManagement (Perez, Hubbs, Li and Grossmann, Processes 9 (2021) 102): one retailer, two distributors, three factories and
// two sources of raw material, eleven orders a step. A node's operating cost is charged with the units that leave it.
const place = (id: string, initialStock: number, holdingCost: number, more: Partial<Location> = {}): Location => ({
  id,
  initialStock,
  holdingCost,
  shortage: { kind: 'lost', cost: 0 },
  ...more,
});

const link = (from: string, to: string, leadTime: number, transitCost: number, more: Partial<Link> = {}): Link => ({
  from,
  to,
  leadTime,
  transitCost,
  ...more,
});

const scenario: Scenario = {
  id: 'orgym-network',
  title: 'A network of factories, distributors and a retailer',
  periods: null,
  warmUp: 0,
  items: [{ id: 'item' }],
  locations: [
    place('retailer', 100, 0.03, { price: 2, shortage: { kind: 'backlog', cost: 0.1 } }),
    place('distributor-2', 110, 0.02),
    place('distributor-3', 80, 0.015),
    place('factory-4', 400, 0.012),
    place('factory-5', 350, 0.013),
    place('factory-6', 380, 0.011),
  ],
  links: [
    link('distributor-2', 'retailer', 5, 0.01),
    link('distributor-3', 'retailer', 3, 0.015),
    link('factory-4', 'distributor-2', 8, 0.008, { unitCost: 0.01, capacity: 90 }),
    link('factory-4', 'distributor-3', 10, 0.006, { unitCost: 0.01, capacity: 90 }),
    link('factory-5', 'distributor-2', 9, 0.005, { unitCost: 0.015, capacity: 90 }),
    link('factory-6', 'distributor-2', 11, 0.007, { unitCost: 0.012, capacity: 80 }),
    link('factory-6', 'distributor-3', 12, 0.004, { unitCost: 0.012, capacity: 80 }),
    link('supplier', 'factory-4', 0, 0, { id: 'raw-7>factory-4', unitCost: 0.15 }),
    link('supplier', 'factory-5', 1, 0.005, { id: 'raw-7>factory-5', unitCost: 0.05 }),
    link('supplier', 'factory-5', 2, 0.002, { id: 'raw-8>factory-5', unitCost: 0.07 }),
    link('supplier', 'factory-6', 0, 0, { id: 'raw-8>factory-6', unitCost: 0.2 }),
  ],
  demand: [{ location: 'retailer', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 20 } } }],
};

const LARGEST_ORDER = 30;

/** Lane-steps per second of the vector environment, rewards and observations included, each node ordering up to a level from all its sources alike. */
function rate(lanes: number): number {
  const environment = createSupplyEnvironment({ scenario, lanes, actions: { kind: 'quantity', max: LARGEST_ORDER } });
  const { view, network } = environment.simulator;
  const { arcs, nodes } = network;
  const levels = arcs.map(({ to, maxLeadTime }) => 20 * (maxLeadTime + 3) * (to === 0 ? 1 : 0.6));
  const actions = new Int32Array(arcs.length * lanes);
  return (
    lanes *
    callsPerSecond(() => {
      for (let a = 0; a < arcs.length; a++) {
        const { to } = arcs[a];
        const share = 1 / nodes[to].inbound.length;
        for (let lane = 0; lane < lanes; lane++) {
          const i = to * lanes + lane;
          const lacking = share * (levels[a] - view.onHand[i] - view.onOrder[i] + view.backlog[i]);
          actions[lane * arcs.length + a] = lacking <= 0 ? 0 : lacking >= LARGEST_ORDER ? LARGEST_ORDER : Math.floor(lacking);
        }
      }
      environment.step(actions);
    })
  );
}

const sizes = [64, 256, 1024].map((lanes) => ({ lanes, laneStepsPerSecond: rounded(rate(lanes)) }));
console.log(
  JSON.stringify({
    benchmark: 'network',
    orders: scenario.links.length,
    lanes: sizes[1].lanes,
    laneStepsPerSecond: sizes[1].laneStepsPerSecond,
    sizes,
  }),
);
