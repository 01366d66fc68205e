import { expect, test } from 'vitest';
import { printTraining } from '../../cli/train-report.ts';

const trained = {
  run: 'a-run',
  agent: 'dcl',
  backend: 'WebAssembly',
  steps: 1000,
  seconds: 2,
  stepsPerSecond: 500,
  stopped: null,
  evaluation: { costPerPeriod: 10.5, standardError: 0.05, ci95: [10.4, 10.6] },
  optimum: null,
  gapPercent: null,
  curve: [],
} as const;

test.each([
  [-0.5, [-0.6, -0.4], /set out from +base-stock, 11\S* per period: the run is cheaper by 0\.5\S* ±0\.1/],
  [0.5, [0.4, 0.6], /the run is dearer by 0\.5\S* ±0\.1\S*, so that policy is the better one to use/],
  [0.1, [-0.1, 0.3], /no difference shown \(0\.1\S* ±0\.2\S*\)/],
] as const)('a run that costs %s more than what it set out from says what that means', async (difference, ci95, words) => {
  expect(await printTraining({ ...trained, base: { policy: 'base-stock', costPerPeriod: 11, difference, ci95 } })).toMatch(words);
});

test('a run that set out from nothing says nothing of it', async () => {
  expect(await printTraining({ ...trained, base: null })).not.toContain('set out from');
});
