import fc from 'fast-check';
import {
  type Demand,
  type Distribution,
  type Link,
  type Location,
  meanReverting,
  type Scenario,
  type Shortage,
  type Simulator,
} from '../../env/index.ts';

const DISTRIBUTIONS: readonly Distribution[] = [
  { name: 'poisson', mean: 3 },
  { name: 'geometric', mean: 2 },
  { name: 'negative-binomial', mean: 4, variance: 9 },
];

const shortage: fc.Arbitrary<Shortage> = fc.oneof(
  fc.record({ kind: fc.constant('lost' as const), cost: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('backlog' as const), cost: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('partial' as const), cost: fc.integer({ min: 0, max: 9 }), backlogged: fc.constantFrom(0.25, 0.5) }),
);

const costs = {
  fixedCost: fc.integer({ min: 0, max: 5 }),
  unitCost: fc.integer({ min: 0, max: 3 }),
  transitCost: fc.constantFrom(0, 0.5),
};

const leadTime: fc.Arbitrary<Link['leadTime']> = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom<Link['leadTime']>(
    { values: [1, 2, 3], probabilities: [0.2, 0.3, 0.5] },
    { values: [0, 3], probabilities: [0.4, 0.6], crossing: true },
    {
      values: [2, 3],
      probabilities: [
        [0.1, 0.9],
        [0.9, 0.1],
      ],
      crossing: true,
    },
  ),
);

/** What a link can have beyond its costs; each half the time. */
const terms = {
  minimumOrder: fc.constantFrom(0, 2),
  batch: fc.constantFrom(0, 3),
  capacity: fc.constantFrom(4, 100),
  priceBreaks: fc.constantFrom(undefined, [{ from: 3, cost: 0.5 }]),
  yield: fc.constantFrom<Link['yield']>(undefined, { kind: 'binomial', mean: 0.7 }, { kind: 'all-or-nothing', mean: 0.8 }),
  lostOrders: fc.constantFrom(undefined, 0.2),
  orderDelay: fc.constantFrom(undefined, 0, 1, [2, 0]),
  disruptions: fc.constantFrom<Link['disruptions']>(
    undefined,
    { kind: 'markov', fail: 0.2, recover: 0.5 },
    { kind: 'listed', periods: [2, 3, 11] },
  ),
};

function location(id: string): fc.Arbitrary<Location> {
  return fc.record({
    id: fc.constant(id),
    holdingCost: fc.integer({ min: 0, max: 3 }),
    shortage,
    initialStock: fc.integer({ min: 0, max: 12 }),
    price: fc.constantFrom(0, 4),
    allocation: fc.constantFrom('proportional', 'priority', 'fair-share'),
    shortShipped: fc.constantFrom(undefined, 'lost-at-cost', 'owed'),
    shipCapacity: fc.constantFrom(undefined, 3, 6.5),
    issuing: fc.constantFrom('fifo', 'lifo'),
    disposalCost: fc.constantFrom(0, 2),
    capacity: fc.constantFrom(undefined, 5),
    overflowCost: fc.constantFrom(0, 1.5),
  });
}

/** The same quantities on the way at the start, as far as the lead time goes, and in the post. */
function startedWith({ atStart, ...link }: Link & { readonly atStart: readonly number[] }): Link {
  const known = typeof link.leadTime === 'number';
  const most = typeof link.leadTime === 'number' ? Math.max(0, link.leadTime - 1) : 0;
  return {
    ...link,
    orderDelay: known || link.from !== 'supplier' || typeof link.orderDelay === 'number' ? link.orderDelay : undefined,
    initialPipeline: atStart.slice(0, most),
    initialOrders: atStart,
  };
}

/** Each location is supplied by the outside source or by locations before it, over one or two links: never in a circle. */
function links(count: number, rich: boolean): fc.Arbitrary<readonly Link[]> {
  const perLocation = Array.from({ length: count }, (_, k) => {
    const senders = ['supplier', 'supplier', ...Array.from({ length: k }, (_, j) => `place${j}`)];
    return fc.subarray(senders, { minLength: 1, maxLength: 2 }).chain((chosen) =>
      fc.tuple(
        ...chosen.map((from) =>
          fc
            .record({
              from: fc.constant(from),
              to: fc.constant(`place${k}`),
              leadTime: rich ? leadTime : fc.integer({ min: 0, max: 4 }),
              ...costs,
              ...(rich ? terms : {}),
              atStart: rich ? fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }) : fc.constant([]),
            })
            .map(startedWith),
        ),
      ),
    );
  });
  return fc.tuple(...perLocation).map((all) => all.flat());
}

