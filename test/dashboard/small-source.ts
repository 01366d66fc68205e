import type { Policy } from '../../agents/index.ts';
import { type Episode, type Frame, simulatorSource, type WatchMessage, type WatchSource } from '../../dashboard/index.ts';
import { type Scenario, UserError } from '../../env/index.ts';

const items = [
  { id: '85123A', description: 'White hanging heart t-light holder' },
  { id: '22423', description: 'Regency cakestand 3 tier' },
  { id: '84879', description: 'Assorted colour bird ornament' },
  { id: 'X1', description: '<img src=x onerror="document.title=1"> & <b>bold</b>' },
];

/** A shop of four items that loses what it cannot sell; demand differs by item. */
export const shop: Scenario = {
  id: 'shop',
  title: 'A small shop',
  periods: null,
  warmUp: 3,
  items: [{ id: 'item' }],
  locations: [{ id: 'store', holdingCost: 1, shortage: { kind: 'lost', cost: 9 }, initialStock: 12 }],
  links: [{ from: 'supplier', to: 'store', leadTime: 2, fixedCost: 5 }],
  demand: [{ location: 'store', process: { kind: 'stationary', distribution: { name: 'poisson', mean: [5, 8, 3, 6] } } }],
  laneNames: items,
};

/** The same with one item whose unserved demand waits. */
export const depot: Scenario = {
  ...shop,
  id: 'depot',
  title: 'A depot that owes',
  locations: [{ id: 'store', holdingCost: 1, shortage: { kind: 'backlog', cost: 4 }, initialStock: 6 }],
  demand: [{ location: 'store', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } }],
  laneNames: undefined,
};

function upTo(name: string, reorderPoint: number, orderUpTo: number): Policy {
  return {
    name,
    parameters: { s: reorderPoint, S: orderUpTo },
    order(view, orders) {
      for (let i = 0; i < view.lanes; i++) {
        const position = view.onHand[i] + view.onOrder[i] - view.backlog[i];
        orders[i] = position <= reorderPoint ? orderUpTo - position : 0;
      }
    },
  };
}

export const fixedPolicies: Readonly<Record<string, Policy>> = {
  'base-stock': upTo('Base stock', 19, 20),
  's-S': upTo('(s, S)', 15, 26),
  constant: {
    name: 'Constant',
    parameters: { quantity: 5 },
    order: (view, orders) => {
      orders.fill(5, 0, view.lanes);
    },
  },
  myopic: upTo('Myopic', 12, 18),
  idle: upTo('Idle', -1e9, 0),
};

const scenarios: Readonly<Record<string, Scenario>> = { shop, depot };

/** A source over the real simulator with a handful of fixed policies; `broken` fails in the third watched period. */
export const smallSource: WatchSource = simulatorSource({
  scenarios: async () => [
    { id: 'shop', title: shop.title, knobs: [] },
    { id: 'depot', title: depot.title, knobs: [{ name: 'periods', help: 'periods of an episode, warm-up included', value: 'no end' }] },
  ],
  policies: async () => [
    ...Object.entries(fixedPolicies).map(([spec, { name }]) => ({ spec, title: name })),
    { spec: 'run:depot-ppo', title: 'PPO of the depot', scenarios: ['depot'] },
  ],
  scenario(id, { periods, ...set }) {
    const scenario = scenarios[id];
    if (scenario === undefined) throw new UserError(`There is no scenario "${id}", expected shop or depot.`);
    for (const knob of Object.keys(set)) throw new UserError(`There is no knob "${knob}", expected periods.`);
    return typeof periods === 'number' ? { ...scenario, periods } : scenario;
  },
  policy(spec, { warmUp }) {
    if (spec === 'broken') return brokenIn(3 + warmUp);
    const policy = fixedPolicies[spec];
    if (policy === undefined)
      throw new UserError(`There is no policy "${spec}", expected one of ${Object.keys(fixedPolicies).join(', ')}.`);
    return policy;
  },
  optimum: ({ id }) => (id === 'depot' ? { policy: fixedPolicies['s-S'], costPerPeriod: 7.5 } : null),
});

function brokenIn(periods: number): Policy {
  let calls = 0;
  return {
    name: 'Broken',
    parameters: {},
    order() {
      calls++;
      if (calls >= periods) throw new Error('a part of the policy has come loose');
    },
  };
}

/** What the numbers of a session must be: played straight through, without a server. */
export async function playedThrough(
  watch: Partial<WatchMessage> & Pick<WatchMessage, 'scenario' | 'policies' | 'periods'>,
): Promise<Frame[]> {
  const episode = await smallSource.open({
    type: 'watch',
    set: {},
    seed: 1,
    lane: 0,
    item: null,
    played: 0,
    play: false,
    speed: 4,
    scores: false,
    game: null,
    ...watch,
  });
  return framesOf(episode);
}

/** All frames of an episode; its warm-up has none. */
export function framesOf(episode: Episode): Frame[] {
  const frames: Frame[] = [];
  while (frames.length < episode.periods) {
    const frame = episode.step();
    if (frame !== null) frames.push(frame);
  }
  return frames;
}
