import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ItemFacts, itemFacts, itemPlace, levelBasis, orderScale, type QuickRule, writeRuleNumbers } from '../../../agents/index.ts';
import { fitRule, guessedRule } from '../../../agents/universal/guessed-rule.ts';
import { orderRelief } from '../../../agents/universal/order-relief.ts';
import { compileNetwork, normalBelow } from '../../../env/index.ts';

interface Terms {
  readonly backlogged: number;
  readonly fixedCost?: number;
  readonly minimumOrder?: number;
  readonly leadTime?: number;
}

function factsOf({ backlogged, leadTime = 2, ...link }: Terms, mean = 5): ItemFacts {
  const scenario = {
    id: 'store',
    title: 'One store',
    periods: null,
    warmUp: 0,
    items: [{ id: 'item' }],
    locations: [{ id: 'shop', holdingCost: 1, shortage: { kind: 'partial', cost: 9, backlogged } as const, initialStock: 9 }],
    links: [{ from: 'supplier', to: 'shop', leadTime, ...link }],
    demand: [{ location: 'shop', process: { kind: 'stationary', distribution: { name: 'poisson', mean } } as const }],
  };
  return itemFacts(itemPlace(compileNetwork(scenario, 1), 0, 0));
}

describe('how far a reorder point may be below what lasts', () => {
  test('the chance not to run out is the level on average over the order', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.4, max: 0.995, noNaN: true }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (level, order, start) => {
          const last = stockFor(level);
          const s = last - orderRelief(level, order);
          const steps = 2_000;
          let chance = 0;
          for (let k = 0; k < steps; k++) chance += normalBelow(s + ((k + 0.5) / steps) * order) / steps;
          expect(chance).toBeCloseTo(level, 4);
          // A larger order relieves no less.
          expect(orderRelief(level, order + Math.abs(start))).toBeGreaterThanOrEqual(orderRelief(level, order) - 1e-9);
        },
      ),
      { numRuns: 60 },
    );
    expect(orderRelief(0.9, 0)).toBe(0);
  });
});

/** The z that is not exceeded with a chance of `level`. */
function stockFor(level: number): number {
  let [low, high] = [-8, 8];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < level) low = middle;
    else high = middle;
  }
  return low;
}

describe('the rule that guesses levels', () => {
  const means = Array.from({ length: 150 }, (_, k) => 1 + k / 10);
  const lost: QuickRule = { safety: 0.4, orders: 1, cap: 1 };
  const waiting: QuickRule = { safety: -0.8, orders: 1.5, cap: 3 };
  const plain = means.map((mean) => factsOf({ backlogged: 0 }, mean));
  const dear = means.map((mean) => factsOf({ backlogged: 1, fixedCost: 40 }, mean));
  const rule = fitRule([...plain.map((facts) => ({ facts, rule: lost })), ...dear.map((facts) => ({ facts, rule: waiting }))]);

  test.each([
    ['whose sales are lost', plain, lost],
    ['whose customers wait and whose orders cost something', dear, waiting],
  ])('learns each kind of item on its own: those %s', (_what, items, expected) => {
    for (const facts of items) {
      const guess = guessedRule(facts, rule);
      expect(Math.abs(guess.safety - expected.safety)).toBeLessThan(0.1);
      expect(Math.abs(guess.orders / expected.orders - 1)).toBeLessThan(0.1);
      expect(Math.abs(guess.cap - expected.cap)).toBeLessThan(0.1);
    }
  });
});

test('orders are valued around the smallest order where less is lacking', () => {
  const facts = factsOf({ backlogged: 0, minimumOrder: 12 });
  const levels = { s: 15, S: 20, r: 30 };
  const scale = orderScale(facts, levels, 0);
  const look = { levels, basis: levelBasis(facts), scale };
  const state = Float64Array.of(10, 6, 0, 0);
  expect(writeRuleNumbers(state, 2, look)).toBe(12);
  expect(writeRuleNumbers(Float64Array.of(3, 1, 0, 0), 2, look)).toBe(16);
});
