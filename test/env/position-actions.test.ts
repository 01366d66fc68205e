import { describe, expect, it } from 'vitest';
import { buildBaseline } from '../../agents/index.ts';
import { createActionCodec, createObservationEncoder, type Scenario, Simulator } from '../../env/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

/** Runs 25 periods under a policy and compares, period by period, with what the codec makes of the action that it starts at. */
async function differences(id: string, options: { echelon?: boolean; around: number[] }, policy: ReturnType<typeof buildBaseline>) {
  const { scenario } = await loadScenario(id);
  const simulator = new Simulator({ scenario, lanes: 8, seed: 3 });
  const { view, network, lanes } = simulator;
  const codec = createActionCodec(view, { kind: 'position', ...options });
  if (codec.space.kind !== 'multi-discrete' || codec.space.starts === undefined) throw new Error('expected starts');
  const start = codec.space.starts;
  const actions = Int32Array.from({ length: lanes * network.arcs.length }, (_, i) => start[i % network.arcs.length]);
  const orders = new Float64Array(lanes * network.arcs.length);
  const wanted = new Float64Array(orders.length);
  let different = 0;
  let ordered = 0;
  for (let t = 0; t < 25; t++) {
    codec.decode(view, actions, orders);
    wanted.fill(0);
    policy.order(view, wanted);
    orders.forEach((order, i) => {
      if (order !== wanted[i]) different++;
      ordered += order;
    });
    simulator.step(wanted);
  }
  return { different, ordered };
}

describe('orders up to a position', () => {
  it('begin at echelon base stock, with stages in line, orders in the post and goods owed', async () => {
    const levels = { 'S.retailer': 32, 'S.wholesaler': 48, 'S.distributor': 64, 'S.factory': 72 };
    const { different, ordered } = await differences(
      'beer-game',
      { echelon: true, around: [72, 64, 48, 32] },
      buildBaseline('echelon-base-stock', levels),
    );
    expect(different).toBe(0);
    expect(ordered).toBeGreaterThan(0);
  });

  it('begin at base stock shared by several sources', async () => {
    const levels = { 'S.retailer': 117, 'S.distributor2': 93, 'S.distributor3': 168, 'S.maker4': 27, 'S.maker5': 49, 'S.maker6': 38 };
    const around = [117, 117, 93, 168, 93, 93, 168, 27, 49, 49, 38];
    const { different, ordered } = await differences('orgym-network', { around }, buildBaseline('shared-base-stock', levels));
    expect(different).toBe(0);
    expect(ordered).toBeGreaterThan(0);
  });

  it('are none at all for the first choice, and one unit more or less for the next', async () => {
    const { scenario } = await loadScenario('one-warehouse');
    const { view } = new Simulator({ scenario, lanes: 1 });
    const codec = createActionCodec(view, { kind: 'position', echelon: true, around: [90, 15, 15, 15] });
    if (codec.space.kind !== 'multi-discrete') throw new Error('expected several components');
    const orders = new Float64Array(4);
    const first = [0, 0, 0, 0];
    codec.decode(view, first, orders);
    expect(Array.from(orders)).toEqual([0, 0, 0, 0]);
    // 45 in the warehouse and 10 at each of three retailers.
    const start = codec.space.starts ?? [];
    codec.decode(view, start, orders);
    expect(Array.from(orders)).toEqual([15, 5, 5, 5]);
    codec.decode(view, [start[0] + 2, start[1] - 1, start[2], start[3] + 1], orders);
    expect(Array.from(orders)).toEqual([17, 4, 5, 6]);
  });

  it('rise and fall, where they follow the forecast, by as much as that of the demand until the next order arrives', async () => {
    const { scenario } = await loadScenario('warehouse', { set: ['shops=1'] });
    const simulator = new Simulator({ scenario, lanes: 1, seed: 5 });
    const { view, network } = simulator;
    const periodsOf = network.arcs.map(({ to }) => (network.nodes[to].outbound.length > 0 ? 5 : 2));
    const typical = network.arcs.map(({ to }, a) => {
      const faces = network.nodes[to].demand >= 0 ? to : network.arcs[network.nodes[to].outbound[0]].to;
      return { faces, mean: periodsOf[a] * view.typicalMean[faces] };
    });
    const around = typical.map(({ mean }) => mean + 7);
    const fixed = createActionCodec(view, { kind: 'position', echelon: true, around });
    const moving = createActionCodec(view, { kind: 'position', echelon: true, around, of: 'forecast' });
    if (fixed.space.kind !== 'multi-discrete' || fixed.space.starts === undefined) throw new Error('expected starts');
    const actions = Int32Array.from(fixed.space.starts);
    const [before, after] = [new Float64Array(network.arcs.length), new Float64Array(network.arcs.length)];
    let moved = 0;
    for (let t = 0; t < 60; t++) {
      fixed.decode(view, actions, before);
      moving.decode(view, actions, after);
      typical.forEach(({ faces, mean }, a) => {
        let coming = 0;
        for (let ahead = 0; ahead < periodsOf[a]; ahead++) coming += view.forecastMean(faces, ahead)[0];
        // What is lacking moves by as much as the forecast, but that nothing is sent back.
        const shift = Math.round(coming - mean);
        if (before[a] > 0 && before[a] + shift > 0) expect(after[a]).toBe(before[a] + shift);
        if (shift !== 0) moved++;
      });
      simulator.step(after);
    }
    expect(moved).toBeGreaterThan(60);
  });

  it('refuse levels that do not fit the links', async () => {
    const { scenario } = await loadScenario('one-warehouse');
    const { view } = new Simulator({ scenario, lanes: 1 });
    expect(() => createActionCodec(view, { kind: 'position', around: [1, 2] })).toThrow(
      /around: 1, 2; expected a level from 0 for each of the 4 links/,
    );
  });
});

