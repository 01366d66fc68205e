import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, type KnownOptimum, startDashboard, type WatchSource } from '../../dashboard/index.ts';
import { Client } from './client.ts';
import { emptyPage } from './empty-page.ts';
import { fixedPolicies, smallSource } from './small-source.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 20 };
const page = emptyPage();

describe('why each policy ordered what it ordered', () => {
  let dashboard: Dashboard;
  let solved: (optimum: KnownOptimum) => void = () => {};
  let asked = 0;

  beforeAll(async () => {
    const solving: WatchSource = {
      ...smallSource,
      optimum: () => {
        asked++;
        return new Promise((resolve) => {
          solved = resolve;
        });
      },
    };
    dashboard = await startDashboard({ source: solving, start, page: page.folder });
  });
  afterAll(async () => {
    await dashboard.close();
    page.remove();
  });

  test('is told at once, and of every policy again when the optimum has been worked out', async () => {
    const client = await Client.connect(dashboard.url);
    client.send({ type: 'watch', ...start });
    await client.next('watching');
    client.send({ type: 'control', action: 'end' });
    await client.next('end');
    for (const policy of [0, 1]) client.send({ type: 'explain', period: 9, policy });
    // Which of them is told first depends on how long each takes.
    const both = async () => [await client.next('explanation'), await client.next('explanation')].sort((a, b) => a.policy - b.policy);
    const early = await both();
    expect(early.map(({ policy, optimum }) => [policy, optimum])).toEqual([
      [0, null],
      [1, null],
    ]);
    client.send({ type: 'explain', period: 99, policy: 0 });
    expect((await client.next('error')).of).toBe('explain');
    solved({ policy: fixedPolicies['s-S'], costPerPeriod: 7.5 });
    const late = await both();
    expect(late.map(({ policy, period }) => [policy, period])).toEqual([
      [0, 9],
      [1, 9],
    ]);
    expect(late[1].optimum).toEqual(early[1].orders);
    expect(late[0].orders).toEqual(early[0].orders);
    expect(asked).toBe(1);
    client.close();
  });
});
