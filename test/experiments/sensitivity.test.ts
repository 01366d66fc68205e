import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  compareVariants,
  readVary,
  runsFolder,
  type SensitivityOptions,
  sensitivity,
  sweepOf,
  writeSensitivityChart,
} from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'replenish-sensitivity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const vary = ['shortageCost=4,9', 'leadTime=1..3'].map(readVary);
const common = { policies: ['base-stock:S=12', 'constant:r=5'], vary, lanes: 16, periods: 100, seed: 3 } as const;
const set = ['mean=4'];
const options: SensitivityOptions = { ...common, scenario: 'lost-sales', set };
const load = (settings: readonly string[]) => loadScenario('lost-sales', { set: [...set, ...settings] });
const whole = await compareVariants({ ...common, load });

/** Cells of everything that was broken off. */
function cells(): string[] {
  const all = join(runsFolder(), 'sensitivities');
  if (!existsSync(all)) return [];
  return readdirSync(all).flatMap((one) => readdirSync(join(all, one)).map((name) => join(all, one, name)));
}

/** Aborts when so many cells are there. */
async function brokenOff(after: number, cores: number): Promise<string[]> {
  const stop = new AbortController();
  const told: string[] = [];
  const onProgress = () => cells().length >= after && stop.abort();
  const going = sensitivity({ ...options, cores, signal: stop.signal, onProgress, onMessage: (message) => told.push(message) });
  await expect(going).rejects.toThrow(/abort/i);
  return told;
}

describe('a sensitivity', () => {
  test('in one process has the numbers of compare --vary, and leaves no cells', async () => {
    expect(await sensitivity({ ...options, cores: 1 })).toEqual(whole);
    expect(cells()).toEqual([]);
  });

  test('in processes of its own has them too, and tells how far it is', async () => {
    const parts: number[] = [];
    expect(await sensitivity({ ...options, cores: 2, onProgress: (part) => parts.push(part) })).toEqual(whole);
    expect(parts.at(-1)).toBeCloseTo(1, 10);
    expect(parts.every((part, k) => k === 0 || part >= parts[k - 1])).toBe(true);
  }, 60_000);

  test('broken off, says what is kept; goes on where it was, to the same end', async () => {
    expect(await brokenOff(2, 1)).toContainEqual('2 of 6 variants are kept: the same command goes on from there');
    const kept = new Map(cells().map((file) => [file, readFileSync(file)]));
    const told: string[] = [];
    // A file that was cut short counts as none.
    const [first, second] = [...kept.keys()];
    writeFileSync(first, readFileSync(first).subarray(0, 40));
    const worked: string[] = [];
    const again = await sensitivity({
      ...options,
      cores: 1,
      onMessage: (message) => told.push(message),
      onProgress: () => worked.push(readFileSync(second).toString('latin1')),
    });
    expect(again).toEqual(whole);
    expect(told).toEqual(['1 of 6 variants are there from before']);
    expect(new Set(worked)).toEqual(new Set([kept.get(second)?.toString('latin1')]));
    expect(cells()).toEqual([]);
  });

  test('takes nothing from one with other numbers to come', async () => {
    await brokenOff(1, 1);
    const told: string[] = [];
    const onMessage = (message: string) => told.push(message);
    await sensitivity({ ...options, cores: 1, seed: 4, onMessage });
    await sensitivity({ ...options, cores: 1, set: ['mean=5'], onMessage });
    await sensitivity({ ...options, cores: 1, policies: ['constant:r=5'], onMessage });
    expect(told).toEqual([]);
    expect(await sensitivity({ ...options, cores: 1, onMessage })).toEqual(whole);
    expect(told).toEqual(['1 of 6 variants are there from before']);
  });

  test('refuses a variant that cannot be before anything is worked out, and a policy that there is not by its variant', async () => {
    const refused = sensitivity({ ...options, vary: [readVary('leadTime=2,-1')] });
    await expect(refused).rejects.toThrow(/leadTime: -1/);
    expect(cells()).toEqual([]);
    await expect(sensitivity({ ...options, policies: ['base-stok'], cores: 1 })).rejects.toThrow(
      /where shortageCost=4 leadTime=1: policy "base-stok": expected one of/,
    );
    await expect(sensitivity({ ...options, vary: [...vary, readVary('leadTime=4')] })).rejects.toThrow(/--vary leadTime: given twice/);
  });
});

test('a sweep runs along what has the most values; policies called the same are told apart by their parameters', async () => {
  const policies = ['base-stock:S=9', 'base-stock:S=12'];
  const sweep = sweepOf(await compareVariants({ ...common, policies, load }));
  expect(sweep).toMatchObject({
    across: 'leadTime',
    values: ['1', '2', '3'],
    panels: [{ shortageCost: '4' }, { shortageCost: '9' }],
    policies: ['base-stock:S=9', 'base-stock:S=12'],
  });
  for (const [p, panel] of sweep.panels.entries())
    for (const [n, leadTime] of sweep.values.entries())
      for (const k of sweep.policies.keys()) expect(sweep.results[p][k][n]?.settings).toEqual({ ...panel, leadTime });
});

test('the plot is one SVG file that names policies and variants', async () => {
  const file = join(folder, 'plot.svg');
  await writeSensitivityChart(whole, file);
  const text = readFileSync(file, 'utf8');
  for (const word of ['base-stock', 'constant', 'shortageCost=4', 'shortageCost=9', 'leadTime']) expect(text).toContain(`>${word}<`);
  expect(text).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  await expect(writeSensitivityChart(whole, join(folder, 'no', 'plot.svg'))).rejects.toThrow(/cannot be written/);
});