describe('the parts of an observation that look along the network', () => {
  /** A depot that supplies two shops with 4 and 12 a period (variance 16 in all), two periods from the outside source. */
  const scenario: Scenario = {
    id: 'depot',
    title: 'A depot with two shops',
    items: [{ id: 'item' }],
    periods: null,
    warmUp: 0,
    locations: [
      { id: 'depot', holdingCost: 1, shortage: { kind: 'backlog', cost: 0 }, initialStock: 40 },
      { id: 'small', holdingCost: 1, shortage: { kind: 'backlog', cost: 9 }, initialStock: 6 },
      { id: 'large', holdingCost: 1, shortage: { kind: 'backlog', cost: 9 }, initialStock: 12 },
    ],
    links: [
      { id: 'in', from: 'supplier', to: 'depot', leadTime: 2, initialPipeline: [20] },
      { id: 'a', from: 'depot', to: 'small', leadTime: 1 },
      { id: 'b', from: 'depot', to: 'large', leadTime: 1 },
    ],
    demand: [
      { location: 'small', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 4 } } },
      { location: 'large', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 12 } } },
    ],
  };

  it('measures every stock point against what it passes on', () => {
    const { view } = new Simulator({ scenario, lanes: 1 });
    const encoder = createObservationEncoder(view, ['flow']);
    const out = new Float32Array(encoder.space.names.length);
    encoder.encode(view, out);
    const named = Object.fromEntries(encoder.space.names.map((name, k) => [name, out[k]]));
    // 40 on hand less 16, then 20 more less 16, in deviations of 4 and 4 sqrt(2); beyond 4 deviations growth is slow: 4 + log(6 - 3).
    expect(named['stock depot 0 [sd]']).toBeCloseTo(4 + Math.log(3), 5);
    expect(named['inflow depot 1 [sd]']).toBeCloseTo((20 - 16) / 4, 5);
    expect(named['stock depot 1 [sd]']).toBeCloseTo(4 + Math.log(28 / (4 * Math.SQRT2) - 3), 5);
    expect(named['stock small 0 [sd]']).toBeCloseTo((6 - 4) / 2, 5);
    expect(named['stock large 0 [sd]']).toBeCloseTo(0, 5);
  });

  it('its outlook shows what is announced as early as an order outside can be there for it', () => {
    const base = scenario.demand[0].process;
    const notes = [{ text: 'An office opens', from: 3, length: 1, multiplier: 2 }];
    const told: Scenario = {
      ...scenario,
      demand: [{ location: 'small', process: { kind: 'events', base, knownAhead: 3, notes } }, scenario.demand[1]],
    };
    const { view } = new Simulator({ scenario: told, lanes: 1 });
    const encoder = createObservationEncoder(view, ['outlook']);
    const out = new Float32Array(encoder.space.names.length);
    encoder.encode(view, out);
    const ahead = [0, 1, 2, 3];
    expect(encoder.space.names).toEqual(['small', 'large'].flatMap((id) => ahead.map((k) => `outlook ${id} ${k}`)));
    Array.from(out).forEach((value, k) => {
      expect(value, encoder.space.names[k]).toBeCloseTo(k === 3 ? Math.log(2.1 / 1.1) : 0, 5);
    });
  });
});
