import { describe, expect, it } from 'vitest';
import { estimate } from '../../experiments/index.ts';

describe('estimate', () => {
  it("gives the mean and Student's interval of independent observations", () => {
    // scipy.stats.t.interval(0.95, 4, loc=3, scale=0.7071067811865476) = (1.0367567, 4.9632433)
    const { mean, standardError, ci95 } = estimate([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(standardError).toBeCloseTo(Math.sqrt(0.5), 12);
    expect(ci95?.[0]).toBeCloseTo(1.0367567, 6);
    expect(ci95?.[1]).toBeCloseTo(4.9632433, 6);
  });

  it('counts only the spread within items where each item has several observations', () => {
    // Items of mean 0 and 100, each seen twice at +-1: their distance is no uncertainty.
    const { mean, standardError } = estimate([-1, 99, 1, 101], 2);
    expect(mean).toBe(50);
    expect(standardError).toBeCloseTo(Math.sqrt((2 / 2 + 2 / 2) / 4), 12);
  });

  it('takes the items as the sample where each has one observation', () => {
    expect(estimate([1, 2, 3, 4, 5], 5)).toEqual(estimate([1, 2, 3, 4, 5]));
  });

  it('claims no interval from one observation', () => {
    expect(estimate([7])).toEqual({ mean: 7, standardError: null, ci95: null });
  });
});
