import { describe, expect, test } from 'vitest';
import {
  guessedRule,
  type ItemFacts,
  itemFacts,
  itemFeatures,
  itemPlace,
  levelBasis,
  orderScale,
  type QuickLevels,
  quickLevels,
  restoreUniversalNetwork,
  STATE_FEATURES,
  saveUniversalNetwork,
  stateFeatures,
  type UniversalNetwork,
  writeRuleNumbers,
  writeStateFeatures,
} from '../../../agents/index.ts';
import { coverSums, levelOf } from '../../../agents/universal/cover-levels.ts';
import {
  bestOrder,
  KNOTS,
  NOTHING,
  type OrderScale,
  OUTPUTS,
  orderValues,
  placeOf,
  triedOrders,
} from '../../../agents/universal/order-scale.ts';
import { ridgeWeights } from '../../../agents/universal/ridge.ts';
import { compileNetwork, type Link } from '../../../env/index.ts';
import { parameterCount } from '../../../neural/index.ts';
import { store } from '../lost-sales.ts';
import { ANY, madeNetwork } from './made-network.ts';
import { plainTuned } from './plain-tuned.ts';

function factsOf(leadTime: number, link: Partial<Link> = {}): ItemFacts {
  const plain = store({ shortageCost: 9, leadTime });
  return itemFacts(itemPlace(compileNetwork({ ...plain, links: [{ ...plain.links[0], ...link }] }, 1), 0, 0));
}

const ITEM = factsOf(3);
const DRAWN: Partial<Link> = { leadTime: { values: [1, 2, 3], probabilities: [0.2, 0.3, 0.5] } };

function expectPlain(network: UniversalNetwork, facts: ItemFacts): void {
  const { rule, perLevel } = network.parts;
  const length = Math.max(1, facts.longest);
  const state = Float64Array.from({ length: length + 2 }, (_, i) => (i < length ? 7 - i : 0));
  const row = new Float32Array(STATE_FEATURES);
  const basis = levelBasis(facts);
  const levels = quickLevels(guessedRule(facts, rule), basis);
  const scale = orderScale(facts, levels, perLevel);
  const centre = writeRuleNumbers(state, length, { levels, basis, scale });
  writeStateFeatures(state, stateFeatures(facts, levels), row, 0);
  const plain = plainTuned(network.parts, itemFeatures(facts, { levels, scale }), row);
  const folded = network.outputs(network.fold(facts), state, 0);
  expect(network.centre).toBe(centre);
  folded.forEach((value, k) => {
    expect(Math.abs(value - plain[k])).toBeLessThan(1e-4 * (1 + Math.abs(plain[k])));
  });
}

describe('the network for any item', () => {
  test.each([
    ['no lead time', factsOf(0)],
    ['a lead time of 1', factsOf(1)],
    ['a lead time of 4', factsOf(4)],
    ['a lead time of 8', factsOf(8)],
    ['a fixed cost and lots', factsOf(3, { fixedCost: 30, batch: 4, minimumOrder: 7 })],
    ['a lead time that is drawn', factsOf(0, DRAWN)],
  ])('made ready for an item with %s, it gives what the network written out gives', (_what, facts) => {
    expectPlain(madeNetwork({ bounds: ANY }), facts);
  });

  test('what it saved orders alike when it is read again', () => {
    const network = madeNetwork();
    const again = restoreUniversalNetwork(saveUniversalNetwork(network));
    const state = Float64Array.of(6, 2, 4);
    expect(Array.from(again.outputs(again.fold(ITEM), state, 0))).toEqual(Array.from(network.outputs(network.fold(ITEM), state, 0)));
    expect(again.parts.bounds).toEqual(network.parts.bounds);
  });

  test('an archive whose item network tunes layers of other widths is refused', () => {
    const { kind, data, arrays } = saveUniversalNetwork(madeNetwork());
    const shape = { ...madeNetwork().parts.shape, hidden: [12, 8] };
    const parameters = new Float32Array(parameterCount(shape));
    expect(() => restoreUniversalNetwork({ kind, data: { ...data, shape }, arrays: { ...arrays, parameters } })).toThrow(
      'Expected a network that tunes hidden layers of 12 and 8 values for an item; train it again.',
    );
  });

  test('an archive of another kind is refused with what was expected', () => {
    expect(() => restoreUniversalNetwork({ kind: 'acting-network', data: {}, arrays: {} })).toThrow(
      'Expected an archive of kind "universal-network" with its network, received "acting-network".',
    );
  });
});

/** Places so far apart, for orders of any whole number. */
function plain(step: number): OrderScale {
  return { step, lot: 1, least: 0, apart: false };
}

