import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { replenish, replenishJson } from './replenish.ts';

const folder = mkdtempSync(join(tmpdir(), 'forecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const monday = (week: number) => new Date(Date.UTC(2024, 0, 1 + 7 * week)).toISOString().slice(0, 10);
const rows = Array.from(
  { length: 90 },
  (_, k) => `${monday(k % 30)},${['mug', 'lamp', '"cup, blue"'][Math.floor(k / 30)]},${1 + ((k * 7) % 13)}`,
);
const sales = file('sales.csv', ['date,item,quantity', ...rows]);
const items = file('items.csv', ['item,description', 'mug,White mug', 'lamp,Desk lamp', '"cup, blue",Blue cup']);
const data = ['--sales', sales, '--items', items];

const number = z.number();
const backtested = z.strictObject({
  rows: number,
  series: number,
  methods: z.array(
    z.strictObject({
      method: z.string(),
      wape: number,
      bias: number,
      mase: number,
      pinball: z.strictObject({ '0.5': number, '0.9': number }),
      crps: number,
      coverage: z.strictObject({ '0.8': number }),
      seconds: number,
    }),
  ),
  differences: z.array(z.object({ method: z.string(), reference: z.string(), mean: number, ci90: z.tuple([number, number]) })),
});

describe('forecast backtest', () => {
  const out = join(folder, 'predictions.csv');
  const command = [
    'forecast',
    'backtest',
    ...data,
    '--test-from',
    monday(24),
    '--horizon',
    '3',
    '--method',
    'ses',
    '--method',
    'naive',
    '--out',
    out,
  ];

  test('prints exactly the promised fields, and writes the forecasts that its scores are made of', async () => {
    const { rows, series, methods } = backtested.parse(await replenishJson(command));
    // 6 origins see 3, 3, 3, 3, 2 and 1 weeks of 3 items.
    expect({ rows, series, names: methods.map(({ method }) => method) }).toEqual({ rows: 45, series: 3, names: ['ses', 'naive'] });
    const [header, ...lines] = readFileSync(out, 'utf8').trim().split('\n');
    expect(header).toBe('item,date,origin,method,mean,p10,p50,p90,actual');
    expect(lines).toHaveLength(2 * rows);
    expect(lines.some((line) => line.startsWith('"cup, blue",'))).toBe(true);
    const cells = lines.map((line) => line.replace('"cup, blue"', 'cup').split(',')).filter(([, , , method]) => method === 'naive');
    const sum = (of: (row: readonly string[]) => number) => cells.reduce((total, row) => total + of(row), 0);
    const wape = sum(([, , , , mean, , , , actual]) => Math.abs(Number(mean) - Number(actual))) / sum((row) => Number(row[8]));
    expect(methods[1].wape).toBeCloseTo(wape, 6);
    expect(cells.every(([, date, origin]) => date >= origin && origin >= monday(24))).toBe(true);
  });

  test('prints the same numbers again, seconds aside', async () => {
    const run = async () => backtested.parse(await replenishJson(command));
    const still = ({ methods, ...rest }: z.infer<typeof backtested>) => ({
      ...rest,
      methods: methods.map((one) => ({ ...one, seconds: 0 })),
    });
    expect(still(await run())).toEqual(still(await run()));
  });

  test.each([
    ['an unknown method', ['--method', 'sess'], '--method sess: expected one of naive, seasonal-naive'],
    ['a day after the last', ['--test-from', '2031-01-01'], '--test-from 2031-01-01: expected a day as YYYY-MM-DD after 2024-01-01'],
    ['a folder that is not there', ['--out', join(folder, 'none', 'p.csv')], 'there is no folder'],
    ['a horizon of 0', ['--horizon', '0'], '--horizon 0: expected a whole number of at least 1'],
  ])('%s is refused in one line', async (_, extra, expected) => {
    const { code, stdout, stderr } = await replenish(['forecast', 'backtest', ...data, '--method', 'naive', ...extra, '--json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(expected);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test('one single week, and sales of nothing, are refused with what to do', async () => {
    const week = file('week.csv', ['date,item,quantity', '2024-01-01,mug,3']);
    expect((await replenish(['forecast', 'backtest', '--sales', week, '--method', 'naive'])).stderr).toContain(
      'The sales cover 1 week: expected at least 2',
    );
    const zeros = file('zeros.csv', ['date,item,quantity', ...Array.from({ length: 10 }, (_, week) => `${monday(week)},mug,0`)]);
    expect((await replenish(['forecast', 'backtest', '--sales', zeros, '--method', 'naive'])).stderr).toContain('Nothing was sold from');
  });

  test('days after today are refused, unless the test is of such days', async () => {
    const future = (week: number) => new Date(Date.UTC(2190, 0, 4 + 7 * week)).toISOString().slice(0, 10);
    const made = file('made-up.csv', [
      'date,item,quantity',
      ...Array.from({ length: 10 }, (_, week) => `${future(week)},mug,${1 + (week % 3)}`),
    ]);
    const command = ['forecast', 'backtest', '--sales', made, '--method', 'naive'];
    const refused = await replenish(command);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/line 2, column date: '2190-01-04'; expected a day up to/);
    expect(await replenishJson([...command, '--test-from', future(8), '--horizon', '1'])).toMatchObject({ rows: 2 });
  });
});

describe('forecast predict and explain', () => {
  test('give every item and period to come its quantiles', async () => {
    const out = join(folder, 'forecast.csv');
    const printed = await replenishJson(['forecast', 'predict', ...data, '--method', 'tsb', '--horizon', '2', '--out', out]);
    const { predictions } = z
      .object({
        predictions: z.array(z.object({ item: z.string(), date: z.string(), mean: number, quantiles: z.record(z.string(), number) })),
      })
      .parse(printed);
    expect(predictions.map(({ item, date }) => [item, date])).toContainEqual(['lamp', monday(31)]);
    expect(predictions).toHaveLength(6);
    for (const { quantiles } of predictions) {
      const levels = Object.values(quantiles);
      expect(levels).toHaveLength(19);
      expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    }
    expect(readFileSync(out, 'utf8').split('\n')[0]).toBe(
      `item,date,mean,dispersion,${Array.from({ length: 19 }, (_, k) => `q${String(5 * (k + 1)).padStart(2, '0')}`)}`,
    );
  });

  test('say to people what read the texts', async () => {
    const missing = { REPLENISH_MODELS: folder, REPLENISH_HOME: folder };
    for (const asked of [['predict'], ['explain', 'mug']]) {
      const { stdout } = await replenish(['forecast', ...asked, ...data, '--method', 'global+text'], missing);
      expect(stdout).toMatch(/global\+text read texts by static: the text model .* cannot be had/);
    }
  });

  test('say where a forecast comes from, and refuse an item that is not there', async () => {
    const { stdout } = await replenish(['forecast', 'explain', 'mug', ...data, '--method', 'ses']);
    expect(stdout).toMatch(/^mug: [\d.]+ units over the next 4 weeks, \d+ to \d+ with a chance of 80 %: [\d.]+ from what it sold of late/);
    const { code, stderr } = await replenish(['forecast', 'explain', 'mugs', ...data, '--method', 'ses']);
    expect({ code, stderr: stderr.trim() }).toEqual({ code: 2, stderr: "item 'mugs': expected one of the 3 items; did you mean mug?" });
  });
});
