import { type RunChoice, type StoredEvaluation, simulatorSource, type TrainingMessage, type WatchSource } from '../../dashboard/index.ts';
import type { Scenario } from '../../env/index.ts';
import { depot, fixedPolicies, shop, smallSource } from './small-source.ts';

/** A depot that supplies two shops. */
export const chain: Scenario = {
  ...shop,
  id: 'chain',
  title: 'A depot and two shops',
  locations: [
    { id: 'centre', holdingCost: 0.5, shortage: { kind: 'backlog', cost: 0 }, initialStock: 40 },
    { id: 'north', holdingCost: 1, shortage: { kind: 'backlog', cost: 9 }, initialStock: 12 },
    { id: 'south', holdingCost: 1, shortage: { kind: 'backlog', cost: 9 }, initialStock: 12 },
  ],
  links: [
    { from: 'supplier', to: 'centre', leadTime: 2, fixedCost: 5 },
    { from: 'centre', to: 'north', leadTime: 1 },
    { from: 'centre', to: 'south', leadTime: 2 },
  ],
  demand: ['north', 'south'].map((location) => ({
    location,
    process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } },
  })),
  laneNames: undefined,
};

/** The same depot with one of them. */
const pair: Scenario = {
  ...chain,
  id: 'pair',
  title: 'A depot and one shop',
  locations: chain.locations.slice(0, 2),
  links: chain.links.slice(0, 2),
  demand: chain.demand.slice(0, 1),
};

/** Orders the same everywhere. */
const steady = {
  name: 'Steady',
  parameters: { quantity: 6 },
  order: (_view: unknown, orders: Float64Array) => {
    orders.fill(6);
  },
};

const scenarios: Readonly<Record<string, Scenario>> = { shop, depot, chain, pair };

const result = (policy: string, costPerPeriod: number): StoredEvaluation['results'][number] => ({
  policy,
  parameters: 'S=20',
  costPerPeriod,
  standardError: 0.1,
  ci95: [costPerPeriod - 0.2, costPerPeriod + 0.2],
  fillRate: 0.97,
  cycleServiceLevel: 0.9,
  costs: { holding: costPerPeriod * 0.7, shortage: costPerPeriod * 0.3 },
  gapPercent: costPerPeriod * 10 - 50,
  gapCi95: null,
});

export const storedEvaluations: readonly StoredEvaluation[] = [4, 9, 19].map((cost, k) => ({
  id: `evaluation-${k}`,
  scenario: 'shop',
  settings: [`shortageCost=${cost}`],
  at: `2026-03-0${k + 1}T10:00:00Z`,
  seed: 1,
  lanes: 200,
  periods: 1000,
  results: [result('base-stock', 6 + k), result('=HYPERLINK("x")', 7 + k)],
  optimum: { costPerPeriod: 5 + k },
}));

function losses(step: number): Record<string, number> {
  return { policyLoss: 1 / step, entropy: 2 - step / 1000 };
}

/** A run as it is told of: `steps` of 1,000. */
export function trainingAt(run: string, steps: number, state: TrainingMessage['state']): TrainingMessage {
  const points = [100, 200, 300, 400].filter((step) => step <= steps);
  return {
    type: 'training',
    run,
    scenario: 'shop',
    agent: 'ppo',
    seed: 0,
    state,
    message: null,
    from: 0,
    // What it tells last belongs to a phase of its own.
    points: points.map((step, k) => ({ step, seconds: step / 100, metrics: k < points.length - 1 ? losses(step) : { divergence: 0.5 } })),
    curveFrom: 0,
    curve: points.map((step) => ({ step, seconds: step / 100, costPerPeriod: 9 - step / 200 })),
    steps,
    plannedSteps: 1000,
    stepsPerSecond: 100,
    secondsLeft: state === 'training' ? (1000 - steps) / 100 : null,
    baselines: [{ name: 'base-stock', costPerPeriod: 8.25 }],
    optimum: { costPerPeriod: 6.5, onCurve: 6.6 },
  };
}

const FIRST_RUN: RunChoice = {
  run: 'shop-ppo-1',
  scenario: 'shop',
  agent: 'ppo',
  title: 'PPO',
  steps: 400,
  finished: false,
  startedAt: '2026-03-01T10:00:00Z',
};

/** Everything that a page can ask for: networks, training that stands still until told otherwise, stored evaluations. */
export function wholeSource({ onTrain = () => {} }: { readonly onTrain?: (order: object) => void } = {}): WatchSource {
  const source = simulatorSource({
    scenarios: async () => [
      { id: 'shop', title: shop.title, knobs: [], seats: ['store'] },
      { id: 'depot', title: depot.title, knobs: [], seats: ['store'] },
      { id: 'chain', title: chain.title, knobs: [], seats: ['centre', 'north', 'south'] },
      { id: 'pair', title: pair.title, knobs: [], seats: ['centre', 'north'] },
    ],
    policies: async () => [
      { spec: 'steady', title: 'Steady', scenarios: ['chain', 'pair'] },
      ...Object.entries(fixedPolicies).map(([spec, { name }]) => ({ spec, title: name, scenarios: ['shop', 'depot'] })),
    ],
    scenario: (id) => scenarios[id],
    policy: (spec) => (spec === 'steady' ? steady : fixedPolicies[spec]),
    optimum: ({ id }) => (id === 'depot' ? { policy: fixedPolicies['s-S'], costPerPeriod: 7.5 } : null),
  });
  const begun: RunChoice[] = [];
  const told = new Map<string, (message: TrainingMessage) => void>();
  return {
    ...source,
    scores: smallSource.scores,
    evaluations: async (scenario) => storedEvaluations.filter((evaluation) => scenario === undefined || evaluation.scenario === scenario),
    runs: async () => [...begun, FIRST_RUN],
    training: {
      agents: ['ppo', 'dqn'].map((name) => ({
        name,
        knobs: [{ name: 'horizon', help: 'Periods between updates. Takes: whole number from 1.', value: 32 }],
      })),
      async follow(run, onMessage) {
        told.set(run, onMessage);
        onMessage(trainingAt(run, run === 'shop-ppo-1' ? 400 : 200, run === 'shop-ppo-1' ? 'away' : 'training'));
        return () => told.delete(run);
      },
      start: async (order) => {
        onTrain(order);
        begun.push({ ...FIRST_RUN, run: 'shop-ppo-2', title: 'PPO: horizon=8', steps: 0 });
        return 'shop-ppo-2';
      },
      stop: async (run) => told.get(run)?.(trainingAt(run, 300, 'stopped')),
      resume: async (run) => run,
      close: async () => {},
    },
  };
}
