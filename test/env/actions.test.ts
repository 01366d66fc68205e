import { describe, expect, test } from 'vitest';
import { type ActionOptions, createSupplyEnvironment, type Scenario } from '../../env/index.ts';
import { replayed, shop } from './shop.ts';

/** What one action orders in the first period. */
function ordered(scenario: Scenario, actions: ActionOptions, action: readonly number[]): number[] {
  const environment = createSupplyEnvironment({ scenario, lanes: 1, actions });
  environment.step(action);
  return [...environment.simulator.shipped];
}

describe('actions', () => {
  const scenario = shop({ location: { initialStock: 3 }, link: { leadTime: 1 } });

  test('are quantities', () => expect(ordered(scenario, { kind: 'quantity', max: 9 }, [7])).toEqual([7]));

  test('are real quantities within bounds, or rounded ones', () => {
    expect(ordered(scenario, { kind: 'continuous', max: 9 }, [6.6])).toEqual([6.6]);
    expect(ordered(scenario, { kind: 'continuous', max: 9, whole: true }, [6.6])).toEqual([7]);
    expect(() => ordered(scenario, { kind: 'continuous', max: 9 }, [9.5])).toThrow('action [9.5] in lane 0: not in the action space');
    expect(() => ordered(scenario, { kind: 'continuous', max: 9 }, [Number.NaN])).toThrow('action [NaN] in lane 0');
  });

  test('are positions to order up to, the first one being no order', () => {
    const options: ActionOptions = { kind: 'order-up-to', levels: 4, from: 0, to: 2 };
    const lot = Math.sqrt(10);
    expect(ordered(scenario, options, [0])).toEqual([0]);
    expect(ordered(scenario, options, [1])).toEqual([10 - 3]);
    expect(ordered(scenario, options, [3])).toEqual([Math.round(10 + 2 * lot - 3)]);
  });

  test('are multiples of mean demand, or of the forecast for the period that the order serves', () => {
    expect(ordered(scenario, { kind: 'multiple', step: 0.5, max: 2 }, [3])).toEqual([Math.round(1.5 * 5)]);
    const { demand } = shop({});
    const values = Float64Array.of(2, 8);
    const forecasts = { rows: 1, span: 2, horizon: 2, mean: Float64Array.of(2, 8, 8, 2), variance: new Float64Array(4) };
    const moving = { ...scenario, demand: [{ ...demand[0], process: { kind: 'replay' as const, values, forecasts } }] };
    expect(ordered(moving, { kind: 'multiple', of: 'forecast', step: 1 }, [2])).toEqual([16]);
    expect(ordered(moving, { kind: 'multiple', of: 'mean', step: 1 }, [2])).toEqual([10]);
  });

  test('have one component for each arc', () => {
    const network: Scenario = {
      ...scenario,
      links: [...scenario.links, { from: 'supplier', to: 'shop', leadTime: 0 }],
    };
    const { actionSpace } = createSupplyEnvironment({ scenario: network, lanes: 1, actions: { kind: 'quantity', max: 5 } });
    expect(actionSpace).toMatchObject({ kind: 'multi-discrete', names: ['supplier>shop', 'supplier>shop#2'], counts: [6, 6] });
    expect(ordered(network, { kind: 'quantity', max: 5 }, [1, 4])).toEqual([1, 4]);
  });

  test.each<[ActionOptions, string]>([
    [{ kind: 'quantity', max: 0 }, 'actions.max: 0'],
    [{ kind: 'continuous', max: Number.NaN }, 'actions.max: NaN'],
    [{ kind: 'order-up-to', levels: 1 }, 'actions.levels: 1'],
    [{ kind: 'multiple', step: 0 }, 'actions.step: 0'],
    [{ kind: 'multiple', step: 2, max: 1 }, 'actions.max: 1'],
  ])('that make no sense are refused: %o', (actions, message) => {
    expect(() => createSupplyEnvironment({ scenario, lanes: 1, actions })).toThrow(message);
  });
});

describe('orders up to a position', () => {
  test('come in whole batches, so that every position can be chosen', () => {
    const scenario = shop({ link: { batch: 4, leadTime: 1 } });
    const environment = createSupplyEnvironment({ scenario, lanes: 1, actions: { kind: 'order-up-to', levels: 12, from: 0, to: 4 } });
    expect(environment.actionMasks().every((mask) => mask === 1)).toBe(true);
    const shipped = Array.from({ length: 12 }, (_, action) => {
      environment.reset({ seed: 1 });
      environment.step([action]);
      return environment.simulator.shipped[0];
    });
    expect(shipped.every((units) => units % 4 === 0)).toBe(true);
    expect(new Set(shipped).size).toBeGreaterThan(3);
  });
});

