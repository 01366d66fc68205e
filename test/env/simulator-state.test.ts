import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulator } from '../../env/index.ts';
import { anyNetwork, picture, play } from './networks.ts';

fc.configureGlobal({ seed: 1 });

const seeds = fc.integer({ min: 0, max: 1000 });

describe('any network', () => {
  test('demand does not depend on what was ordered', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const one = new Simulator({ scenario, lanes: 2, seed });
        const other = new Simulator({ scenario, lanes: 2, seed });
        for (let period = 0; period < 15; period++) {
          play(one, 1, { from: period });
          play(other, 1, { from: period, salt: 3 });
          expect(other.demand).toEqual(one.demand);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a saved state goes on exactly as the original did', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, fc.integer({ min: 0, max: 12 }), (scenario, seed, periods) => {
        const original = new Simulator({ scenario, lanes: 2, seed });
        play(original, periods);
        const saved = original.save();
        play(original, 12, { from: periods });
        const resumed = new Simulator({ scenario, lanes: 2, seed: seed + 99 });
        resumed.restore(saved);
        play(resumed, 12, { from: periods });
        expect(picture(resumed)).toEqual(picture(original));
      }),
      { numRuns: 30 },
    );
  });

  test('copied lanes go on exactly as their originals do', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const original = new Simulator({ scenario, lanes: 3, seed });
        play(original, 9);
        const copy = new Simulator({ scenario, lanes: 3, seed: seed + 50 });
        play(copy, 2);
        copy.copyLanes(original, Int32Array.of(0, 1, 2));
        play(original, 9, { from: 9 });
        play(copy, 9, { from: 9 });
        expect(picture(copy)).toEqual(picture(original));
      }),
      { numRuns: 30 },
    );
  });

  test('lane i behaves as a simulator of its own with seed + i', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const all = new Simulator({ scenario, lanes: 3, seed });
        const alone = new Simulator({ scenario, lanes: 1, seed: seed + 2 });
        const orders = new Float64Array(all.network.arcs.length * 3);
        const own = new Float64Array(all.network.arcs.length);
        for (let period = 0; period < 15; period++) {
          orders.fill(period % 4);
          own.fill(period % 4);
          all.step(orders);
          alone.step(own);
          expect(all.cost[2]).toBe(alone.cost[0]);
          expect([...all.view.onHand].filter((_, i) => i % 3 === 2)).toEqual([...alone.view.onHand]);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a state of another scenario or number of lanes is refused, and nothing changes', () => {
    fc.assert(
      fc.property(anyNetwork, (scenario) => {
        const simulator = new Simulator({ scenario, lanes: 2 });
        play(simulator, 3);
        const before = picture(simulator);
        expect(() => simulator.restore(new Simulator({ scenario, lanes: 3 }).save())).toThrow('expected one of the same scenario');
        expect(picture(simulator)).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });

  test('lanes may be copied to any number of others', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const original = new Simulator({ scenario, lanes: 1, seed });
        play(original, 9);
        const copies = new Simulator({ scenario, lanes: 3, represents: new Int32Array(3) });
        copies.copyLanes(original, new Int32Array(3));
        const orders = new Float64Array(original.network.arcs.length);
        for (let period = 0; period < 8; period++) {
          original.step(orders.fill(period % 4));
          copies.step(new Float64Array(3 * orders.length).fill(period % 4));
          expect([...copies.cost]).toEqual(new Array(3).fill(original.cost[0]));
        }
      }),
      { numRuns: 20 },
    );
  });
});
