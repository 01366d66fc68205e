import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { filesOf, ITEMS, LEVELS, STOCK, salesLines } from '../decisions/recommend/shop.ts';
import { replenish, replenishJson } from './replenish.ts';

const number = z.number();
const suggestion = z.strictObject({
  item: z.string(),
  order: number,
  wanted: number,
  onHand: number,
  onOrder: number,
  arrivals: z.array(number),
  coverPeriods: number,
  forecast: z.strictObject({ mean: number, p10: number, p50: number, p90: number }),
  orderUpTo: number,
  service: number.nullable(),
  expectedCost: z.strictObject({ order: number, nothing: number }),
  state: z.enum(['selling', 'new', 'stopped']),
  flags: z.array(z.string()),
  reason: z.string().min(10),
});
const recommended = z.object({
  run: z.string(),
  asOf: z.string(),
  suggestions: z.array(suggestion),
  limits: z.array(z.object({ limit: z.string() })),
});

/** With an item that a spreadsheet would run. */
const FORMULA = '=HYPERLINK("http://x")';
const cell = `"${FORMULA.replaceAll('"', '""')}"`;
const files = filesOf({
  sales: salesLines().map((line) => line.replace(',tray,', `,${cell},`)),
  items: ITEMS.map((line) => line.replace(/^tray/, cell)),
  stock: ['SKU,Zahl', ...STOCK.slice(1).map((line) => line.replace(/^tray/, cell))],
});
const out = join(dirname(files.sales), 'suggestions.csv');
const data = ['--sales', files.sales, '--items', files.items, '--stock', files.stock, '--method', 'ses'];
const shown = await replenishJson(['recommend', ...data, '--map', 'onHand=Zahl', '--budget', '150', '--out', out]);

describe('recommend', () => {
  test('prints one JSON object with a suggestion for every item', () => {
    const { suggestions, limits, asOf } = recommended.parse(shown);
    expect(suggestions).toHaveLength(Object.keys(LEVELS).length);
    expect(asOf).toBe('2024-10-07');
    expect(limits.map(({ limit }) => limit)).toEqual(['budget']);
  });

  test('writes a table for people, in which nothing is run by a spreadsheet', () => {
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines[0]).toMatch(/^item,order,decision,decidedOrder,reason,onHand,onOrder,/);
    expect(lines).toHaveLength(7);
    expect(lines.some((line) => line.startsWith('"\'=HYPERLINK(""http://x"")",'))).toBe(true);
  });

  test('its table comes back with decisions, and those are beside the run', async () => {
    const { run, suggestions } = recommended.parse(shown);
    const [header, ...lines] = readFileSync(out, 'utf8').trimEnd().split('\n');
    const decided = lines.map((line) =>
      line.replace(
        /^("(?:[^"]|"")*"|[^,]*),([^,]*),,,/,
        (_, item, order) => `${item},${order},${item.includes('HYPER') ? 'refuse' : 'accept'},,`,
      ),
    );
    writeFileSync(out, `${[header, ...decided].join('\n')}\n`);
    expect(await replenishJson(['decide', run, out])).toMatchObject({
      decisions: { accepted: suggestions.length - 1, changed: 0, refused: 1, open: 0 },
    });
    expect(await replenishJson(['runs', 'show', run])).toMatchObject({
      kind: 'recommendation',
      scenario: 'sales.csv',
      method: { name: 'ses' },
    });
  });

  test('writes Parquet that reads like the CSV', async () => {
    const parquet = join(dirname(out), 'suggestions.parquet');
    const { suggestions } = recommended.parse(await replenishJson(['recommend', ...data, '--map', 'onHand=Zahl', '--out', parquet]));
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = (await connection.runAndReadAll(`SELECT item, "order" FROM '${parquet}'`)).getRows();
    expect(rows).toEqual(suggestions.map(({ item, order }) => [item, order]));
  });

  test.each([
    [['recommend', '--sales', files.sales], '--stock: none given'],
    [['recommend', ...data, '--map', 'onHand=Zahl', '--service', '95'], '--service 95: expected a chance above 0 and below 1'],
    [
      ['recommend', ...data, '--map', 'onHand=Zahl', '--out', 'orders.xlsx'],
      '--out orders.xlsx: expected a name that ends in .csv, .parquet, .json',
    ],
    [['recommend', ...data], "no column 'onHand' among 'SKU,Zahl'"],
    [['decide', 'none', out], 'run "none"'],
  ])('%j ends with exit code 2 and one line, and writes nothing', async (args, message) => {
    const nothing = join(dirname(out), 'nothing.csv');
    const { code, stdout, stderr } = await replenish([
      ...args,
      ...(args.includes('--out') || args[0] === 'decide' ? [] : ['--out', nothing]),
    ]);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
    expect(stderr).toContain(message);
    expect(existsSync(nothing)).toBe(false);
  });
});
