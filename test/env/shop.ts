import {
  type DemandProcessSpec,
  type Distribution,
  type Item,
  type Link,
  type Location,
  type Scenario,
  Simulator,
} from '../../env/index.ts';

export interface ShopOptions {
  readonly location?: Partial<Location>;
  readonly link?: Partial<Link>;
  /** In place of the one link. */
  readonly links?: readonly Link[];
  readonly item?: Partial<Item>;
  readonly demand?: Distribution;
  /** Demand period by period, again from the start after the last. */
  readonly demands?: readonly number[];
  readonly periods?: number | null;
}

/** One shop with one item and one outside supplier, h = 1, lost sales at 4 a unit, Poisson demand with mean 5 unless given. */
export function shop({
  location,
  link,
  links,
  item,
  demand = { name: 'poisson', mean: 5 },
  demands,
  periods = null,
}: ShopOptions): Scenario {
  const process: DemandProcessSpec = demands ? replayed(demands) : { kind: 'stationary', distribution: demand };
  return {
    id: 'shop',
    title: 'One shop',
    periods,
    warmUp: 0,
    items: [{ id: 'item', ...item }],
    locations: [{ id: 'shop', holdingCost: 1, shortage: { kind: 'lost', cost: 4 }, initialStock: 0, ...location }],
    links: links ?? [{ from: 'supplier', to: 'shop', leadTime: 0, ...link }],
    demand: [{ location: 'shop', process }],
  };
}

/** The same demand in every lane, known in advance. */
export function replayed(values: readonly number[]): DemandProcessSpec {
  const mean = Float64Array.from(values);
  const variance = new Float64Array(values.length);
  return { kind: 'replay', values: mean, forecasts: { rows: 1, span: values.length, horizon: 1, mean, variance } };
}

/** Steps one lane with the given orders per period, [period][arc], and notes what `read` says after each. */
export function follow<T>(scenario: Scenario, orders: readonly (readonly number[])[], read: (simulator: Simulator) => T): T[] {
  const simulator = new Simulator({ scenario, lanes: 1 });
  return orders.map((order) => {
    simulator.step(Float64Array.from(order));
    return read(simulator);
  });
}
