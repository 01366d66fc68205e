import { describe, expect, test } from 'vitest';
import { baseStock } from '../../../agents/index.ts';
import { createActingNetwork } from '../../../agents/learning/acting-network.ts';
import { dclConfigSchema } from '../../../agents/learning/dcl/config.ts';
import { generationsPlanned } from '../../../agents/learning/dcl/phases.ts';
import { networkPlayer, periodWork, policyPlayer } from '../../../agents/learning/dcl/player.ts';
import { Rollouts } from '../../../agents/learning/dcl/rollouts.ts';
import { createStream, type ObservationPart, Simulator } from '../../../env/index.ts';
import { heWeights, parameterCount } from '../../../neural/index.ts';
import { store } from '../lost-sales.ts';

const shop = store({ shortageCost: 4, leadTime: 2, initialStock: 10 });
const chain = {
  ...shop,
  locations: [{ id: 'depot', holdingCost: 0.5, shortage: { kind: 'backlog', cost: 0 }, initialStock: 20 } as const, ...shop.locations],
  links: [
    { from: 'supplier', to: 'depot', leadTime: 1 },
    { from: 'depot', to: 'shop', leadTime: 2 },
  ],
};
const rule = policyPlayer(baseStock({ S: 17 }));

/** A network that sees three numbers. */
function player(observation: readonly ObservationPart[]) {
  const shape = { inputs: 3, hidden: [64, 64], outputs: 10, activation: 'relu' } as const;
  const actionSpace = { kind: 'discrete', name: 'order', count: 10 } as const;
  const network = createActingNetwork({ actionSpace, shape, parameters: heWeights(shape, createStream(1, 'weights')) });
  return { work: parameterCount(shape) / 64, player: networkPlayer(network, { actions: { kind: 'quantity' }, observation }) };
}

describe('work is counted in periods of one stock point', () => {
  test('one for each stock point that a rule orders for', () => {
    expect(periodWork(rule, new Simulator({ scenario: shop, lanes: 1 }))).toBe(1);
    expect(periodWork(rule, new Simulator({ scenario: chain, lanes: 1 }))).toBe(2);
  });

  test('a network’s decisions count by their multiply-adds, unless they are looked up', () => {
    const simulator = new Simulator({ scenario: shop, lanes: 1 });
    const lookedUp = player(['cover']);
    expect(periodWork(lookedUp.player, simulator)).toBe(1);
    const workedOut = player(['cover', 'calendar']);
    expect(periodWork(workedOut.player, simulator)).toBe(1 + Math.round(workedOut.work));
  });

  test('paths are not followed beyond the end of a scenario', () => {
    const scenario = { ...shop, periods: 9, warmUp: 0 };
    const origin = new Simulator({ scenario, lanes: 4, seed: 1 });
    for (let t = 0; t < 7; t++) origin.step(new Float64Array(4));
    const rollouts = new Rollouts({ scenario, collected: 4, candidates: 2, paths: 8, horizon: 40, random: createStream(1, 'test') });
    const costs = new Float64Array(8);
    const trial = { origin, player: rule, orders: new Float64Array(8) };
    expect(rollouts.states).toBe(1);
    expect(rollouts.run(trial, 0, { costs, noise: new Float64Array(4), to: 0 })).toBe(2 * 8 * 2);
  });

  test('a generation that could try too few states leaves its work to those before it', () => {
    const config = dclConfigSchema.parse({ steps: 2_000_000, generations: 2, fitPart: 0.4, evaluationPart: 0.1 });
    // 500,000 steps of rollouts each: 1,000 states of 500.
    expect(generationsPlanned(config, 500)).toBe(2);
    expect(generationsPlanned(config, 501)).toBe(1);
    expect(generationsPlanned(config, 1e9)).toBe(1);
  });
});
