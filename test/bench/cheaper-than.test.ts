import { describe, expect, test } from 'vitest';
import { cheaperThan } from '../../bench/universal/cheaper-than.ts';
import { createStream } from '../../env/index.ts';

const LANES = 400;
const random = createStream(5, 'costs');
/** A few lanes cost most of all. */
const heavy = Float64Array.from({ length: LANES }, () => (1 - random.next()) ** -0.7);
const of = (...costs: Float64Array[]) => ({ name: 'policy', costs, fillRates: costs.map(() => 0.9) });
const times = (factor: number) => heavy.map((cost) => factor * cost);

describe('how much cheaper a policy is', () => {
  test('is known for certain where it is by the same part in every lane, however much lanes differ', () => {
    const [{ percent, ci95 }] = cheaperThan(of(times(0.9)), [of(heavy)], 1).others;
    expect(percent).toBeCloseTo(-10, 9);
    expect(ci95?.[0]).toBeCloseTo(-10, 6);
    expect(ci95?.[1]).toBeCloseTo(-10, 6);
  });

  test('is told within what lanes leave open: 95 of 100 intervals hold the truth', () => {
    let held = 0;
    const count = 300;
    for (let k = 0; k < count; k++) {
      const base = Float64Array.from({ length: LANES }, () => 1 + random.next());
      const own = base.map((cost) => cost * (0.8 + 0.2 * random.next()));
      const ci95 = cheaperThan(of(own), [of(base)], 1).others[0].ci95 ?? [0, 0];
      if (ci95[0] <= -10 && ci95[1] >= -10) held++;
    }
    expect(held / count).toBeGreaterThan(0.91);
    expect(held / count).toBeLessThan(0.99);
  });

  test('stands against the mean of several trainings, whose spread makes it less certain', () => {
    const [alone, several] = cheaperThan(of(times(0.9)), [of(heavy), of(times(0.8), heavy, times(1.2))], 1).others;
    expect(several.costPerPeriod).toBeCloseTo(alone.costPerPeriod, 9);
    expect(several.trainings).toHaveLength(3);
    // Student's 4.303 with two degrees of freedom.
    const ratios = [0.9 / 0.8, 0.9, 0.9 / 1.2];
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / 3;
    const error = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / 2 / 3);
    expect(several.ci95?.[1]).toBeCloseTo(-10 + 4.3027 * 100 * error, 1);
  });
});