describe('orders up to a position in other places', () => {
  const options: ActionOptions = { kind: 'order-up-to', levels: 4, from: 0, to: 2 };

  test('are cut to what the link can carry, and so all are allowed', () => {
    const scenario = shop({ link: { capacity: 6, batch: 4, leadTime: 1 } });
    expect(ordered(scenario, options, [3])).toEqual([4]);
    expect([...createSupplyEnvironment({ scenario, lanes: 1, actions: options }).actionMasks()]).toEqual([1, 1, 1, 1]);
  });

  test('lie about the demand that a stock point passes on, where it has none of its own', () => {
    const own = shop({ link: { leadTime: 1 } });
    const chain: Scenario = {
      ...own,
      locations: [{ id: 'depot', holdingCost: 1, shortage: { kind: 'backlog', cost: 0 }, initialStock: 3 }, ...own.locations],
      links: [
        { from: 'supplier', to: 'depot', leadTime: 1 },
        { from: 'depot', to: 'shop', leadTime: 0 },
      ],
    };
    expect(ordered(chain, options, [3, 0])[0]).toBe(Math.round(10 + 2 * Math.sqrt(10) - 3));
  });

  test('of several sources: the fastest raises what will be there when it comes, the slower ones all there is with what it ordered', () => {
    const two = shop({
      links: [
        { id: 'slow', from: 'supplier', to: 'shop', leadTime: 3 },
        { id: 'fast', from: 'supplier', to: 'shop', leadTime: 1 },
      ],
      demands: [5],
    });
    const environment = createSupplyEnvironment({ scenario: two, lanes: 1, actions: { kind: 'order-up-to', levels: 2, from: 0, to: 0 } });
    environment.step([1, 0]);
    expect([...environment.simulator.shipped]).toEqual([20, 0]);
    environment.step([1, 1]);
    // Nothing of the 20 comes within a period: the fast source brings all of 10, and then 30 are more than the slow one's level.
    expect([...environment.simulator.shipped]).toEqual([0, 10]);
  });
});

describe('action masks', () => {
  const masks = (scenario: Scenario, actions: ActionOptions) => createSupplyEnvironment({ scenario, lanes: 1, actions }).actionMasks();

  test('allow everything where links take any order', () => {
    expect([...masks(shop({}), { kind: 'quantity', max: 3 })]).toEqual([1, 1, 1, 1]);
  });

  test('allow what the link takes as it is: batches, a minimum, a capacity', () => {
    const scenario = shop({ link: { batch: 2, minimumOrder: 4, capacity: 7 } });
    expect([...masks(scenario, { kind: 'quantity', max: 9 })]).toEqual([1, 0, 0, 0, 1, 0, 1, 0, 0, 0]);
  });

  test('follow the state: of a link that is down, and of orders up to a position', () => {
    const down = createSupplyEnvironment({
      scenario: shop({ link: { disruptions: { kind: 'listed', periods: [1] } } }),
      lanes: 2,
      actions: { kind: 'quantity', max: 2 },
    });
    expect([...down.actionMasks()]).toEqual([1, 1, 1, 1, 1, 1]);
    down.step([0, 0]);
    expect([...down.actionMasks()]).toEqual([1, 0, 0, 1, 0, 0]);
    const upTo = shop({ location: { initialStock: 4 }, link: { minimumOrder: 3 } });
    expect([...masks(upTo, { kind: 'order-up-to', levels: 3, from: 0, to: 2 })]).toEqual([1, 0, 1]);
  });

  test('stand arc by arc, lane by lane', () => {
    const scenario = shop({
      links: [
        { from: 'supplier', to: 'shop', leadTime: 1, capacity: [1, 2] },
        { from: 'supplier', to: 'shop', leadTime: 0 },
      ],
      demands: [1],
    });
    const environment = createSupplyEnvironment({ scenario, lanes: 2, actions: { kind: 'quantity', max: 2 } });
    expect([...environment.actionMasks()]).toEqual([1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  test('are none for a box', () => {
    expect(masks(shop({ link: { capacity: 3 } }), { kind: 'continuous' }).length).toBe(0);
  });
});

describe('observations', () => {
  test('show age, availability, room and calendar where there are such things, and nothing where there are not', () => {
    const names = (scenario: Scenario) =>
      createSupplyEnvironment({ scenario, lanes: 1, observation: ['onHand', 'ageing', 'available', 'room', 'calendar'] }).observationSpace
        .names;
    expect(names(shop({}))).toEqual(['onHand shop']);
    const rich = shop({
      item: { life: 2 },
      location: { capacity: 9 },
      link: { disruptions: { kind: 'listed', periods: [0] } },
      periods: 4,
    });
    expect(names({ ...rich, phases: 4 })).toEqual([
      'onHand shop',
      'on hand shop for 1 more',
      'on hand shop for 2 more',
      'available supplier>shop',
      'room shop',
      'season sine',
      'season cosine',
      'horizon left',
    ]);
    const environment = createSupplyEnvironment({
      scenario: {
        ...rich,
        demand: [{ location: 'shop', process: replayed([1]) }],
        locations: [{ ...rich.locations[0], initialStock: 5 }],
        phases: 4,
      },
      lanes: 1,
      observation: ['ageing', 'available', 'room', 'calendar'],
    });
    expect([...environment.step([0]).observations]).toEqual([4, 0, 1, 5, 1, expect.closeTo(0, 6), 0.75]);
  });

  test('show orders under way by their age where lead times are drawn', () => {
    const scenario = shop({ link: { leadTime: { values: [2, 4], probabilities: [0.5, 0.5], crossing: true } }, demands: [0] });
    const environment = createSupplyEnvironment({ scenario, lanes: 1, observation: ['pipeline'], actions: { kind: 'quantity', max: 6 } });
    expect([...environment.step([6]).observations]).toEqual([6, 0, 0]);
  });
});
