import { expect, test } from 'vitest';
import { describeProgress } from '../../cli/train-report.ts';

const reached = { part: 0.5, steps: 163_840, stepsPerSecond: 54_321, last: null, references: null };

test('progress tells the cost reached beside the cheapest baseline and the optimum on the same demand, as far as they are known', () => {
  const last = { step: 131_072, seconds: 3, costPerPeriod: 4.75 };
  const baseline = { policy: 'capped-base-stock', costPerPeriod: 4.7978 };
  expect(describeProgress(reached)).toBe('163,840 steps, 54,321 a second');
  expect(describeProgress({ ...reached, last, references: { baseline, optimum: 4.7285 } })).toBe(
    '163,840 steps, 54,321 a second, cost 4.7500 per period, capped-base-stock 4.7978, optimum 4.7285',
  );
  expect(describeProgress({ ...reached, last: { ...last, gapPercent: 0.45 }, references: { baseline: null, optimum: null } })).toMatch(
    /cost 4\.7500 per period, .*0\.45 % above the optimum$/,
  );
});
