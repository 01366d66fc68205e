import fc from 'fast-check';
import type { Demand, Distribution, Link, Location, Scenario, Shortage, Simulator } from '../../env/index.ts';

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

function location(id: string): fc.Arbitrary<Location> {
  return fc.record({
    id: fc.constant(id),
    holdingCost: fc.integer({ min: 0, max: 3 }),
    shortage,
    initialStock: fc.integer({ min: 0, max: 12 }),
    price: fc.constantFrom(0, 4),
  });
}

/** Each location is supplied by the outside source or by locations before it, over one or two links: never in a circle. */
function links(count: number): fc.Arbitrary<readonly Link[]> {
  const perLocation = Array.from({ length: count }, (_, k) => {
    const senders = ['supplier', 'supplier', ...Array.from({ length: k }, (_, j) => `place${j}`)];
    return fc
      .subarray(senders, { minLength: 1, maxLength: 2 })
      .chain((chosen) =>
        fc.tuple(
          ...chosen.map((from) =>
            fc.record({ from: fc.constant(from), to: fc.constant(`place${k}`), leadTime: fc.integer({ min: 0, max: 4 }), ...costs }),
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

/** Networks of up to four locations and two items: serial, branching, several sources. */
export const anyNetwork: fc.Arbitrary<Scenario> = fc
  .record({ count: fc.integer({ min: 1, max: 4 }), items: fc.constantFrom(['a'], ['a', 'b']) })
  .chain(({ count, items }) =>
    fc.record({
      id: fc.constant('drawn'),
      title: fc.constant('A drawn network'),
      periods: fc.constant(null),
      warmUp: fc.constant(0),
      items: fc.constant(items.map((id) => ({ id }))),
      locations: fc.tuple(...Array.from({ length: count }, (_, k) => location(`place${k}`))),
      links: links(count),
      demand: demand(count, items),
    }),
  );

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
export function picture({ view, network, cost, costs, demand: demanded, served, lost, shipped, shortShipped }: Simulator): number[] {
  const arriving = network.arcs.flatMap((arc, a) => Array.from({ length: arc.maxLeadTime + 1 }, (_, k) => [...view.arriving(a, k)]).flat());
  return [
    ...[view.period, view.onHand, view.backlog, view.onOrder, view.lastDemand].flatMap((values) => [...values]),
    ...arriving,
    ...[cost, ...Object.values(costs), demanded, served, lost, shipped, shortShipped].flatMap((values) => [...values]),
  ];
}
