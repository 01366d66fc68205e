import { describe, expect, test } from 'vitest';
import { checkEnvironment, createEnvironment, createSupplyEnvironment, OBSERVATION_PARTS, type Scenario } from '../../env/index.ts';
import { shop } from './shop.ts';

const serial: Scenario = {
  ...shop({}),
  locations: [
    { id: 'depot', holdingCost: 1, shortage: { kind: 'backlog', cost: 0 }, initialStock: 20 },
    { id: 'shop', holdingCost: 2, shortage: { kind: 'backlog', cost: 9 }, initialStock: 5 },
  ],
  links: [
    { from: 'supplier', to: 'depot', leadTime: 2 },
    { from: 'depot', to: 'shop', leadTime: 1 },
  ],
};

describe('a single environment', () => {
  test.each([
    ['lost sales, quantities', { scenario: shop({ link: { leadTime: 3 } }), timeLimit: 40 }],
    ['a serial system, order-up-to levels', { scenario: serial, actions: { kind: 'order-up-to' as const } }],
    ['every observation part', { scenario: serial, observation: OBSERVATION_PARTS }],
    [
      'all that supply and stock can have',
      {
        scenario: shop({
          item: { life: 3 },
          location: { capacity: 20, overflowCost: 1 },
          link: {
            leadTime: { values: [1, 2], probabilities: [0.5, 0.5] },
            yield: { kind: 'binomial' as const, mean: 0.9 },
            disruptions: { kind: 'markov' as const, fail: 0.2, recover: 0.5 },
          },
          periods: 30,
        }),
        observation: OBSERVATION_PARTS,
      },
    ],
    ['real quantities', { scenario: serial, actions: { kind: 'continuous' as const } }],
    ['multiples of the forecast', { scenario: serial, actions: { kind: 'multiple' as const, of: 'forecast' as const } }],
    ['drawn starts', { scenario: shop({ link: { leadTime: 2, fixedCost: 9 } }), spreadStart: true, timeLimit: 10 }],
  ])('keeps the contract: %s', (_name, options) => {
    expect(checkEnvironment(createEnvironment({ ...options, seed: 3 }))).toEqual([]);
  });

  test('is one lane of the vector environment', () => {
    const vector = createSupplyEnvironment({ scenario: serial, lanes: 3, seed: 10 });
    const single = createEnvironment({ scenario: serial, seed: 12 });
    const features = vector.observationSpace.names.length;
    expect([...single.reset().observation]).toEqual([...vector.reset().slice(2 * features)]);
    for (let t = 0; t < 20; t++) {
      const action = [t % 7, t % 5];
      const all = vector.step([...action, ...action, ...action]);
      const own = single.step(action);
      expect(own.reward).toBe(all.rewards[2]);
      expect([...own.observation]).toEqual([...all.observations.slice(2 * features)]);
    }
  });

  test('wants to be reset before it is stepped', () => {
    expect(() => createEnvironment({ scenario: serial }).step([0, 0])).toThrow('call reset first');
  });
});

