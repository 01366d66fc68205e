import { describe, expect, it } from 'vitest';
import { baselines, buildBaseline, type Policy } from '../../../agents/index.ts';
import { compileNetwork, type PerLane, type Scenario, Simulator, UserError } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';

/** What a policy orders in each lane when lane i holds stock[i], with nothing on the way. */
function ordersAt(policy: Policy, stock: readonly number[], scenario: Scenario = store({ shortageCost: 4, leadTime: 2 })): number[] {
  const { locations } = scenario;
  const simulator = new Simulator({
    scenario: { ...scenario, locations: [{ ...locations[0], initialStock: stock }] },
    lanes: stock.length,
  });
  const orders = new Float64Array(stock.length);
  policy.order(simulator.view, orders);
  return Array.from(orders);
}

const stock = [0, 3, 4, 5, 9, 12];

describe('a classic policy orders by its rule', () => {
  it.each<[string, Record<string, PerLane>, number[]]>([
    ['base-stock', { S: 9 }, [9, 6, 5, 4, 0, 0]],
    ['s-S', { s: 4, S: 9 }, [9, 6, 5, 0, 0, 0]],
    ['capped-base-stock', { S: 9, r: 5 }, [5, 5, 5, 4, 0, 0]],
    ['constant', { r: 3 }, [3, 3, 3, 3, 3, 3]],
    ['r-Q', { r: 4, Q: 7 }, [7, 7, 7, 0, 0, 0]],
    ['s-nQ', { s: 4, Q: 2 }, [6, 2, 2, 0, 0, 0]],
    // Poisson 5 over three periods: mean 15, standard deviation 3.873.
    ['forecast', { z: 1 }, [19, 16, 15, 14, 10, 7]],
  ])('%s', (name, parameters, expected) => {
    expect(ordersAt(buildBaseline(name, parameters), stock)).toEqual(expected);
  });

  it('counts what is on the way, and what is owed', () => {
    const scenario = store({ shortageCost: 4, leadTime: 3, kind: 'backlog', demand: { name: 'poisson', mean: 0 }, initialStock: 2 });
    const simulator = new Simulator({ scenario, lanes: 1 });
    const policy = buildBaseline('base-stock', { S: 10 });
    const orders = new Float64Array(1);
    simulator.step(Float64Array.of(5));
    policy.order(simulator.view, orders);
    expect(orders[0]).toBe(3);
    simulator.view.backlog[0] = 4;
    policy.order(simulator.view, orders);
    expect(orders[0]).toBe(7);
  });

  it('takes a parameter per lane, lane i at i mod length', () => {
    expect(ordersAt(buildBaseline('base-stock', { S: [9, 20] }), [5, 5, 5, 5])).toEqual([4, 15, 4, 15]);
  });

  it('follows its lanes when lanes stand for others', () => {
    const simulator = new Simulator({ scenario: store({ shortageCost: 4 }), lanes: 3, represents: Int32Array.of(1, 1, 0) });
    const orders = new Float64Array(3);
    buildBaseline('base-stock', { S: [9, 20] }).order(simulator.view, orders);
    expect(Array.from(orders)).toEqual([20, 20, 9]);
  });
});

describe('what cannot be built is refused in one line', () => {
  it.each<[string, Record<string, PerLane>, RegExp]>([
    ['base-stok', {}, /no policy "base-stok"; expected one of base-stock, s-S/],
    ['constructor', {}, /no policy "constructor"/],
    ['base-stock', { s: 3 }, /no parameter "s"; it takes S/],
    ['s-S', { s: 3 }, /needs the parameter "S": write s-S:s=\.\.\.,S=\.\.\./],
    ['base-stock', { S: Number.NaN }, /S=NaN; expected a number/],
  ])('%s %j', (name, parameters, message) => {
    expect(() => buildBaseline(name, parameters)).toThrow(UserError);
    expect(() => buildBaseline(name, parameters)).toThrow(message);
  });

  it('every family fits stock points with one source or with two, and says why it does not fit the others', () => {
    const one = store({ shortageCost: 4 });
    const two = { ...one, links: [...one.links, { from: 'supplier', to: 'shop', leadTime: 1 }] };
    const reasons = Object.values(baselines).map((family) => [family.whyNot(compileNetwork(one, 1)), family.whyNot(compileNetwork(two, 1))]);
    for (const pair of reasons) expect(pair.filter((reason) => reason !== undefined).join()).toMatch(/[12] sources?; |supplies nobody|several sources/);
  });
});