function demand(count: number, items: readonly string[]): fc.Arbitrary<readonly Demand[]> {
  const places = Array.from({ length: count }, (_, k) => items.map((item) => ({ location: `place${k}`, item }))).flat();
  return fc
    .subarray(places, { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(...chosen.map((place) => fc.constantFrom(...DISTRIBUTIONS).map((distribution) => ({ place, distribution })))),
    )
    .map((all) => all.map(({ place, distribution }) => ({ ...place, process: { kind: 'stationary', distribution } })));
}

/** Networks of up to four locations and two items: serial, branching, several sources; half of them with all that supply and stock can have. */
const plainOrRich: fc.Arbitrary<Scenario> = fc
  .record({ count: fc.integer({ min: 1, max: 4 }), names: fc.constantFrom(['a'], ['a', 'b']), rich: fc.boolean() })
  .chain(({ count, names, rich }) =>
    fc.record({
      id: fc.constant('drawn'),
      title: fc.constant('A drawn network'),
      periods: fc.constant(null),
      warmUp: fc.constant(0),
      items: fc.tuple(
        ...names.map((id) =>
          fc.record({ id: fc.constant(id), life: rich ? fc.constantFrom(undefined, 1, 3, [2, 4]) : fc.constant(undefined) }),
        ),
      ),
      locations: fc.tuple(...Array.from({ length: count }, (_, k) => location(`place${k}`))),
      links: links(count, rich),
      demand: demand(count, names),
    }),
  );

const MARKET = { id: 'market', process: meanReverting(0.8, 0.4) };
const CALENDAR = { id: 'calendar', process: { kind: 'list', levels: [0.5, 1, 2], after: 'repeat' } } as const;

/** Some of them with prices and demands that follow what moves outside, and customers who send units back. */
export const anyNetwork: fc.Arbitrary<Scenario> = fc.tuple(plainOrRich, fc.boolean()).map(([scenario, moves]) => {
  if (!moves) return scenario;
  const keeps = scenario.items.every(({ life }) => life === undefined);
  return {
    ...scenario,
    links: scenario.links.map((link, k) => (link.priceBreaks ? link : { ...link, priceIndex: k % 2 === 0 ? MARKET : CALENDAR })),
    locations: scenario.locations.map((location, k) =>
      keeps ? { ...location, returns: { part: 0.4, after: 1 + k, refund: 2 } } : location,
    ),
    demand: scenario.demand.map((one, k) => ({
      ...one,
      process: { kind: 'index', base: one.process, index: k % 2 === 0 ? CALENDAR : MARKET, elasticity: 0.5 + k },
    })),
  };
});

/** Whole orders of 0 to 7 units that depend on nothing but period, arc and lane (and, with another salt, differ). */
export function writeOrders(orders: Float64Array, period: number, salt = 0): void {
  for (let i = 0; i < orders.length; i++) orders[i] = (i * 7 + period * 13 + salt * 5 + ((i + period + salt) % 3)) % 8;
}

/** Steps a simulator with orders of `writeOrders`; `after` is called after every period. */
export function play(simulator: Simulator, periods: number, { salt = 0, from = 0, after = (_period: number) => {} } = {}): void {
  const orders = new Float64Array(simulator.network.arcs.length * simulator.lanes);
  for (let period = from; period < from + periods; period++) {
    writeOrders(orders, period, salt);
    simulator.step(orders);
    after(period);
  }
}

/** Everything that a planner sees and a period reports, as one list of numbers. */
export function picture(simulator: Simulator): number[] {
  const { view, network, cost, costs } = simulator;
  const ways = network.arcs.flatMap((arc, a) => [
    ...Array.from({ length: arc.maxLeadTime + 1 }, (_, k) => [...view.arriving(a, k), ...view.outstanding(a, k)]).flat(),
    ...view.unshipped(a),
  ]);
  const shelves = network.nodes.flatMap((node, n) => (node.life ? [1, 2, 3].flatMap((left) => [...view.onHandByLife(n, left)]) : []));
  const seen = [
    view.period,
    view.onHand,
    view.backlog,
    view.onOrder,
    view.awaited,
    view.owed,
    view.lastDemand,
    view.available,
    view.indexLevels,
    ...network.nodes.flatMap((_, n) => [1, 2, 3].map((ahead) => view.returning(n, ahead).slice())),
    cost,
    ...Object.values(costs),
  ];
  const { demand: demanded, served, lost, discarded, shipped, shortShipped, clipped, lostOrders, wasted, overflow, returned } = simulator;
  const reported = [demanded, served, lost, discarded, shipped, shortShipped, clipped, lostOrders, wasted, overflow, returned];
  return [...ways, ...shelves, ...[...seen, ...reported].flatMap((values) => [...values])];
}
