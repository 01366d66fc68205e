import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { shippedUniversalNetwork, solveExact, universal } from '../../../agents/index.ts';
import { evaluate } from '../../../experiments/index.ts';
import { loadScenario } from '../../../scenarios/index.ts';

const folder = new URL('../../../agents/universal/', import.meta.url);

test.each([
  ['poisson', 1, 9],
  ['geometric', 2, 19],
])(
  'of the table beside the network that ships, %s demand, L %i, p %i is what the network does',
  async (demand, leadTime, shortageCost) => {
    const table = JSON.parse(readFileSync(new URL('lost-sales.json', folder), 'utf8'));
    const [{ cells }] = table.measured;
    const cell = cells.find(
      (one: { demand: string; leadTime: number; shortageCost: number }) =>
        one.demand === demand && one.leadTime === leadTime && one.shortageCost === shortageCost,
    );
    const set = [`demand=${demand}`, `leadTime=${leadTime}`, `shortageCost=${shortageCost}`];
    const { scenario } = await loadScenario('lost-sales', { set });
    const policies = [universal({ network: shippedUniversalNetwork() })];
    const optimum = solveExact(scenario);
    const [{ gapPercent = Number.NaN, gapCi95 }] = evaluate({ scenario, policies, lanes: 128, periods: 1_500, seed: 77, optimum }).results;
    const half = (gapCi95?.[1] ?? Number.NaN) - gapPercent + (cell.ci95[1] - cell.gapPercent);
    expect(Math.abs(gapPercent - cell.gapPercent)).toBeLessThan(2 * half);
  },
  60_000,
);

test('the network that ships is the one that its table says, and small', () => {
  const table = JSON.parse(readFileSync(new URL('lost-sales.json', folder), 'utf8'));
  expect(table.made.origin).toEqual(shippedUniversalNetwork().parts.origin);
  expect(statSync(new URL('lost-sales.bin', folder)).size).toBeLessThan(300_000);
});
