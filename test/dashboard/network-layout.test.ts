import { describe, expect, test } from 'vitest';
import type { WatchedNetwork } from '../../dashboard/protocol.ts';
import { BOX, layOut, wayOf } from '../../dashboard/web/watch/network-layout.ts';

/** So many locations by rank; each is supplied by all of the rank before it. */
function ranks(...counts: readonly number[]): WatchedNetwork {
  const ids = counts.map((count, rank) => Array.from({ length: count }, (_, k) => `${rank}.${k}`));
  const costs = { holding: 1, shortage: 4, backlogged: 1 };
  return {
    locations: ids.flatMap((own, rank) => own.map((id) => ({ id, rank: rank + 1, demand: rank === counts.length - 1, costs }))),
    links: ids.flatMap((own, rank) =>
      own.flatMap((to) => (ids[rank - 1] ?? ['supplier']).map((from) => ({ id: `${from}>${to}`, from, to, leadTime: 1 }))),
    ),
    items: [],
  };
}

describe('a network is drawn', () => {
  test('from left to right where there is room', () => {
    const { places, upright } = layOut(ranks(1, 1, 1, 1), false);
    expect(upright).toBe(false);
    expect(places.get('3.0')?.x).toBeGreaterThan(places.get('supplier')?.x ?? Number.NaN);
  });

  test('downwards on a narrow screen, a chain of four in 350 pixels', () => {
    const drawing = layOut(ranks(1, 1, 1, 1), true);
    expect(drawing.width).toBeLessThanOrEqual(350);
    expect(drawing.places.get('3.0')?.y).toBeGreaterThan(drawing.places.get('0.0')?.y ?? Number.NaN);
    expect(layOut(ranks(1, 3), true).width).toBeLessThanOrEqual(350);
  });

  test('from left to right all the same where many have one source: downwards would be wider', () => {
    expect(layOut(ranks(1, 10), true)).toEqual(layOut(ranks(1, 10), false));
  });

  test.each([false, true])('with no two boxes on one another, all of them within it, and a way for each link, narrow %s', (narrow) => {
    const network = ranks(1, 3, 2);
    const drawing = layOut(network, narrow);
    const boxes = [...drawing.places.values()];
    for (const [k, { x, y }] of boxes.entries()) {
      expect([x >= 0, y >= 0, x + BOX.width <= drawing.width, y + BOX.height <= drawing.height]).toEqual([true, true, true, true]);
      for (const other of boxes.slice(k + 1)) expect(Math.abs(x - other.x) >= BOX.width || Math.abs(y - other.y) >= BOX.height).toBe(true);
    }
    for (const { from, to } of network.links) expect(wayOf(drawing, from, to)).toMatch(/^M[\d.]+ [\d.]+C/);
  });
});