describe('orders between places', () => {
  const wavy = Float64Array.from({ length: OUTPUTS }, (_, k) => Math.sin(3 * k) + k / 9);
  const value = (order: number, centre: number, scale: OrderScale) => {
    const place = placeOf(order, centre, scale);
    if (place === NOTHING) return wavy[NOTHING];
    const below = Math.min(KNOTS - 2, Math.floor(place));
    return wavy[below] + (wavy[below + 1] - wavy[below]) * (place - below);
  };

  test.each([
    [0, plain(0.3)],
    [2, plain(0.4)],
    [9, plain(1)],
    [40, plain(1)],
    [40, { step: 2, lot: 6, least: 12, apart: true }],
    [5, { step: 1, lot: 2, least: 2, apart: true }],
    [0, { step: 1, lot: 1, least: 1, apart: true }],
  ])('around %i, of %j, the best of the orders that can be placed is the one whose value on the line is largest', (centre, scale) => {
    const best = bestOrder(wavy, centre, scale);
    const tried = triedOrders(centre, scale);
    expect(tried).toContain(best);
    for (const order of tried) expect(value(order, centre, scale)).toBeLessThanOrEqual(value(best, centre, scale));
  });

  test('further apart than lots, the best is where the parabola through the places is highest', () => {
    const peak = 31;
    const values = Float64Array.from({ length: OUTPUTS }, (_, k) => -((20 + (k - 12) * 5 - peak) ** 2));
    expect(bestOrder(values, 20, plain(5))).toBe(peak);
    const { orders, values: all } = orderValues(values, 20, plain(5));
    expect(orders[all.indexOf(Math.max(...all))]).toBe(peak);
    expect(
      bestOrder(
        Float64Array.from({ length: OUTPUTS }, (_, k) => -k),
        20,
        plain(5),
      ),
    ).toBe(0);
    expect(bestOrder(values, 20, { step: 5, lot: 4, least: 8, apart: true })).toBe(32);
    values[NOTHING] = 1;
    expect(bestOrder(values, 20, { step: 5, lot: 4, least: 8, apart: true })).toBe(0);
  });

  test('orders are tried once each, only such as can be placed, and all that are within reach', () => {
    expect(triedOrders(1, plain(0.25))).toEqual([0, 1, 2, 3, 4]);
    const many = triedOrders(20, plain(5));
    expect([many[0], many[many.length - 1]]).toEqual([0, 80]);
    expect(new Set(many).size).toBe(many.length);
    expect(placeOf(100, 20, plain(5))).toBeNaN();
    expect(triedOrders(10, { step: 1, lot: 4, least: 8, apart: true })).toEqual([0, 8, 12, 16, 20]);
    expect(triedOrders(0, { step: 1, lot: 4, least: 40, apart: true })).toEqual([0]);
  });
});

test('however much demand varies, every whole order up to levels of a few units is tried and valued', () => {
  const bursts = store({ shortageCost: 1.3, leadTime: 3, demand: { name: 'negative-binomial', mean: 2.6, variance: 21.5 } });
  const facts = itemFacts(itemPlace(compileNetwork(bursts, 1), 0, 0));
  const levels: QuickLevels = { s: 2, S: 3, r: 5 };
  expect(facts.sd).toBeGreaterThan(levels.S);
  const scale = orderScale(facts, levels, KNOTS);
  for (let centre = 0; centre <= levels.S; centre++)
    for (let order = 0; order <= levels.S; order++) {
      expect(triedOrders(centre, scale)).toContain(order);
      expect(placeOf(order, centre, scale)).not.toBeNaN();
    }
});

describe('stocks that last with a chance', () => {
  const coin = Float64Array.of(0.5, 0.5);

  test('rounded up they are the least that do', () => {
    // Of three coins, 1, 4, 7 and 8 of 8 cases show at most 0, 1, 2 and 3 heads.
    const { sums, width } = coverSums(coin, 3);
    expect(width).toBe(1);
    expect(Array.from(sums, (sum) => Math.ceil(levelOf(sum, 0.6)))).toEqual([1, 1, 2]);
    expect(levelOf(sums[0], 0.75)).toBeCloseTo(0.5, 12);
  });

  test('a wide demand, worked in steps of several units, comes within a few hundredths of a deviation', () => {
    const wide = Float64Array.from({ length: 1001 }, () => 1 / 1001);
    const { sums, width } = coverSums(wide, 1);
    expect(Math.abs(levelOf(sums[0], 0.9) * width - 900)).toBeLessThan(0.05 * 289);
  });
});

test('ridge regression finds the weights that made the targets', () => {
  const rows = Array.from({ length: 40 }, (_, k) => Float64Array.of(1, Math.sin(k), Math.cos(2 * k)));
  const targets = rows.map((row) => 2 * row[0] - row[1] + 0.5 * row[2]);
  const [weights, doubled] = ridgeWeights(rows, [targets, targets.map((target) => 2 * target)], 1e-9);
  [2, -1, 0.5].forEach((weight, k) => {
    expect(weights[k]).toBeCloseTo(weight, 6);
    expect(doubled[k]).toBeCloseTo(2 * weight, 6);
  });
});
