import { beforeAll, describe, expect, test } from 'vitest';
import { type Episode, finish, laboratorySource, type WatchSource, watchMessage } from '../../dashboard/index.ts';
import type { ExplanationMessage } from '../../dashboard/protocol.ts';
import { train } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { framesOf } from './small-source.ts';

const watch = watchMessage.parse({ type: 'watch', scenario: 'lost-sales', policies: ['s-S:s=20,S=26', 'optimal'], seed: 4, periods: 300 });

let source: WatchSource;
beforeAll(async () => {
  source = await laboratorySource();
});

async function open(change: object = {}) {
  const episode = await source.open({ ...watch, ...change });
  return { episode, frames: framesOf(episode) };
}

function explained(episode: Episode, period: number, policy: number) {
  return finish(episode.explain(period, policy));
}

/** What a rule comes to at its position. */
function ordersBy({ position, reorderPoint, orderUpTo, quantity }: Omit<ExplanationMessage['rules'][number], 'link'>): number {
  if (reorderPoint !== null && position > reorderPoint) return 0;
  if (orderUpTo === null) return quantity ?? 0;
  return Math.min(quantity ?? Number.POSITIVE_INFINITY, Math.max(0, orderUpTo - position));
}

describe('why a policy ordered what it ordered', () => {
  test.each([1, 17, 299])('the state and the order of period %i are those of its frame', async (period) => {
    const { episode, frames } = await open();
    for (const policy of [0, 1]) {
      const { saw, orders } = explained(episode, period, policy);
      const { onHand, backlog, onOrder, orders: ordered } = frames[period - 1].policies[policy];
      expect([saw[0].onHand, saw[0].backlog, saw[0].onOrder, orders]).toEqual([onHand, backlog, onOrder, [ordered]]);
      expect(saw[0].forecast[0]).toEqual(frames[period - 1].forecast);
    }
  });

  test('a classic rule tells its levels, and its order follows from them', async () => {
    const { episode } = await open();
    for (let period = 1; period <= 40; period++) {
      const { rules, orders } = explained(episode, period, 0);
      const [{ link, position, reorderPoint, orderUpTo }] = rules;
      expect([link, reorderPoint, orderUpTo]).toEqual(['supplier>store', 20, 26]);
      expect(orders).toEqual([position <= 20 ? 26 - position : 0]);
    }
  });

  test('the optimum says what it would have ordered in that very state: its own order in its own', async () => {
    const { episode } = await open();
    for (let period = 1; period <= 40; period++) {
      const { orders, optimum } = explained(episode, period, 1);
      expect(optimum).toEqual(orders);
    }
    const differs = Array.from({ length: 40 }, (_, t) => explained(episode, t + 1, 0)).some(
      ({ orders, optimum }) => orders[0] !== optimum?.[0],
    );
    expect(differs).toBe(true);
  });

  test.each([
    ['serial', 'shared-base-stock:S=20', false],
    ['one-warehouse', 'balanced-base-stock:S=60,z=1', true],
    ['beer-game', 'sterman:S=17,alpha=1,beta=0.34,L=0', false],
    ['dual-sourcing', 'single-index:Se=2,Sr=8', false],
    ['dual-sourcing', 'dual-index:Se=2,Sr=8', false],
    ['dual-sourcing', 'capped-dual-index:Se=2,Sr=8,r=1', false],
    ['dual-sourcing', 'tailored-base-surge:r=1,S=3', false],
    ['serial', 'optimal', false],
    ['newsvendor', 'optimal', false],
    ['fixed-cost', 'optimal', false],
  ])('%s: the orders of %s follow from its rules', async (scenario, policy, shares) => {
    const { episode, frames } = await open({ scenario, policies: [policy], periods: 20 });
    expect(frames.length).toBeGreaterThan(0);
    for (const { period } of frames) {
      const { rules, orders } = explained(episode, period, 0);
      expect(rules.map(({ link }) => link).sort()).toEqual(episode.network.links.map(({ id }) => id).sort());
      for (const [k, { id }] of episode.network.links.entries()) {
        const rule = rules.find(({ link }) => link === id);
        const most = ordersBy(rule ?? { position: 0, reorderPoint: null, orderUpTo: null, quantity: null });
        // What a warehouse cannot give to all it shares.
        if (shares) expect(orders[k]).toBeLessThanOrEqual(Math.round(most));
        else expect(orders[k]).toBeCloseTo(policy.startsWith('sterman') ? Math.round(most) : most, 9);
      }
    }
  });

  test.each(['myopic', 'myopic-2'])('%s tells what each order would cost; the cheapest is what it ordered', async (policy) => {
    const { episode } = await open({ policies: [policy], periods: 10 });
    for (let period = 1; period <= 10; period++) {
      const { choices, orders } = explained(episode, period, 0);
      expect(choices[0].of).toBe('value');
      expect(choices[0].options[0]).toMatchObject({ orders, taken: true });
    }
  });

  test.each([
    ['lost-sales', 1],
    ['dual-sourcing', 2],
    ['perishable', 1],
  ])('%s: a table tells what it orders with more and with less stock, this state among them', async (scenario, arcs) => {
    const { episode, frames } = await open({ scenario, policies: ['optimal'], periods: 12 });
    for (const { period, policies } of frames) {
      const { nearby, orders, saw, rules } = explained(episode, period, 0);
      const here = nearby.filter(({ here }) => here);
      expect(here).toEqual([{ stock: policies[0].onHand - policies[0].backlog, orders, here: true }]);
      expect(orders).toHaveLength(arcs);
      expect(rules[0].position).toBe(saw[0].position);
      expect(nearby.length).toBeGreaterThan(2);
      const ordered = nearby.map((one) => one.orders.reduce((sum, quantity) => sum + quantity, 0));
      expect(ordered).toEqual([...ordered].sort((a, b) => b - a));
    }
  });

  test('in a network, each location tells what it saw and each link its rule', async () => {
    const policies = ['echelon-base-stock:S.retailer=30,S.wholesaler=50,S.distributor=70,S.factory=90'];
    const { episode, frames } = await open({ scenario: 'beer-game', policies, periods: 36 });
    const { saw, rules, orders } = explained(episode, 20, 0);
    expect(saw.map(({ location }) => location)).toEqual(['factory', 'distributor', 'wholesaler', 'retailer']);
    expect(saw.map(({ onHand }) => onHand)).toEqual(frames[19].policies[0].locations?.onHand);
    expect(orders).toEqual(frames[19].policies[0].links?.orders);
    const levels = Object.fromEntries(rules.map(({ link, orderUpTo, position }) => [link, Math.max(0, (orderUpTo ?? 0) - position)]));
    expect(episode.network.links.map(({ id }) => levels[id])).toEqual(orders);
  });

  test.each([
    ['ppo', 'probability'],
    ['dqn', 'value'],
  ] as const)('%s tells a %s of each choice; the best one is what it ordered', async (agent, of) => {
    const settings = { hidden: [8], horizon: 4, ...(agent === 'dqn' ? { learningStarts: 64 } : {}) };
    const loaded = await loadScenario('lost-sales');
    const { run } = await train({ loaded, agent, steps: 512, lanes: 32, settings, evaluation: null, curvePoints: 1, seed: 3 });
    const { episode, frames } = await open({ policies: [`run:${run}`] });
    const { choices, orders } = explained(episode, 25, 0);
    expect(choices).toHaveLength(1);
    expect(choices[0].of).toBe(of);
    const weights = choices[0].options.map(({ value }) => value);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    if (of === 'probability') expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 2);
    expect(choices[0].options.find(({ taken }) => taken)?.orders).toEqual(orders);
    if (of === 'value') expect(choices[0].options[0].taken).toBe(true);
    expect(orders).toEqual([frames[24].policies[0].orders]);
  });
});

describe('the scores beside an episode', () => {
  test('are what evaluate finds with the same scenario, seed, policies and periods', async () => {
    const { compare } = await import('../../experiments/index.ts');
    const scores = await source.scores?.(watch);
    const loaded = await loadScenario('lost-sales');
    const { results, optimum } = await compare({ loaded, policies: watch.policies, seed: 4, periods: 300, lanes: 256 });
    expect(scores?.lanes).toBe(256);
    expect(scores?.results.map(({ costPerPeriod, ci95, fillRate, gapPercent }) => [costPerPeriod, ci95, fillRate, gapPercent])).toEqual(
      results.map(({ costPerPeriod, ci95, fillRate, gapPercent }) => [costPerPeriod, ci95, fillRate, gapPercent]),
    );
    expect(scores?.optimum).toEqual(optimum);
  });
});
