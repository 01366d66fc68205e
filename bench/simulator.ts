import { createSupplyEnvironment, type ObservationPart, type Scenario } from '../env/index.ts';
import { callsPerSecond, rounded } from './support/throughput.ts';

// Lost sales, Poisson demand with mean 5, L = 4, base stock 25: the whole step of the vector environment, rewards and observations included, one core.
const LEAD_TIME = 4;
const LEVEL = 25;
const LARGEST_ORDER = 25;

const scenario: Scenario = {
  id: 'lost-sales',
  title: 'One store that loses the sales it cannot serve',
  periods: null,
  warmUp: 0,
  items: [{ id: 'item' }],
  locations: [{ id: 'store', holdingCost: 1, shortage: { kind: 'lost', cost: 4 }, initialStock: 10 }],
  links: [{ from: 'supplier', to: 'store', leadTime: LEAD_TIME }],
  demand: [{ location: 'store', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } }],
};

/** Lane-steps per second of the vector environment under base stock. */
function environmentRate(lanes: number, observation: readonly ObservationPart[]): number {
  const environment = createSupplyEnvironment({ scenario, lanes, actions: { kind: 'quantity', max: LARGEST_ORDER }, observation });
  const { onHand, onOrder } = environment.simulator.view;
  const actions = new Float64Array(lanes);
  return (
    lanes *
    callsPerSecond(() => {
      for (let lane = 0; lane < lanes; lane++) actions[lane] = Math.max(0, LEVEL - onHand[lane] - onOrder[lane]);
      environment.step(actions);
    })
  );
}

/** The same without actions, rewards and observations. */
function bareRate(lanes: number): number {
  const { simulator } = createSupplyEnvironment({ scenario, lanes });
  const { onHand, onOrder } = simulator.view;
  const orders = new Float64Array(lanes);
  return (
    lanes *
    callsPerSecond(() => {
      for (let lane = 0; lane < lanes; lane++) orders[lane] = Math.max(0, LEVEL - onHand[lane] - onOrder[lane]);
      simulator.step(orders);
    })
  );
}

const plain = ['onHand', 'pipeline', 'lastDemand'] as const;
const sizes = [128, 1024, 8192].map((lanes) => ({ lanes, laneStepsPerSecond: rounded(environmentRate(lanes, plain)) }));
const result = {
  benchmark: 'simulator',
  lanes: 1024,
  laneStepsPerSecond: sizes[1].laneStepsPerSecond,
  sizes,
  withCover: { lanes: 1024, laneStepsPerSecond: rounded(environmentRate(1024, ['cover'])) },
  withLotAndCover: { lanes: 1024, laneStepsPerSecond: rounded(environmentRate(1024, ['lot', 'cover'])) },
  bareSimulator: { lanes: 1024, laneStepsPerSecond: rounded(bareRate(1024)) },
};
console.log(JSON.stringify(result));
