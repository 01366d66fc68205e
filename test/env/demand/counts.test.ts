import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countQuantile, countTable, createDemandProcess } from '../../../env/index.ts';

const uniform = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((bits) => bits / 2 ** 32);
const moments = fc
  .tuple(fc.double({ min: 0.01, max: 3000, noNaN: true }), fc.double({ min: 1, max: 80, noNaN: true }))
  .map(([mean, over]) => ({ mean, variance: mean * over }));

/** What inversion of the table gives, and how near to the level its sums come. */
function invert(table: Float64Array, u: number): { value: number; margin: number } {
  let sum = 0;
  let before = 0;
  for (let k = 0; k < table.length; k++) {
    before = sum;
    sum += table[k];
    if (sum > u) return { value: k, margin: Math.min(sum - u, u - before) };
  }
  return { value: table.length - 1, margin: 0 };
}

/** Draws as a process makes them that reads forecasts: the same law many times. */
function drawMany(mean: number, variance: number, uniforms: Float64Array): Float64Array {
  const forecasts = { rows: 1, span: 1, horizon: 1, mean: Float64Array.of(mean), variance: Float64Array.of(variance) };
  const process = createDemandProcess({ kind: 'forecast', forecasts }, new Int32Array(uniforms.length));
  const demand = new Float64Array(uniforms.length);
  process.draw(new Int32Array(uniforms.length), uniforms, demand);
  return demand;
}

describe('counts by mean and variance', () => {
  test('less variance than the mean is Poisson at every level', () => {
    for (const u of [0.01, 0.1, 0.5, 0.9, 0.999]) expect(countQuantile(8, 0, u)).toBe(countQuantile(8, 8, u));
  });

  test('a draw is the inversion of the table, however large the mean', () => {
    fc.assert(
      fc.property(moments, fc.array(uniform, { minLength: 5, maxLength: 20 }), ({ mean, variance }, levels) => {
        const table = countTable(mean, variance);
        const many = drawMany(mean, variance, Float64Array.from(levels));
        levels.forEach((u, i) => {
          const { value, margin } = invert(table, u);
          const single = countQuantile(mean, variance, u);
          if (margin > 1e-11) expect([single, many[i]]).toEqual([value, value]);
          else expect(Math.abs(single - value) + Math.abs(many[i] - value)).toBeLessThanOrEqual(2);
        });
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test('a higher level never brings less demand', () => {
    fc.assert(
      fc.property(moments, fc.array(uniform, { minLength: 20, maxLength: 60 }), ({ mean, variance }, levels) => {
        const ascending = Float64Array.from(levels).sort();
        const single = ascending.map((u) => countQuantile(mean, variance, u));
        const many = drawMany(mean, variance, ascending.slice());
        for (let i = 1; i < ascending.length; i++) {
          expect(single[i]).toBeGreaterThanOrEqual(single[i - 1]);
          expect(many[i]).toBeGreaterThanOrEqual(many[i - 1]);
        }
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  // python -c "from scipy.stats import *; u = [1e-6, .1, .5, .9, .999999]; print(poisson(1000).ppf(u), nbinom(490000 / 39300, 700 / 40000).ppf(u), nbinom(9 / 197, 3 / 200).ppf([.5, .9, .99, .9999]))"
  test.each([
    [1000, 1000, [1e-6, 0.1, 0.5, 0.9, 0.999999], [853, 960, 1000, 1041, 1154]],
    [700, 40_000, [1e-6, 0.1, 0.5, 0.9, 0.999999], [113, 459, 681, 965, 2084]],
    [3, 200, [0.5, 0.9, 0.99, 0.9999], [0, 4, 68, 300]],
    [0, 0, [0, 0.5, 0.999999], [0, 0, 0]],
  ])('mean %d and variance %d have the quantiles that scipy has', (mean, variance, levels, expected) => {
    expect(levels.map((u) => countQuantile(mean, variance, u))).toEqual(expected);
    expect([...drawMany(mean, variance, Float64Array.from(levels))]).toEqual(expected);
  });
});
