import { describe, expect, test } from 'vitest';
import { baseStock } from '../../../agents/index.ts';
import { startCosts } from '../../../agents/learning/dcl/candidates.ts';
import { ChoiceTable } from '../../../agents/learning/dcl/choice-table.ts';
import { drawAround, likeliest, listActions } from '../../../agents/learning/dcl/choices.ts';
import { latticeVector } from '../../../agents/learning/dcl/lattice.ts';
import { networkPlayer, policyPlayer } from '../../../agents/learning/dcl/player.ts';
import { Rollouts } from '../../../agents/learning/dcl/rollouts.ts';
import { Samples, softTargets } from '../../../agents/learning/dcl/samples.ts';
import { createActingNetwork } from '../../../agents/learning/index.ts';
import {
  type ActionOptions,
  createActionCodec,
  createObservationEncoder,
  createStream,
  type Scenario,
  Simulator,
} from '../../../env/index.ts';
import { heWeights } from '../../../neural/index.ts';
import { store } from '../lost-sales.ts';

const shop = store({ shortageCost: 4, leadTime: 2, initialStock: 10 });

describe('targets', () => {
  test('are the softmax of what an action costs more than the cheapest, by hand', () => {
    const samples = new Samples({ features: 1, candidates: 3, components: 1 });
    samples.extend(1);
    samples.actions.set([4, 1, 2]);
    samples.costs.set([10, 10 + Math.log(2), 10 + Math.log(4)]);
    samples.noise.fill(0.5);
    const targets = softTargets(samples, [5], 2);
    // Weights 4, 2, 1 of 7 for the actions 4, 1, 2.
    expect(Array.from(targets)).toEqual([0, 2 / 7, 1 / 7, 0, 4 / 7].map(Math.fround));
  });

  test('of several components are the sums over what agrees in each', () => {
    const samples = new Samples({ features: 1, candidates: 3, components: 2 });
    samples.extend(1);
    samples.actions.set([0, 1, 0, 0, 1, 1]);
    samples.costs.set([5, 5, 5 + Math.log(2)]);
    samples.noise.fill(1);
    // Weights 2, 2, 1 of 5.
    expect(Array.from(softTargets(samples, [2, 2], 1))).toEqual([4 / 5, 1 / 5, 2 / 5, 3 / 5].map(Math.fround));
  });
});

describe('candidates', () => {
  test('are all actions of a space, or none of one that is too large', () => {
    expect(Array.from(listActions([2, 3], 6) ?? [])).toEqual([0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2]);
    expect(listActions([2, 3], 5)).toBeNull();
  });

  test('are the likeliest by the sum of their logits, and what the policy at hand does, in the order of the list', () => {
    const listed = listActions([2, 3], 6) ?? new Int32Array(0);
    const into = new Int32Array(6);
    const outputs = Float32Array.of(9, 0, 1, 5, 2, 4);
    const open = new Uint8Array(6).fill(1);
    likeliest({ listed, counts: [2, 3], finalists: 3, centre: Int32Array.of(1, 0) }, { outputs, open, at: 1 }, into, 0);
    // Logits of the first component 0 and 1, of the second 5, 2 and 4: the sums are 5, 2, 4, 6, 3, 5.
    expect(Array.from(into)).toEqual([0, 0, 1, 0, 1, 2]);
    likeliest({ listed, counts: [2, 3], finalists: 3, centre: Int32Array.of(0, 1) }, { outputs, open, at: 1 }, into, 0);
    expect(Array.from(into)).toEqual([0, 0, 0, 1, 1, 0]);
    // The second component's first choice is closed.
    open[3] = 0;
    likeliest({ listed, counts: [2, 3], finalists: 3, centre: Int32Array.of(0, 1) }, { outputs, open, at: 1 }, into, 0);
    expect(Array.from(into)).toEqual([0, 1, 0, 2, 1, 2]);
  });

  test('drawn around a centre stay in the space and hold the centre', () => {
    const random = createStream(1, 'test');
    const counts = [3, 12, 2];
    const into = new Int32Array(3 * 200);
    drawAround(Int32Array.of(2, 0, 1), { counts, candidates: 200, random }, into, 0);
    expect(Array.from(into.subarray(0, 3))).toEqual([2, 0, 1]);
    into.forEach((choice, i) => {
      expect(choice).toBeGreaterThanOrEqual(0);
      expect(choice).toBeLessThan(counts[i % 3]);
    });
    expect(new Set(into.filter((_, i) => i % 3 === 1)).size).toBeGreaterThan(5);
  });
});