describe('a vector environment', () => {
  test('refuses an action outside its space, naming lane and action', () => {
    const environment = createSupplyEnvironment({ scenario: serial, lanes: 2 });
    expect(() => environment.step([0, 0, 1, -1])).toThrow('action [1,-1] in lane 1');
    expect(() => environment.step([0, 0.5, 1, 1])).toThrow('action [0,0.5] in lane 0');
  });

  test('cut by a time limit, starts lanes anew in the same step and hands out their last observations', () => {
    const limited = createSupplyEnvironment({ scenario: serial, lanes: 2, seed: 4, timeLimit: 5 });
    const endless = createSupplyEnvironment({ scenario: serial, lanes: 2, seed: 4 });
    const first = limited.reset({ seed: 4 }).slice();
    endless.reset({ seed: 4 });
    for (let t = 1; t <= 5; t++) {
      const { truncated, terminated, observations, finalObservations } = limited.step([6, 6, 6, 6]);
      const expected = endless.step([6, 6, 6, 6]).observations;
      expect([...terminated]).toEqual([0, 0]);
      expect([...truncated]).toEqual(t === 5 ? [1, 1] : [0, 0]);
      if (t < 5) continue;
      expect([...finalObservations]).toEqual([...expected]);
      expect([...observations]).toEqual([...first]);
    }
  });

  test('at the end of a finite horizon terminates, and starts anew; nothing follows', () => {
    const environment = createSupplyEnvironment({ scenario: shop({ periods: 3, link: { leadTime: 1 } }), lanes: 2, timeLimit: 3 });
    for (let t = 1; t <= 3; t++) {
      const tried = environment.lookahead([1, 1], 2);
      const { terminated, truncated } = environment.step([1, 1]);
      expect([...terminated]).toEqual(t === 3 ? [1, 1] : [0, 0]);
      expect([...tried.terminated]).toEqual(t === 3 ? [1, 1, 1, 1] : [0, 0, 0, 0]);
      expect([...truncated]).toEqual([0, 0]);
    }
    expect([...environment.simulator.view.period]).toEqual([0, 0]);
  });

  test('looks ahead without knowing what chance will bring: yields of the copies differ', () => {
    const scenario = shop({ location: { initialStock: 0 }, link: { yield: { kind: 'all-or-nothing', mean: 0.5 } }, demands: [10] });
    const environment = createSupplyEnvironment({ scenario, lanes: 1, actions: { kind: 'quantity', max: 10 } });
    const { rewards } = environment.lookahead([10], 64);
    const usable = rewards.filter((reward) => reward === 0).length;
    expect(usable).toBeGreaterThan(20);
    expect(usable).toBeLessThan(44);
  });

  test('looks ahead without moving its lanes', () => {
    const plain = createSupplyEnvironment({ scenario: serial, lanes: 2, seed: 8 });
    const looking = createSupplyEnvironment({ scenario: serial, lanes: 2, seed: 8 });
    for (let t = 0; t < 10; t++) {
      const actions = [t, 5, 3, t];
      looking.lookahead(actions, 16);
      const expected = plain.step(actions);
      const { observations, rewards } = looking.step(actions);
      expect([...observations]).toEqual([...expected.observations]);
      expect([...rewards]).toEqual([...expected.rewards]);
    }
  });

  test('looks ahead over the whole distribution: the mean reward is the expected one', () => {
    // On hand 8 and nothing ordered: E[reward] = -(E[8 - D]+ + 4 E[D - 8]+), D Poisson with mean 5.
    const environment = createSupplyEnvironment({ scenario: shop({ location: { initialStock: 8 }, link: { leadTime: 1 } }), lanes: 1 });
    let expected = 0;
    let p = Math.exp(-5);
    for (let d = 0; d < 80; d++) {
      expected -= p * (d < 8 ? 8 - d : 4 * (d - 8));
      p *= 5 / (d + 1);
    }
    const { rewards } = environment.lookahead([0], 4096);
    expect(rewards.reduce((sum, reward) => sum + reward, 0) / 4096).toBeCloseTo(expected, 2);
  });

  test('drawn starts of a network know all shops nearly empty at once, and all nearly full', () => {
    const lanes = 2000;
    const [depot, store] = serial.locations;
    const scenario: Scenario = {
      ...serial,
      locations: [depot, store, { ...store, id: 'kiosk' }],
      links: [...serial.links, { from: 'depot', to: 'kiosk', leadTime: 1 }],
      demand: [...serial.demand, { ...serial.demand[0], location: 'kiosk' }],
    };
    const environment = createSupplyEnvironment({ scenario, lanes, seed: 4, spreadStart: true });
    environment.reset();
    const stocks = [1, 2].map((n) => environment.simulator.view.onHand.slice(n * lanes, (n + 1) * lanes));
    const most = Math.max(...stocks[0], ...stocks[1]);
    const share = (from: number, to: number) =>
      stocks[0].filter((_, lane) => stocks.every((of) => of[lane] >= from * most && of[lane] <= to * most)).length / lanes;
    // Each by itself would be within a tenth in one lane of fifty.
    expect(share(0, 0.1)).toBeGreaterThan(0.1);
    expect(share(0.6, 1)).toBeGreaterThan(0.02);
  });

  test('drawn starts fill a depot too, as what passes through it asks', () => {
    const lanes = 2000;
    const environment = createSupplyEnvironment({ scenario: serial, lanes, seed: 4, spreadStart: true });
    environment.reset();
    const most = (n: number) => Math.max(...environment.simulator.view.onHand.subarray(n * lanes, (n + 1) * lanes));
    expect(most(0)).toBeGreaterThan(0.9 * most(1));
  });

  test('saved, goes on exactly as it did', () => {
    const original = createSupplyEnvironment({ scenario: serial, lanes: 2, seed: 8, timeLimit: 7, spreadStart: true });
    for (let t = 0; t < 5; t++) original.step([t, 1, 2, t]);
    const saved = original.save();
    const resumed = createSupplyEnvironment({ scenario: serial, lanes: 2, seed: 0, timeLimit: 7, spreadStart: true });
    resumed.restore(saved);
    for (let t = 0; t < 9; t++) {
      const { observations, rewards, truncated } = original.step([t, 4, 3, t]);
      const again = resumed.step([t, 4, 3, t]);
      expect([...again.observations, ...again.rewards, ...again.truncated]).toEqual([...observations, ...rewards, ...truncated]);
    }
  });

  test('refuses a time limit of 0', () => {
    expect(() => createSupplyEnvironment({ scenario: serial, lanes: 1, timeLimit: 0 })).toThrow('timeLimit: 0; expected');
  });
});
