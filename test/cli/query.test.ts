import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VIEWS } from '../../experiments/index.ts';
import { replenish, replenishJson } from './replenish.ts';

const folder = mkdtempSync(join(tmpdir(), 'replenish-query-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const asked = 'select policy, fillRate from evaluations order by policy';

beforeAll(async () => {
  const policies = ['--policy', 'base-stock:S=12', '--policy', 'constant:r=5'];
  await replenishJson(['evaluate', 'lost-sales', ...policies, '--lanes', '8', '--periods', '20']);
}, 60_000);

test('runs query prints a table, CSV, or one JSON object', async () => {
  const { columns, rows } = (await replenishJson(['runs', 'query', asked])) as { columns: unknown; rows: { fillRate: number }[] };
  expect(columns).toEqual([
    { name: 'policy', type: 'VARCHAR' },
    { name: 'fillRate', type: 'DOUBLE' },
  ]);
  expect(rows).toMatchObject([{ policy: 'base-stock' }, { policy: 'constant' }]);
  const { stdout: table } = await replenish(['runs', 'query', asked]);
  expect(table).toMatch(/^policy +fillRate\nbase-stock +0\.\d+\nconstant +0\.\d+\n$/);
  const { stdout: csv } = await replenish(['runs', 'query', asked, '--format', 'csv']);
  expect(csv).toBe(`policy,fillRate\nbase-stock,${rows[0].fillRate}\nconstant,${rows[1].fillRate}\n`);
  const { stdout: json } = await replenish(['runs', 'query', asked, '--format', 'json']);
  expect(JSON.parse(json)).toEqual({ columns, rows });
});

test('its help lists the views and their columns', async () => {
  const { code, stdout } = await replenish(['runs', 'query', '--help']);
  expect(code).toBe(0);
  for (const { name, columns } of VIEWS) {
    expect(stdout).toContain(`${name}: one row is`);
    for (const [column] of columns) if (!/^q\d\d$/.test(column)) expect(stdout).toContain(column);
  }
});

test.each([
  ['select * from nowhere', 'nowhere', 'expected one of runs, metrics'],
  ["select * from read_text('/etc/hostname')", '/etc/hostname', 'disabled'],
  ['drop table runs', 'only read', 'SELECT'],
])('%s ends with exit code 2 and one line', async (sql, ...named) => {
  const { code, stdout, stderr } = await replenish(['runs', 'query', sql]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  for (const word of named) expect(stderr).toContain(word);
});

test('runs export writes a file whose kind its name says, or nothing', async () => {
  const file = join(folder, 'runs.csv');
  expect(await replenishJson(['runs', 'export', '--out', file])).toMatchObject({ file, rows: 0 });
  expect(readFileSync(file, 'utf8')).toMatch(/^run,kind,scenario,/);
  const { code, stderr } = await replenish(['runs', 'export', '--out', join(folder, 'runs.xlsx')]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/runs\.xlsx: expected a file that ends with \.parquet or \.csv/);
  expect(existsSync(join(folder, 'runs.xlsx'))).toBe(false);
});
