import { type Policy, recordDemand } from '../agents/index.ts';
import { compileNetwork, type Scenario, UserError } from '../env/index.ts';
import { readGivenQuantities } from './given-table.ts';

export interface GivenOptions {
  readonly scenario: Scenario;
  readonly file: string;
  readonly periods: number;
  readonly seed: number;
  /** Told of rows that are not used. */
  readonly onMessage: (message: string) => void;
}

/**
 * The scenario with the demand of a CSV file (period, location, item, quantity) in place of its own: what has no row is 0. Forecasts are those
 * that the scenario's own demand would have.
 * @throws UserError with file, line and column
 */
export function withGivenDemand({ scenario, file, periods, seed, onMessage }: GivenOptions): Scenario {
  const items = scenario.items.map(({ id }) => id);
  const keys = scenario.demand.map(({ location, item }) => ({ name: location, item: item ?? items[0] }));
  const { quantities, unused } = readGivenQuantities({ file, column: 'location', keys, items, periods });
  tellUnused(unused, { file, periods, onMessage });
  const recorded = recordDemand({ scenario, paths: 1, periods, seed });
  return {
    ...recorded,
    demandCorrelation: undefined,
    demand: recorded.demand.map((demand, k) => {
      const { process } = demand;
      if (process.kind !== 'replay') throw new UserError(`${file}: demand of "${demand.location}" cannot be replayed`);
      return { ...demand, process: { ...process, values: quantities.subarray(k * periods, (k + 1) * periods) } };
    }),
  };
}

/**
 * The orders of a CSV file (period, link, item, quantity) as a policy: what has no row is not ordered.
 * @throws UserError with file, line and column
 */
export function givenOrders({ scenario, file, periods, onMessage }: Omit<GivenOptions, 'seed'>): Policy {
  const items = scenario.items.map(({ id }) => id);
  const { arcs, nodes } = compileNetwork(scenario, 1);
  const several = items.length > 1;
  const keys = arcs.map(({ id, to }) => {
    const { item } = nodes[to];
    return { name: several ? id.slice(0, -(item.length + 1)) : id, item };
  });
  const { quantities, unused } = readGivenQuantities({ file, column: 'link', keys, items, periods });
  tellUnused(unused, { file, periods, onMessage });
  return {
    name: 'given',
    parameters: { orders: file },
    order({ period, lanes }, orders) {
      for (let i = 0; i < orders.length; i++) {
        const at = period[i % lanes];
        orders[i] = at < periods ? quantities[Math.floor(i / lanes) * periods + at] : 0;
      }
    },
  };
}

function tellUnused(unused: number, { file, periods, onMessage }: Pick<GivenOptions, 'file' | 'periods' | 'onMessage'>): void {
  if (unused > 0) onMessage(`${file}: ${unused} rows of periods after ${periods - 1} are not used; --periods says how far to go`);
}
