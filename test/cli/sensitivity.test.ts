import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { listEvaluations } from '../../experiments/index.ts';
import { launcher, replenish, replenishJson } from './replenish.ts';

const folder = mkdtempSync(join(tmpdir(), 'replenish-sensitivity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grid = ['lost-sales', '--vary', 'leadTime=1..10', '--policy', 'base-stock:S=20', '--policy', 'constant:r=4'];
const size = ['--lanes', '128', '--periods', '1000'];
const command = ['sensitivity', ...grid, ...size, '--cores', '2'];

function cells(): string[] {
  const all = join(String(process.env.REPLENISH_HOME), 'runs', 'sensitivities');
  if (!existsSync(all)) return [];
  return readdirSync(all).flatMap((one) => readdirSync(join(all, one)).filter((name) => name.endsWith('.bin')));
}

/** Starts the command and sends the signal when the first cells are there. */
async function stopped(signal: 'SIGKILL' | 'SIGINT'): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [launcher, ...command, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const before = cells().length;
  while (cells().length <= before && child.exitCode === null) await pause(2);
  const ended = once(child, 'close');
  child.kill(signal);
  const [code] = await ended;
  return { code, stdout, stderr };
}

test('killed with kill -9 and then broken off with Ctrl-C, the same command goes on to the numbers of compare --vary', async () => {
  expect((await stopped('SIGKILL')).code).toBeNull();
  expect(cells().length).toBeGreaterThan(0);
  const { code, stdout, stderr } = await stopped('SIGINT');
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toMatch(/\d of 10 variants are there from before/);
  expect(stderr).toMatch(/\d of 10 variants are kept: the same command goes on from there/);
  const plot = join(folder, 'plot.svg');
  const { plot: written, ...result } = (await replenishJson([...command, '--plot', plot])) as Record<string, unknown>;
  expect(written).toBe(plot);
  expect(readFileSync(plot, 'utf8')).toMatch(/^<svg/);
  expect(result).toEqual(await replenishJson(['compare', ...grid, ...size]));
  expect(cells()).toEqual([]);
  const [compared, varied] = await listEvaluations();
  expect(varied.settings).toEqual(['leadTime=1..10']);
  expect({ ...varied, id: '', at: '' }).toEqual({ ...compared, id: '', at: '' });
}, 120_000);

test('its table marks the cheapest of each variant, and shows how costs run', async () => {
  const { stdout } = await replenish([
    'sensitivity',
    'lost-sales',
    '--vary',
    'leadTime=1..3',
    '--policy',
    'base-stock:S=12',
    '--policy',
    'constant:r=4',
    '--lanes',
    '16',
    '--periods',
    '200',
    '--cores',
    '1',
  ]);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^leadTime +base-stock +constant$/);
  for (const [k, line] of lines.slice(1, 4).entries()) expect(line).toMatch(new RegExp(`^ +${k + 1} .*±.*±`));
  expect(lines.slice(1, 4).every((line) => line.split('*').length === 2)).toBe(true);
  expect(stdout).toMatch(/base-stock +[▁▂▃▄▅▆▇█]{3} +[\d.]+ to [\d.]+/);
});

test.each([
  [['lost-sales'], 'nothing to vary', '--vary leadTime=1..4'],
  [['lost-sales', '--vary', 'leadTime'], '--vary leadTime', 'name=value,value'],
  [['lost-sales', '--vary', 'leadTme=1,2'], 'leadTme', 'leadTime'],
  [['lost-sales', '--vary', 'leadTime=1,2', '--plot', 'no/such/folder/p.svg'], 'no/such/folder/p.svg', 'folder that exists'],
  [['lost-sales', '--vary', 'leadTime=1,2', '--plot', 'p.png'], '--plot p.png', 'ends with .svg'],
  [['lost-sales', '--vary', 'leadTime=1,2', '--run', 'none'], 'none', 'there are none yet'],
  [['lost-sales', '--vary', 'leadTime=1,2', '--cores', '0'], '--cores 0', 'at least 1'],
])('sensitivity %s ends with exit code 2 and one line', async (args, ...named) => {
  const { code, stdout, stderr } = await replenish(['sensitivity', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  for (const word of named) expect(stderr).toContain(word);
});
