import { describe, expect, test } from 'vitest';
import {
  type ItemFacts,
  itemFeatures,
  restoreUniversalNetwork,
  ruleLevels,
  stateFeatures,
  writeStateFeatures,
} from '../../../agents/index.ts';
import { FEATURES, ITEM_FEATURES } from '../../../agents/universal/features.ts';
import { bestOrder, KNOTS, orderScale, triedOrders } from '../../../agents/universal/order-knots.ts';
import { ridgeWeights } from '../../../agents/universal/quick-rule.ts';
import { PlainNetwork } from '../../../neural/index.ts';
import { madeNetwork } from './made-network.ts';

const ITEM: ItemFacts = { shortageRatio: 9, leadTime: 3, unit: 1, mean: 5, sd: 3, varianceRatio: 1.8, zeroShare: 0.02, skewness: 0.5 };

describe('the network for any item', () => {
  test.each([0, 1, 4, 8])('its first layer, folded for an item with lead time %i, gives what the plain network gives', (leadTime) => {
    const network = madeNetwork();
    const { shape, parameters, rule } = network.parts;
    const facts = { ...ITEM, leadTime };
    const state = Float64Array.from({ length: Math.max(1, leadTime) }, (_, i) => 7 - i);
    const row = new Float32Array(FEATURES);
    row.set(itemFeatures(facts, ruleLevels(facts, rule)));
    writeStateFeatures(state, stateFeatures(facts), row, ITEM_FEATURES);
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

describe('orders between knots', () => {
  test.each([1, 5, 24, 40, 111])('the best of 0 to %i is the one whose interpolated value is largest', (largest) => {
    const outputs = Float64Array.from({ length: KNOTS }, (_, k) => Math.sin(3 * k) + k / 9);
    const value = (order: number) => {
      const place = (order / largest) * (KNOTS - 1);
      const below = Math.min(KNOTS - 2, Math.floor(place));
      return outputs[below] + (outputs[below + 1] - outputs[below]) * (place - below);
    };
    const best = bestOrder(outputs, orderScale(largest));
    for (let order = 0; order <= largest; order++) expect(value(order)).toBeLessThanOrEqual(value(best));
  });

  test('few orders are all tried, many at the knots, from none to the largest', () => {
    expect(triedOrders(3)).toEqual([0, 1, 2, 3]);
    const many = triedOrders(100);
    expect([many.length, many[0], many[KNOTS - 1]]).toEqual([KNOTS, 0, 100]);
    expect(new Set(triedOrders(KNOTS)).size).toBe(KNOTS);
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
