import { describe, expect, test } from 'vitest';
import {
  type ItemFacts,
  itemFeatures,
  restoreUniversalNetwork,
  ruleLevels,
  ruleOrder,
  stateFeatures,
  writeStateFeatures,
} from '../../../agents/index.ts';
import { coverLevels } from '../../../agents/universal/cover-levels.ts';
import { FEATURES, ITEM_FEATURES } from '../../../agents/universal/features.ts';
import { bestOrder, KNOTS, orderValues, placeOf, triedOrders } from '../../../agents/universal/order-scale.ts';
import { ridgeWeights } from '../../../agents/universal/quick-rule.ts';
import { PlainNetwork } from '../../../neural/index.ts';
import { madeNetwork } from './made-network.ts';

const ITEM: ItemFacts = {
  shortageRatio: 9,
  leadTime: 3,
  unit: 1,
  mean: 5,
  sd: 3,
  varianceRatio: 1.8,
  zeroShare: 0.02,
  skewness: 0.5,
  cover: Float64Array.of(9, 16, 22, 28, 34, 40, 46, 52, 58),
  upTo: null,
};

describe('the network for any item', () => {
  test.each([0, 1, 4, 8])('its first layer, folded for an item with lead time %i, gives what the plain network gives', (leadTime) => {
    const network = madeNetwork();
    const { shape, parameters, rule } = network.parts;
    const facts = { ...ITEM, leadTime };
    const state = Float64Array.from({ length: Math.max(1, leadTime) }, (_, i) => 7 - i);
    const row = new Float32Array(FEATURES);
    const levels = ruleLevels(facts, rule);
    const position = state.reduce((sum, units) => sum + units, 0);
    row.set(itemFeatures(facts, levels));
    writeStateFeatures([...state, ruleOrder(position, levels)], stateFeatures(facts), row, ITEM_FEATURES);
    const plain = new PlainNetwork(shape, parameters).predict(row, 1);
    const folded = network.outputs(network.fold(facts), state, 0);
    folded.forEach((value, k) => {
      expect(value).toBeCloseTo(plain[k], 4);
    });
  });

  test('what it saved orders alike when it is read again', () => {
    const network = madeNetwork();
    const again = restoreUniversalNetwork(network.save());
    const state = Float64Array.of(6, 2, 4);
    expect(Array.from(again.outputs(again.fold(ITEM), state, 0))).toEqual(Array.from(network.outputs(network.fold(ITEM), state, 0)));
    expect(again.parts.bounds).toEqual(network.parts.bounds);
  });

  test('an archive of another kind is refused with what was expected', () => {
    expect(() => restoreUniversalNetwork({ kind: 'acting-network', data: {}, arrays: {} })).toThrow(
      'Expected an archive of kind "universal-network" with its network, received "acting-network".',
    );
  });
});

describe('orders between places', () => {
  const wavy = Float64Array.from({ length: KNOTS }, (_, k) => Math.sin(3 * k) + k / 9);

  test.each([
    [0, 0.3],
    [2, 0.4],
    [9, 1],
    [40, 1],
  ])('around %i, %f units apart, the best of the whole orders is the one whose value on the line is largest', (centre, step) => {
    const value = (order: number) => {
      const place = placeOf(order, centre, step);
      const below = Math.min(KNOTS - 2, Math.floor(place));
      return wavy[below] + (wavy[below + 1] - wavy[below]) * (place - below);
    };
    const best = bestOrder(wavy, centre, step);
    const tried = triedOrders(centre, step);
    expect(tried).toContain(best);
    for (const order of tried) expect(value(order)).toBeLessThanOrEqual(value(best));
  });

  test('further apart than a unit, the best is where the parabola through the places is highest', () => {
    const peak = 31;
    const values = Float64Array.from({ length: KNOTS }, (_, k) => -((20 + (k - 12) * 5 - peak) ** 2));
    expect(bestOrder(values, 20, 5)).toBe(peak);
    const { orders, values: all } = orderValues(values, 20, 5);
    expect(orders[all.indexOf(Math.max(...all))]).toBe(peak);
    expect(
      bestOrder(
        Float64Array.from({ length: KNOTS }, (_, k) => -k),
        20,
        5,
      ),
    ).toBe(0);
  });

  test('orders are tried once each, none below 0, and all that are within reach', () => {
    expect(triedOrders(1, 0.25)).toEqual([0, 1, 2, 3, 4]);
    const many = triedOrders(20, 5);
    expect([many[0], many[many.length - 1]]).toEqual([0, 80]);
    expect(new Set(many).size).toBe(many.length);
    expect(placeOf(100, 20, 5)).toBeNaN();
  });
});

describe('stocks that last with a chance', () => {
  const coin = Float64Array.of(0.5, 0.5);

  test('rounded up they are the least that do', () => {
    // Of three coins, 1, 4, 7 and 8 of 8 cases show at most 0, 1, 2 and 3 heads.
    expect(Array.from(coverLevels(coin, 0.6, 3), Math.ceil)).toEqual([1, 1, 2]);
    expect(coverLevels(coin, 0.75, 1)[0]).toBeCloseTo(0.5, 12);
  });

  test('a wide demand, worked in steps of several units, comes within a few hundredths of a deviation', () => {
    const wide = Float64Array.from({ length: 1001 }, () => 1 / 1001);
    expect(Math.abs(coverLevels(wide, 0.9, 1)[0] - 900)).toBeLessThan(0.05 * 289);
  });
});

test('ridge regression finds the weights that made the targets', () => {
  const rows = Array.from({ length: 40 }, (_, k) => Float64Array.of(1, Math.sin(k), Math.cos(2 * k)));
  const targets = rows.map((row) => 2 * row[0] - row[1] + 0.5 * row[2]);
  const weights = ridgeWeights(rows, targets, 1e-9);
  [2, -1, 0.5].forEach((weight, k) => {
    expect(weights[k]).toBeCloseTo(weight, 6);
  });
});
