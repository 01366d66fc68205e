import { describe, expect, test } from 'vitest';
import { type CleaningOptions, isMissing } from '../../../forecasting/index.ts';
import { createImporter, dailyLines, found, HEADER } from './files.ts';

const { read, complaint } = createImporter();
const INVOICES = 'Invoice,Code,Description,Qty,Date,Price,Customer\n';
const map = { item: 'Code' };

/** Lines of invoices of a week, with something of every kind. */
const lines = [
  'i1,A,White mug,6,2024-01-01 08:00,2.5,7',
  'i1,A,White mug,6,2024-01-01 08:00,2.5,7', // a copy
  'i2,A,White mug,4,2024-01-01 09:00,2.5,7',
  'i3,B,Lantern,900,2024-01-02 09:00,1,8', // ordered
  'Ci3,B,Lantern,-900,2024-01-02 09:20,1,8', // and cancelled
  'i4,B,Lantern,5,2024-01-03 09:00,1,8',
  'C5,B,Lantern,-2,2024-01-04 09:00,1,8', // part of an earlier order
  'i6,B,Lantern,-1,2024-01-04 09:00,1,9', // a return
  'i7,POST,Postage,1,2024-01-04 09:00,12,9',
  'i7,Z9,Bank charges,1,2024-01-04 09:00,15,9',
  'i8,A,found,30,2024-01-04 09:00,0,', // a correction of stock
  'i9,A,Adjust,1,2024-01-04 09:00,-5,',
  'i9,B,lantern?,3,2024-01-07 09:00,1,9',
];
const sales = INVOICES + lines.join('\n');

describe('invoice lines', () => {
  test('what is found is counted by kind, and only sales are left', async () => {
    const result = await read(sales, { map });
    expect(Object.fromEntries(result.report.findings.map(({ kind, count }) => [kind, count]))).toEqual({
      duplicates: 1,
      cancellations: 2,
      'cancellation-lines': 1,
      returns: 1,
      'non-products': 2,
      'negative-prices': 1,
      unpriced: 1,
      'items-left-out': 2,
    });
    expect([result.report.lines, result.report.used]).toEqual([13, 4]);
    expect(Array.from(result.history.quantity)).toEqual([10, 8]);
  });

  test('every line is either used or counted under one kind', async () => {
    const { report } = await read(sales, { map });
    const counted = report.findings.filter(({ unit }) => unit === 'lines').reduce((sum, { count }) => sum + count, 0);
    expect(report.used + counted).toBe(report.lines);
  });

  test('an item is described as most of its sales describe it', async () => {
    const { history } = await read(sales, { map });
    expect(history.items.map(({ id, description }) => [id, description])).toEqual([
      ['A', 'White mug'],
      ['B', 'Lantern'],
    ]);
  });

  test('each kind can be kept', async () => {
    const sold = async (cleaning: CleaningOptions) => Array.from((await read(sales, { map, cleaning })).history.quantity);
    expect(await sold({ duplicates: 'keep' })).toEqual([16, 8]);
    expect(await sold({ unpriced: 'keep' })).toEqual([40, 8]);
    expect(await sold({ returns: 'net' })).toEqual([10, 7]);
    expect(await sold({ nonProducts: 'keep' })).toEqual([10, 8, 1, 1]);
    expect(await sold({ cancellations: 'keep' })).toEqual([10, 908]);
  });

  test('the same file read twice gives the same, to the last digit', async () => {
    const many =
      INVOICES +
      Array.from({ length: 30_000 }, (_, k) => `i${k},A${k % 7},x,${(k % 13) / 7},2024-01-0${1 + (k % 7)},${k % 11}.1,${k}\n`).join('');
    const [first, second] = [await read(many, { map }), await read(many, { map })];
    expect(second).toEqual(first);
  });
});

describe('lines that repeat', () => {
  test('in a table of totals they are copies', async () => {
    const result = await read(`${HEADER}2024-01-01,a,3\n2024-01-01,a,3\n2024-01-02,a,4\n2024-01-03,b,4\n`);
    expect([found(result, 'duplicates'), Array.from(result.history.quantity)]).toEqual([1, [7, 4]]);
  });

  test('in a list of single sales without a number they are sales, and are reported as kept', async () => {
    const result = await read(HEADER + '2024-01-01,a,1\n'.repeat(5) + '2024-01-02,a,2\n'.repeat(4));
    expect([found(result, 'duplicates'), Array.from(result.history.quantity)]).toEqual([7, [13]]);
    expect(result.report.findings.find(({ kind }) => kind === 'duplicates')?.action).toMatch(/^kept/);
  });
});

