import { expect, test } from 'vitest';
import { Arrivals } from '../../dashboard/index.ts';

const others = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('those who come together are let in one after the other, in the order in which they came, and others have their turn between two', async () => {
  const arrivals = new Arrivals();
  const order: string[] = [];
  const all = ['first', 'second', 'third'].map(async (name) => {
    await arrivals.turn();
    order.push(name);
  });
  for (let k = 0; k < 4; k++) {
    await others();
    order.push('others');
  }
  await Promise.all(all);
  expect(order).toEqual(['first', 'others', 'second', 'others', 'third', 'others', 'others']);
});

test('who comes when nobody waits any more is let in as well', async () => {
  const arrivals = new Arrivals();
  await arrivals.turn();
  await others();
  await arrivals.turn();
});
