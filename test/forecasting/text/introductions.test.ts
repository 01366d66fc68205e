import { describe, expect, test } from 'vitest';
import { fitIntroductions, introductionFeatures, type SellingItem } from '../../../forecasting/index.ts';

const lanterns: SellingItem[] = Array.from({ length: 5 }, (_, k) => ({ rate: 4, price: 1 + 0.1 * k, vector: Float32Array.of(1, 0) }));
const mugs: SellingItem[] = Array.from({ length: 60 }, (_, k) => ({ rate: 1, price: 2 + 0.01 * k, vector: Float32Array.of(0, 1) }));

describe('an introduction', () => {
  test('is likened to what is described alike', () => {
    const [price, square, priceMean, rate, plain, likeness, nearest, dearer] = introductionFeatures({
      price: 2,
      vector: Float32Array.of(1, 0),
      selling: [...mugs, ...lanterns],
    });
    expect([price, square, likeness, nearest]).toEqual([2, 4, 1, 4]);
    // 50 nearest in price: all mugs but ten, of which none is a lantern.
    expect(priceMean).toBe(1);
    expect(rate).toBeCloseTo(4, 6);
    // Five lanterns and, as there are no more, fifteen mugs.
    expect(plain).toBeCloseTo((5 * 4 + 15 * 1) / 20, 10);
    expect(dearer).toBeCloseTo(1.2 - 2, 6);
  });

  test('without text is known by its price alone', () => {
    expect(introductionFeatures({ price: 2, vector: null, selling: mugs })).toEqual([2, 4, 1]);
  });

  test('sells what the regression and its residuals say, never beyond what was seen', () => {
    const features = Array.from({ length: 40 }, (_, k) => [k % 10]);
    const units = features.map(([x]) => Math.expm1(0.3 * x));
    const model = fitIntroductions(features, units);
    // The ridge pulls a little towards the mean.
    expect(Math.log1p(model.quantile([5], 0.5))).toBeCloseTo(1.5, 1);
    expect(model.quantile([100], 0.9)).toBeCloseTo(Math.max(...units), 6);
    expect(model.quantile([-100], 0.1)).toBeCloseTo(0, 6);
    expect(model.quantile([5], 0.9)).toBeGreaterThan(model.quantile([5], 0.1));
  });
});
