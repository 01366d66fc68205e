import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { createStream, Simulator } from '../../env/index.ts';
import { shop } from './shop.ts';

describe('random streams', () => {
  test("give the numbers of seedrandom's alea with the key seed:purpose", () => {
    const reference = seedrandom.alea('42:demand shop');
    const stream = createStream(42, 'demand shop');
    expect(Array.from({ length: 1000 }, stream.next)).toEqual(Array.from({ length: 1000 }, () => reference()));
  });

  test('differ by seed and by purpose', () => {
    const first = (seed: number, purpose: string) => createStream(seed, purpose).next();
    expect(new Set([first(1, 'a'), first(2, 'a'), first(1, 'b'), first(2, 'b')]).size).toBe(4);
  });

  test('go on from a saved place', () => {
    const stream = createStream(7, 'x');
    stream.next();
    const place = stream.state();
    const ahead = Array.from({ length: 20 }, stream.next);
    stream.restore(place);
    expect(Array.from({ length: 20 }, stream.next)).toEqual(ahead);
  });

  test('lanes with the same seed face the same demand, and a study has demand of its own', () => {
    const order = new Float64Array(2);
    const paired = new Simulator({ scenario: shop({}), lanes: 2, seeds: [5, 5] });
    const evaluation = new Simulator({ scenario: shop({}), lanes: 2, seeds: [5, 6] });
    const training = new Simulator({ scenario: shop({}), lanes: 2, seeds: [5, 6], study: 'training ' });
    const seen = { evaluation: [] as number[], training: [] as number[] };
    for (let period = 0; period < 30; period++) {
      paired.step(order);
      evaluation.step(order);
      training.step(order);
      expect(paired.demand[0]).toBe(paired.demand[1]);
      expect(paired.demand[0]).toBe(evaluation.demand[0]);
      seen.evaluation.push(...evaluation.demand);
      seen.training.push(...training.demand);
    }
    expect(seen.training).not.toEqual(seen.evaluation);
  });
});
