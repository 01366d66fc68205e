import { expect, test } from 'vitest';
import type { Frame } from '../../dashboard/index.ts';
import { History } from '../../dashboard/web/parts/history.ts';
import { playedThrough } from './small-source.ts';

function historyOf(frames: readonly Frame[]): History {
  const history = new History(1);
  history.replace(0, frames);
  return history;
}

test('below the stock stands what is lost in a period, or what waits when its order is due', async () => {
  const lost = await playedThrough({ scenario: 'shop', policies: ['constant'], periods: 40 });
  expect(historyOf(lost).policies[0].unmet).toEqual(lost.map(({ demand, policies: [{ served }] }) => served - demand));
  const waits = await playedThrough({ scenario: 'depot', policies: ['constant'], periods: 40 });
  expect(historyOf(waits).policies[0].unmet).toEqual(waits.map(({ policies: [{ backlog }] }) => 0 - backlog));
});
