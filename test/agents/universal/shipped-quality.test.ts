import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildBaseline, shippedFamilies, shippedUniversalNetwork, solveExact, universal } from '../../../agents/index.ts';
import { evaluate } from '../../../experiments/index.ts';
import { loadScenario, openFamily } from '../../../scenarios/index.ts';

const folder = new URL('../../../agents/universal/networks/', import.meta.url);

const interval = z.tuple([z.number(), z.number()]);
const tableForm = z.object({
  network: z.string(),
  made: z.object({ command: z.string(), origin: z.record(z.string(), z.unknown()) }),
  measured: z.object({
    items: z.object({
      seed: z.number(),
      rows: z.array(
        z.object({
          k: z.number(),
          against: z.string(),
          parameters: z.record(z.string(), z.number()),
          percent: z.number(),
          ci95: interval,
          mean: z.number(),
        }),
      ),
    }),
    cells: z
      .object({
        rows: z.array(
          z.object({ demand: z.string(), leadTime: z.number(), shortageCost: z.number(), gapPercent: z.number(), gapCi95: interval }),
        ),
      })
      .optional(),
  }),
});

function tableOf(family: string): z.output<typeof tableForm> {
  return tableForm.parse(JSON.parse(readFileSync(new URL(`${family}.json`, folder), 'utf8')));
}

/** Far from the benchmark's and from training's. */
const SEED = 77;
const SIZE = { lanes: 96, periods: 800, seed: SEED } as const;

/** Is a number what a table says, as far as both intervals tell? */
function expectNear(value: number, ci95: readonly number[], told: number, toldCi95: readonly number[]): void {
  const half = (ci95[1] - ci95[0] + toldCi95[1] - toldCi95[0]) / 2;
  expect(Math.abs(value - told)).toBeLessThan(2 * half + 1e-9);
}

describe.each(shippedFamilies)('of the table beside the network for %s', (family) => {
  const table = tableOf(family);
  const network = shippedUniversalNetwork(family);

  test('it is that network which was measured, and it is small', () => {
    expect(table.made.origin).toEqual(network.parts.origin);
    expect(table.made.command).toContain(`--family ${family} --seed ${String(network.parts.origin.seed)}`);
    expect(statSync(new URL(table.network, folder)).size).toBeLessThan(300_000);
  });

  test.each([0, 0.4, 0.8])(
    'the random item at %d of its rows costs what it says',
    async (part) => {
      const { seed, rows } = table.measured.items;
      const { k, against, parameters, percent, ci95 } = rows[Math.floor(part * rows.length)];
      const { scenario } = (await openFamily(family)).draw(k, { seed, purpose: 'benchmark item' });
      const policies = [buildBaseline(against, parameters), universal({ networks: [network] })];
      const { results, differences } = evaluate({ scenario, policies, ...SIZE });
      const percentOf = (money: number) => (100 * money) / Math.abs(results[0].costPerPeriod);
      const [difference] = differences;
      expectNear(percentOf(difference.mean), (difference.ci95 ?? []).map(percentOf), percent, ci95);
    },
    60_000,
  );
});

test.each([
  ['poisson', 1, 9],
  ['geometric', 2, 19],
])(
  'of the table of cells, %s demand, L %i, p %i is what the network does',
  async (demand, leadTime, shortageCost) => {
    const { cells } = tableOf('lost-sales').measured;
    const cell = cells?.rows.find((one) => one.demand === demand && one.leadTime === leadTime && one.shortageCost === shortageCost);
    const set = [`demand=${demand}`, `leadTime=${leadTime}`, `shortageCost=${shortageCost}`];
    const { scenario } = await loadScenario('lost-sales', { set });
    const policies = [universal({ networks: [shippedUniversalNetwork('lost-sales')] })];
    const optimum = solveExact(scenario);
    const [{ gapPercent = Number.NaN, gapCi95 }] = evaluate({ scenario, policies, ...SIZE, optimum }).results;
    expectNear(gapPercent, gapCi95 ?? [], cell?.gapPercent ?? Number.NaN, cell?.gapCi95 ?? []);
  },
  60_000,
);
