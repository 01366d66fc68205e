import { describe, expect, test } from 'vitest';
import { conditionalChances } from '../../../decisions/monitor/conditional-chances.ts';
import { type DriftEvidence, driftEvidence, jointEvidence, rejectedByEvidence } from '../../../decisions/monitor/drift-evidence.ts';
import { createStream } from '../../../env/index.ts';
import { countDistribution, mixtureCumulative, mixtureQuantile } from '../../../forecasting/index.ts';

const HORIZON = 8;
const DISPERSION = 0.3;

interface Catalogue {
  readonly seed: number;
  readonly items: number;
  readonly periods: number;
  readonly common: number;
  /** Demand is multiplied from a period on, of the first items. */
  readonly change?: { readonly items: number; readonly from: number; readonly factor: number };
}

/** Evidence on items whose demand is drawn from just what is forecast, apart from the change: a level that each forecast's periods share, and counts around it. */
function simulate({ seed, items, periods, common, change }: Catalogue): DriftEvidence[] {
  const stream = createStream(seed, 'live demand');
  const sigma = Math.sqrt(Math.log1p(common));
  const within = (DISPERSION - common) / (1 + common);
  return Array.from({ length: items }, (_, item) => {
    const mean = 4 + ((item * 7) % 20);
    const below = new Float64Array(periods);
    const upTo = new Float64Array(periods);
    for (let origin = 0; origin < periods; origin += HORIZON) {
      const level = Math.exp(sigma * stream.normal() - sigma ** 2 / 2);
      const actual = Array.from({ length: Math.min(HORIZON, periods - origin) }, (_, ahead) => {
        const changed = change !== undefined && item < change.items && origin + ahead >= change.from;
        const centre = mean * level * (changed ? change.factor : 1);
        return mixtureQuantile(countDistribution(centre, centre + within * centre ** 2), stream.next());
      });
      const distributions = actual.map(() => countDistribution(mean, mean + DISPERSION * mean ** 2));
      conditionalChances(
        { distributions, common, actual },
        below.subarray(origin, origin + HORIZON),
        upTo.subarray(origin, origin + HORIZON),
      );
    }
    return driftEvidence({ below, upTo });
  });
}

const RATE = 0.05;

describe('evidence of drift', () => {
  test.each([0, 0.1])(
    'is called drift in at most 5 of 100 catalogues that never drift, looked at every week for a year (common %d)',
    (common) => {
      const catalogues = 100;
      let alarms = 0;
      for (let seed = 0; seed < catalogues; seed++) {
        const joint = jointEvidence(simulate({ seed, items: 8, periods: 52, common }), 52);
        if (joint.some((value) => value * RATE >= 1)) alarms++;
      }
      expect(alarms).toBeLessThanOrEqual(RATE * catalogues);
    },
  );

  test('finds items that sell twice as much, names few others, and says since when', () => {
    const change = { items: 5, from: 6, factor: 2 };
    let found = 0;
    let others = 0;
    const late: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const evidence = simulate({ seed, items: 25, periods: 32, common: 0.02, change });
      for (const item of rejectedByEvidence(
        evidence.map((one) => one.evidence[31]),
        RATE,
      )) {
        if (item >= change.items) others++;
        else {
          found++;
          late.push(Math.abs((evidence[item].since ?? 99) - change.from));
          expect(evidence[item].kind).toBe('more');
        }
      }
    }
    expect(found / (20 * change.items)).toBeGreaterThan(0.5);
    expect(others / (found + others)).toBeLessThan(RATE);
    expect(late.toSorted((a, b) => a - b)[Math.floor(late.length / 2)]).toBeLessThanOrEqual(2);
  });

  test('finds items that sell a third, and those that are wilder than they were said to be', () => {
    const less = simulate({ seed: 1, items: 4, periods: 24, common: 0, change: { items: 4, from: 4, factor: 0.3 } });
    expect(less.map(({ kind }) => kind)).toEqual(['less', 'less', 'less', 'less']);
    const ends = Float64Array.from({ length: 30 }, (_, t) => (t % 2 === 0 ? 0.01 : 0.96));
    const wild = driftEvidence({ below: ends, upTo: ends.map((value) => value + 0.02) });
    expect(wild).toMatchObject({ kind: 'wilder', since: 0 });
    expect(wild.evidence[29]).toBeGreaterThan(1000);
  });

  test('has a mean of 1 under a right forecast, whatever the count distribution: a fair bet', () => {
    const distribution = countDistribution(1.3, 2.4);
    let mean = 0;
    for (let k = 0; k < 60; k++) {
      const [below, upTo] = [k - 1, k].map((count) => mixtureCumulative(distribution, count));
      const { evidence } = driftEvidence({ below: Float64Array.of(below), upTo: Float64Array.of(upTo) });
      mean += (upTo - below) * evidence[0];
    }
    expect(mean).toBeCloseTo(1, 6);
  });

  test('does not take one huge order for a drift', () => {
    const below = Float64Array.of(0.4, 0.5, 0.999999, 0.45, 0.5);
    const { evidence } = driftEvidence({ below, upTo: below.map((value) => Math.min(1, value + 0.1)) });
    expect(Math.max(...evidence)).toBeLessThan(5);
  });

  test('waits over periods of which nothing is known', () => {
    const known = driftEvidence({ below: Float64Array.of(0.9, 0.95), upTo: Float64Array.of(0.95, 0.99) });
    const gap = driftEvidence({ below: Float64Array.of(0.9, Number.NaN, 0.95), upTo: Float64Array.of(0.95, Number.NaN, 0.99) });
    expect(gap.evidence[1]).toBe(gap.evidence[0]);
    expect(gap.evidence[2]).toBe(known.evidence[1]);
  });
});

describe('items that have drifted', () => {
  test('are chosen as e-BH chooses them: the k-th largest e-value has to reach items / (k rate)', () => {
    expect(rejectedByEvidence([1, 45, 0.5, 39], 0.05)).toEqual([]);
    expect(rejectedByEvidence([1, 45, 0.5, 41], 0.05)).toEqual([1, 3]);
    expect(rejectedByEvidence([80, 1, 1, 1], 0.05)).toEqual([0]);
  });
});

describe('the chances of what came, given what came before', () => {
  test('are the forecast’s own where its periods have nothing in common', () => {
    const distribution = countDistribution(5, 9);
    const [below, upTo] = [new Float64Array(2), new Float64Array(2)];
    conditionalChances({ distributions: [distribution, distribution], common: 0, actual: [4, Number.NaN] }, below, upTo);
    expect([below[0], upTo[0]]).toEqual([mixtureCumulative(distribution, 3), mixtureCumulative(distribution, 4)]);
    expect(below[1]).toBeNaN();
  });

  test('learn the level that periods share: the same sales again are less of a surprise', () => {
    const distribution = countDistribution(20, 20 + 0.2 * 400);
    const [below, upTo] = [new Float64Array(4), new Float64Array(4)];
    conditionalChances(
      { distributions: [distribution, distribution, distribution, distribution], common: 0.15, actual: [38, 38, 38, 38] },
      below,
      upTo,
    );
    expect(upTo[0]).toBeGreaterThan(0.93);
    expect(Array.from(upTo)).toEqual(Array.from(upTo).toSorted((a, b) => b - a));
    expect(upTo[3]).toBeLessThan(0.8);
  });
});
