import { beforeAll, describe, expect, test } from 'vitest';
import { laboratorySource, Newest, versusClassic, type WatchSource, withItem } from '../../dashboard/index.ts';
import { compileNetwork, Simulator } from '../../env/index.ts';
import { evaluate, makePolicy } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

describe('an item under the network for any item', () => {
  let source: WatchSource;
  beforeAll(async () => {
    source = await laboratorySource();
  });

  test('costs what evaluate finds for the same scenario, and no less than nothing beside the best classic policy', async () => {
    const item = { shortageCost: 9, leadTime: 2, mean: 5, spread: 1 };
    const told = await versusClassic(await loadScenario('lost-sales'), item);
    const loaded = await loadScenario('lost-sales', { set: ['shortageCost=9', 'leadTime=2'] });
    const { policy } = await makePolicy('universal', { loaded });
    const { results } = evaluate({ scenario: loaded.scenario, policies: [policy], lanes: told.lanes, periods: told.periods, seed: 1 });
    expect(told.universal.costPerPeriod).toBe(results[0].costPerPeriod);
    expect(told.outside).toBe(false);
    expect(told.classic.policy).toBe('capped-base-stock');
    expect(told.difference.mean).toBeCloseTo(told.universal.costPerPeriod / told.classic.costPerPeriod - 1, 9);
    expect(Math.abs(told.difference.mean)).toBeLessThan(0.03);
  });

  test.each([
    [5, 3],
    [5, 1],
    [6, 0.4],
  ])('has the mean %d and the spread %d that were asked for', async (mean, spread) => {
    const { scenario } = await loadScenario('lost-sales');
    const changed = withItem(scenario, { shortageCost: 20, leadTime: 6, mean, spread });
    const { view } = new Simulator({ scenario: changed, lanes: 1 });
    expect(view.forecastMean(0, 0)[0]).toBeCloseTo(mean, 9);
    expect(view.forecastVariance(0, 0)[0] / mean).toBeCloseTo(spread, 1);
    const { nodes, arcs } = compileNetwork(changed, 1);
    expect([nodes[0].shortageCost[0], arcs[0].leadTime[0]]).toEqual([20, 6]);
  });

  test('is refused in a scenario in which the network does not order', async () => {
    const ask = { type: 'item', scenario: 'beer-game', set: {}, shortageCost: 9, leadTime: 2, mean: 5, spread: 1 } as const;
    await expect(source.versus?.(ask)).rejects.toThrow('scenario "beer-game": no other item can be tried in it');
    await expect(source.versus?.({ ...ask, scenario: 'retail' })).rejects.toThrow('scenario "retail": no other item can be tried in it');
    await expect(source.versus?.({ ...ask, scenario: 'lost-sales', set: { path: 1 } })).rejects.toThrow('setting "path"');
  });
});

describe('of what is asked for at once', () => {
  test('the first and the newest are done, one after the other', async () => {
    const done: number[] = [];
    const open: (() => void)[] = [];
    const newest = new Newest<number>(async (wanted) => {
      await new Promise<void>((resolve) => open.push(resolve));
      done.push(wanted);
    });
    const all = newest.ask(1);
    await Promise.all([newest.ask(2), newest.ask(3)]);
    open.shift()?.();
    while (open.length === 0) await Promise.resolve();
    open.shift()?.();
    await all;
    expect(done).toEqual([1, 3]);
  });
});