describe('choices that are tried', () => {
  const table = (scenario: Scenario, actions: ActionOptions) => {
    const { view } = new Simulator({ scenario, lanes: 1, seed: 1 });
    const made = new ChoiceTable(view, createActionCodec(view, actions));
    made.look();
    return made;
  };

  test('are those whose order the link takes as it is', () => {
    const [link] = shop.links;
    const { open } = table({ ...shop, links: [{ ...link, minimumOrder: 2, batch: 2, capacity: 6 }] }, { kind: 'quantity', max: 8 });
    expect(Array.from(open)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 0]);
  });

  test('are one of several that order the same', () => {
    const choices = table({ ...shop, locations: [{ ...shop.locations[0], initialStock: 40 }] }, { kind: 'order-up-to' });
    const ordered = Array.from(choices.open.keys(), (choice) => choices.quantity(0, 0, choice));
    expect(Array.from(choices.open)).toEqual(ordered.map((quantity, choice) => (ordered.indexOf(quantity) === choice ? 1 : 0)));
    expect(ordered.filter((quantity) => quantity === 0).length).toBeGreaterThan(1);
  });

  test('stand for those that are not: the nearest order, and the next smaller choice', () => {
    const [link] = shop.links;
    const choices = table({ ...shop, links: [{ ...link, batch: 3 }] }, { kind: 'quantity', max: 8 });
    expect(Array.from(choices.nearest(Float64Array.of(5)))).toEqual([6]);
    const action = Int32Array.of(5);
    choices.settle(0, action, 0);
    expect(Array.from(action)).toEqual([3]);
  });

  test('start at no cost; what is closed or comes twice is not tried', () => {
    const choices = table({ ...shop, links: [{ ...shop.links[0], batch: 3 }] }, { kind: 'quantity', max: 8 });
    const costs = new Float64Array(4);
    startCosts({ actions: Int32Array.of(0, 3, 3, 4), table: choices, candidates: 4 }, costs);
    expect(Array.from(costs)).toEqual([0, 0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('paths on a shifted lattice', () => {
  test('each coordinate takes every step of 1 / points once', () => {
    for (const points of [64, 60]) {
      for (const z of latticeVector(points, [1, 0.5, 0.25])) {
        expect(new Set(Array.from({ length: points }, (_, i) => (i * z) % points)).size).toBe(points);
      }
    }
  });

  test('tell two orders apart with less noise than independent paths', () => {
    const scenario = store({ shortageCost: 4, leadTime: 2, initialStock: 10 });
    const origin = new Simulator({ scenario, lanes: 64, seed: 1 });
    const random = createStream(1, 'test');
    const rollouts = new Rollouts({ scenario, collected: 64, candidates: 2, paths: 128, horizon: 12, random });
    const orders = new Float64Array(2 * 64).fill(4, 0, 64).fill(6, 64);
    const costs = new Float64Array(2 * 64);
    const noise = new Float64Array(64);
    const trial = { origin, player: policyPlayer(baseStock({ S: 17 })), orders };
    for (let lane = 0; lane < 64; lane += rollouts.states) rollouts.run(trial, lane, { costs, noise, to: lane });
    // All lanes stand in the same state: their estimates differ by noise alone.
    const differences = Array.from({ length: 64 }, (_, k) => costs[2 * k + 1] - costs[2 * k]);
    const mean = differences.reduce((a, b) => a + b, 0) / 64;
    const spread = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 63);
    const independent = noise.reduce((a, b) => a + b, 0) / 64;
    expect(independent).toBeGreaterThan(0);
    expect(spread).toBeLessThan(0.7 * independent);
  });
});

test('rollouts cost what a simulation of the same orders costs on average', () => {
  const scenario = store({ shortageCost: 4, leadTime: 1, initialStock: 7 });
  const policy = baseStock({ S: 11 });
  const origin = new Simulator({ scenario, lanes: 1, seed: 1 });
  const rollouts = new Rollouts({ scenario, collected: 1, candidates: 2, paths: 1024, horizon: 6, random: createStream(1, 'test') });
  const costs = new Float64Array(2);
  rollouts.run({ origin, player: policyPlayer(policy), orders: Float64Array.of(0, 8) }, 0, { costs, noise: new Float64Array(1), to: 0 });
  const simulated = [0, 8].map((first) => {
    const simulator = new Simulator({ scenario, lanes: 20_000, seed: 100 });
    const orders = new Float64Array(20_000);
    let total = 0;
    for (let t = 0; t < 6; t++) {
      orders.fill(t === 0 ? first : 0);
      if (t > 0) policy.order(simulator.view, orders);
      simulator.step(orders);
      total += simulator.cost.reduce((a, b) => a + b, 0) / 20_000;
    }
    return total;
  });
  // The standard error of the simulated costs is below 0.1.
  expect(Math.abs(costs[0] - simulated[0])).toBeLessThan(0.4);
  expect(Math.abs(costs[1] - simulated[1])).toBeLessThan(0.4);
});

const keeping = store({ shortageCost: 4, leadTime: 3, initialStock: 10 });

test.each([
  ['where units keep', keeping],
  ['where they age', { ...keeping, items: [{ id: 'milk', life: 3 }] }],
])('remembered decisions are those of the network, %s', (_, scenario) => {
  const observation = ['cover', 'ageing'] as const;
  const inputs = createObservationEncoder(new Simulator({ scenario, lanes: 1 }).view, observation).space.names.length;
  const shape = { inputs, hidden: [8], outputs: 12, activation: 'relu' } as const;
  const network = createActingNetwork({
    actionSpace: { kind: 'discrete', name: 'order', count: 12 },
    shape,
    parameters: heWeights(shape, createStream(3, 'weights')),
  });
  const simulator = new Simulator({ scenario, lanes: 100, seed: 1 });
  const { view } = simulator;
  const player = networkPlayer(network, { actions: { kind: 'quantity' }, observation });
  const encoder = createObservationEncoder(view, observation);
  const codec = createActionCodec(view, { kind: 'quantity' });
  const observations = new Float32Array(100 * inputs);
  const actions = new Int32Array(100);
  const expected = new Float64Array(100);
  const orders = new Float64Array(100);
  for (let t = 0; t < 60; t++) {
    encoder.encode(view, observations);
    network.act(observations, 100, actions);
    codec.decode(view, actions, expected);
    player.order(simulator, orders);
    expect(orders).toEqual(expected);
    simulator.step(orders);
  }
});