describe('returns', () => {
  test('taken off, they never make sales negative', async () => {
    const result = await read(`${HEADER}2024-01-01,a,3\n2024-01-09,a,-5\n2024-01-10,a,1\n2024-01-16,a,2\n`, {
      cleaning: { returns: 'net', partialPeriods: 'keep' },
    });
    expect([Array.from(result.history.quantity), found(result, 'net-returns')]).toEqual([[3, 0, 2], 1]);
  });
});

describe('suspected stock-outs', () => {
  const steady = Array(30).fill(4);
  const gap = [...steady, 0, 0, 0, 0, 5, 5, 5];

  test('a run without sales of an item that sells every day is missing, not zero, from when it sold again', async () => {
    const { history, report } = await read(HEADER + dailyLines('a', gap) + dailyLines('b', Array(37).fill(1)), { period: 'day' });
    expect(report.findings.find(({ kind }) => kind === 'suspected-stock-outs')?.count).toBe(4);
    expect([29, 30, 33, 34].map((t) => history.missing[t])).toEqual([0, 35, 35, 0]);
    expect([isMissing(history, 31, 34), isMissing(history, 31, 35)]).toEqual([false, true]);
    expect(history.missing.subarray(37).every((origin) => origin === 0)).toBe(true);
  });

  test('zeros stay zeros where that is asked', async () => {
    const { history } = await read(HEADER + dailyLines('a', gap) + dailyLines('b', Array(37).fill(1)), {
      period: 'day',
      cleaning: { stockOuts: 'zero' },
    });
    expect(history.missing.some((origin) => origin > 0)).toBe(false);
  });

  test.each([
    ['an item that sells now and then', Array.from({ length: 60 }, (_, k) => (k % 5 === 0 || k > 55 ? 3 : 0))],
    ['an item that never sells again', [...steady, ...Array(10).fill(0)]],
    ['an item that has hardly begun', [4, 4, 4, 0, 0, 0, 4, 4]],
    ['days on which nobody sold anything', [...steady, 0, 0, 0, 0, 4]],
  ])('none is suspected of %s', async (name, quantities) => {
    const others = name.startsWith('days') ? '' : dailyLines('b', Array(quantities.length).fill(1));
    const result = await read(HEADER + dailyLines('a', quantities) + others, { period: 'day' });
    expect(found(result, 'suspected-stock-outs')).toBe(0);
  });

  test('what is marked before a period does not depend on what comes after it', async () => {
    const short = await read(HEADER + dailyLines('a', gap) + dailyLines('b', Array(37).fill(1)), { period: 'day' });
    const later = [...gap, 0, 0, 0, 900, 1];
    const long = await read(HEADER + dailyLines('a', later) + dailyLines('b', Array(42).fill(1)), { period: 'day' });
    expect(long.history.missing.slice(0, 37)).toEqual(short.history.missing.slice(0, 37));
  });
});

describe('items', () => {
  const two = { sales: `${HEADER}2024-01-01,a,1\n2024-01-02,zebra,4\n`, items: 'item,description\na,Mug\nc,Cup\n' };

  test('those that the table lacks are refused, left out, or added', async () => {
    expect(await complaint(two)).toMatch(/^sales\.csv, line 3, column item: 'zebra'; expected an item of items\.csv; add it there/);
    const dropped = await read(two, { cleaning: { unknownItems: 'drop' } });
    expect([dropped.history.items.map(({ id }) => id), found(dropped, 'unknown-items')]).toEqual([['a', 'c'], 1]);
    const added = await read(two, { cleaning: { unknownItems: 'add' } });
    expect([added.history.items.map(({ id }) => id), Array.from(added.history.quantity)]).toEqual([
      ['a', 'c', 'zebra'],
      [1, 0, 4],
    ]);
  });

  test('one without a description or a price has none, and one that never sold stays', async () => {
    const { history, report } = await read({ sales: `${HEADER}2024-01-01,a,1\n`, items: 'item,description,price\na,,\nb,Mug,4\n' });
    expect(history.items.map(({ description, price }) => [description, price])).toEqual([
      ['', 0],
      ['Mug', 4],
    ]);
    expect(report.findings.map(({ kind }) => kind)).toEqual(['items-never-sold', 'items-without-description']);
  });
});
