import { describe, expect, test } from 'vitest';
import { totalsOf } from '../../dashboard/index.ts';
import { countQuantile } from '../../env/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { depot, fixedPolicies, playedThrough, shop, smallSource } from './small-source.ts';

describe('a simulated episode', () => {
  test('totals equal what evaluate finds with the same scenario, policies, seed and periods', async () => {
    const policies = [fixedPolicies['base-stock'], fixedPolicies['s-S']];
    const { results } = evaluate({ scenario: shop, policies, periods: 80, lanes: 4, seed: 11 });
    const lanes = await Promise.all(
      [0, 1, 2, 3].map((lane) => playedThrough({ scenario: 'shop', policies: ['base-stock', 's-S'], periods: 80, seed: 11, lane })),
    );
    for (const [k, { costPerPeriod }] of results.entries()) {
      const mean = lanes.reduce((sum, frames) => sum + totalsOf(frames, 2)[k].costPerPeriod, 0) / 4;
      expect(mean).toBeCloseTo(costPerPeriod, 9);
    }
  });

  test('the fill rate of a scenario with one lane is that of evaluate', async () => {
    const { results } = evaluate({ scenario: depot, policies: [fixedPolicies['s-S']], periods: 120, lanes: 1, seed: 5 });
    const frames = await playedThrough({ scenario: 'depot', policies: ['s-S'], periods: 120, seed: 5 });
    expect(totalsOf(frames, 1)[0].fillRate).toBeCloseTo(results[0].fillRate ?? Number.NaN, 12);
  });

  test('policies beside each other face the demand that each faces alone', async () => {
    const together = await playedThrough({ scenario: 'shop', policies: ['s-S', 'constant', 'idle'], periods: 50, lane: 1 });
    const alone = await playedThrough({ scenario: 'shop', policies: ['idle'], periods: 50, lane: 1 });
    expect(together.map(({ demand }) => demand)).toEqual(alone.map(({ demand }) => demand));
    expect(together.map(({ policies }) => policies[2])).toEqual(alone.map(({ policies }) => policies[0]));
  });

  test('each item has a demand of its own, forecast as its distribution says', async () => {
    const [first, second] = await Promise.all(
      [0, 1].map((lane) => playedThrough({ scenario: 'shop', policies: ['s-S'], periods: 50, lane })),
    );
    expect(first.map(({ demand }) => demand)).not.toEqual(second.map(({ demand }) => demand));
    expect(second[0].forecast).toEqual({ mean: 8, p10: countQuantile(8, 8, 0.1), p90: countQuantile(8, 8, 0.9) });
  });

  test('stock balances: what is on hand and on the way grows by the order and shrinks by what was served', async () => {
    const frames = await playedThrough({ scenario: 'shop', policies: ['s-S'], periods: 40 });
    for (const [t, frame] of frames.slice(0, -1).entries()) {
      const [now, next] = [frame.policies[0], frames[t + 1].policies[0]];
      expect(next.onHand + next.onOrder).toBe(now.onHand + now.onOrder + now.orders - now.served);
    }
  });

  test('what is not served at once is lost, or waits in the next period', async () => {
    for (const { demand, policies } of await playedThrough({ scenario: 'shop', policies: ['constant'], periods: 40 }))
      expect(policies[0].lost ?? 0).toBe(demand - policies[0].served);
    const owing = await playedThrough({ scenario: 'depot', policies: ['constant'], periods: 40 });
    expect(owing.some(({ policies }) => policies[0].backlog > 0)).toBe(true);
    for (const { policies } of owing) expect(policies[0].lost).toBeUndefined();
  });

  test('an episode of a scenario that ends is no longer than what follows the warm-up', async () => {
    const message = { type: 'watch' as const, scenario: 'shop', set: { periods: 20 }, policies: ['s-S'], seed: 1, periods: 100 };
    const episode = await smallSource.open({
      ...message,
      lane: 0,
      item: null,
      scores: false,
      game: null,
      played: 0,
      play: false,
      speed: 1,
    });
    expect(episode.periods).toBe(20 - shop.warmUp);
  });
});
