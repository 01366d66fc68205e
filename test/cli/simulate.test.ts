import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replenish, replenishJson } from './replenish.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replenish-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('simulate', () => {
  test('prints the totals as one JSON object, writes the ledger, and the same again with the same seed', async () => {
    const run = (name: string) =>
      replenishJson([
        'simulate',
        'lost-sales',
        '--policy',
        'base-stock:S=25',
        '--periods',
        '30',
        '--seed',
        '4',
        '--out',
        join(folder, name),
      ]);
    const [first, second] = await Promise.all([run('one.csv'), run('two.csv')]);
    expect(first).toMatchObject({
      periods: 30,
      totals: {
        holding: expect.any(Number),
        shortage: expect.any(Number),
        fixed: 0,
        unit: 0,
        transit: 0,
        disposal: 0,
        revenue: 0,
        cost: expect.any(Number),
      },
    });
    const ledger = readFileSync(join(folder, 'one.csv'), 'utf8');
    expect(ledger.split('\n')[0]).toMatch(/^period,location,item,received,.*demand,served,onHand,backlog,lost,discarded,holding,shortage,/);
    expect(ledger).toBe(readFileSync(join(folder, 'two.csv'), 'utf8'));
    expect({ ...(second as object), ledger: '' }).toEqual({ ...(first as object), ledger: '' });
    expect(readdirSync(folder).filter((name) => !name.endsWith('.csv'))).toEqual([]);
  });

  test('refuses a bad cell with exit code 2 and one line, and writes nothing', async () => {
    const demand = join(folder, 'demand.csv');
    writeFileSync(demand, 'period,location,quantity\n0,store,four\n');
    const out = join(folder, 'none.csv');
    const { code, stdout, stderr } = await replenish([
      'simulate',
      'lost-sales',
      '--policy',
      'base-stock:S=25',
      '--demand',
      demand,
      '--out',
      out,
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain("demand.csv, line 2, column quantity: 'four'");
    expect(readdirSync(folder)).not.toContain('none.csv');
  });
});
