import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replenish } from './replenish.ts';

/** Each: the command line, then what its one line on standard error has to name: the value, what was expected, the fix. */
const cases: readonly (readonly [line: string, ...named: readonly string[]])[] = [
  ['', 'No command given', 'scenarios', 'for example'],
  ['evalute lost-sales', "'evalute'", 'expected one of', 'did you mean evaluate?'],
  ['runs lst', "'lst'", 'list, show', 'did you mean runs list?'],
  ['runs', 'No command of runs given', 'list, show'],
  ['evaluate lost-sales', 'no policy given', '--policy base-stock'],
  ['train', 'expected a scenario, or --resume RUN'],
  ['evaluate', 'scenario expected', 'replenish evaluate lost-sales'],
  ['evaluate lost-sales --polcy base-stock', '--polcy', 'expected', 'did you mean --policy?'],
  ['evaluate lost-sales extra', "'extra'", 'one word too many'],
  ['evaluate lost-sales --seed abc', '--seed abc', 'whole number', '--seed 0'],
  ['evaluate lost-sales --seed 1.5', '--seed 1.5', 'whole number'],
  ['evaluate lost-sales --seed', '--seed needs a value'],
  ['evaluate lost-sales --seed 1 --seed 2', '--seed 1,2', 'whole number'],
  ['evaluate lost-sales --policy base-stock --periods -5', '--periods -5', 'at least 1'],
  ['evaluate lost-sales --policy base-stock --lanes 0', '--lanes 0', 'at least 1'],
  ['evaluate lost-salse --policy base-stock', 'lost-salse', 'lost-sales'],
  ['evaluate no-such-file.yaml --policy base-stock', 'no-such-file.yaml'],
  ['evaluate lost-sales --policy base-stok', 'base-stok', 'base-stock'],
  ['evaluate lost-sales --policy run:none', 'none', 'train one first'],
  ['evaluate lost-sales --policy base-stock --set shortagecost=9', 'shortagecost', 'shortageCost'],
  ['evaluate lost-sales --policy base-stock --set leadTime=-1', 'leadTime', '-1', 'expected number to be >=0'],
  ['evaluate lost-sales --policy base-stock --set leadTime=a..b', 'leadTime', 'a..b', 'expected number or object'],
  ['evaluate lost-sales --policy base-stock --set leadTime=2.5', 'leadTime', '2.5'],
  ['evaluate lost-sales --policy base-stock --set mean=lots', 'mean', 'lots', 'number'],
  ['evaluate lost-sales --policy base-stock --set shortageCost', '--set shortageCost', 'path=value'],
  ['train lost-sales --agent ppq', 'ppq', 'ppo'],
  ['train lost-sales --steps many', '--steps many', 'whole number'],
  ['train lost-sales --seconds -1', '--seconds -1', 'number'],
  ['runs show none', 'none', 'train one first'],
  ['dashboard --port 70000', '--port 70000', 'at most 65535'],
];

describe('bad input ends with exit code 2 and one line', () => {
  test.each(cases.map(([line, ...named]) => ({ line, named })))('replenish $line', async ({ line, named }) => {
    const { code, stdout, stderr } = await replenish(line.split(' ').filter(Boolean));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    for (const word of named) expect(stderr).toContain(word);
  });
});

describe('sales are refused alike by every command that reads them', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'replenish-bad-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const sold = Array.from({ length: 9 }, (_, k) => `2024-01-0${k + 1},a,${k + 2},5`);
  const tomorrow = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const near = Array.from({ length: 9 }, (_, k) => `${new Date(Date.now() - (k + 1) * 86_400_000).toISOString().slice(0, 10)},a,3,5`);
  const files = {
    'two prices on one day': {
      lines: [...sold, '2024-01-09,a,1,7'],
      named: "line 11, column price: '7'; expected one price of an item for a day",
    },
    'a day to come': { lines: [...near, `${tomorrow},a,1,5`], named: `line 11, column date: '${tomorrow}'; expected a day up to` },
  };
  const commands = [
    'forecast import FILE --period day',
    'forecast backtest --sales FILE --period day',
    'recommend --sales FILE --stock STOCK --period day',
  ];
  const tried = Object.entries(files).flatMap(([what, { lines, named }]) => commands.map((command) => ({ command, what, lines, named })));
  test.each(tried)('$what: $command', async ({ command, what, lines, named }) => {
    const [file, stock] = [`${what}.csv`, 'stock.csv'].map((name) => join(folder, name));
    writeFileSync(file, ['date,item,quantity,price', ...lines, ''].join('\n'));
    writeFileSync(stock, 'item,onHand\na,1\n');
    const words = command.split(' ').map((word) => ({ FILE: file, STOCK: stock })[word] ?? word);
    const { code, stdout, stderr } = await replenish(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(named);
  });
});

const shop = `id: shop
title: A shop
locations: { shop: { holdingCost: 1, shortage: { kind: lost, cost: 4 } } }
links: [{ from: supplier, to: shop, leadTime: 1 }]
demand: [{ location: shop, distribution: poisson, mean: 5 }]
`;

describe('a scenario file that cannot be used', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'replenish-bad-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const files = [
    { title: 'no YAML at all', text: 'id: [shop\ntitle: {', named: ['scenario.yaml'] },
    { title: 'an empty file', text: '', named: ['scenario.yaml'] },
    { title: 'a list in place of a scenario', text: '- 1\n- 2\n', named: ['scenario.yaml'] },
    { title: 'a field that is not known', text: `${shop}holdingcost: 1\n`, named: ['scenario.yaml', 'holdingcost'] },
  ];
  test.each(files)('$title is refused by name, in one line', async ({ text, named }) => {
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, text);
    const { code, stderr } = await replenish(['evaluate', file, '--policy', 'base-stock']);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    for (const word of named) expect(stderr).toContain(word);
  });
});
