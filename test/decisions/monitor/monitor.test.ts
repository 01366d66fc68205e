import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type MonitorOptions, monitor, openRecommendation, review, rollBack, watchFolder, writePage } from '../../../decisions/index.ts';
import { runFolder } from '../../../experiments/index.ts';
import { file, folder, KNOWN, keptRun, LIVE, monday, salesLines, subfolder } from './kept-run.ts';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = '2025-01-20T00:00:00.000Z';
const look = (run: string, sales: string, options: Partial<MonitorOptions> = {}) => monitor({ run, sales, now, ...options });
const calm = file('calm.csv', salesLines(KNOWN, KNOWN + LIVE));
const moved = file('moved.csv', salesLines(KNOWN, KNOWN + LIVE, { change: KNOWN + 3, factor: 3 }));

/** Everything that a line of runs has in the store, byte by byte. */
function bytesOf(run: string): Record<string, string> {
  const root = runFolder(run);
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'base64')]));
}

describe('monitoring a recommendation', () => {
  test('tells nothing to do where demand goes on as before', async () => {
    const result = await look(await keptRun(), calm);
    expect(result).toMatchObject({
      action: 'nothing',
      periods: LIVE,
      from: monday(KNOWN),
      drift: { alarm: null, items: [] },
      update: null,
    });
    const [, eighty] = result.scores.coverage;
    expect(eighty.ci90[0]).toBeLessThan(eighty.expected);
    expect(eighty.ci90[1]).toBeGreaterThan(eighty.expected - 0.02);
    expect(result.scores.crps.difference.value).toBeLessThan(0);
    expect(result.scores.bias.ci90[0]).toBeLessThan(0);
    expect(result.scores.bias.ci90[1]).toBeGreaterThan(0);
  });

  test('names the items that sell three times as much, since when, and asks for a refit', async () => {
    const result = await look(await keptRun(), moved);
    expect(result.action).toBe('refit');
    expect(result.drift.items.map(({ item }) => item).toSorted()).toEqual(['item-0', 'item-1', 'item-2', 'item-3']);
    for (const { kind, since, actual, forecast } of result.drift.items) {
      expect(kind).toBe('more');
      expect([1, 2, 3, 4, 5].map((weeks) => monday(KNOWN + weeks))).toContain(since);
      expect(actual / forecast).toBeGreaterThan(1.8);
    }
  });

  test('says where texts are not read by what read them for the run', async () => {
    const run = await keptRun('global+hashing');
    const record = join(runFolder(run), 'run.json');
    const heard = async () => {
      const lines: string[] = [];
      await look(run, calm, { onMessage: (line) => lines.push(line) });
      return lines.join('\n');
    };
    expect(await heard()).not.toContain('read by');
    writeFileSync(record, readFileSync(record, 'utf8').replace('"name": "hashing"', '"name": "transformer"'));
    expect(await heard()).toContain('read by transformer for this run and are read by hashing now');
  });

  test('says the same of sales that come week by week as of sales that come at once', async () => {
    const whole = await look(await keptRun(), moved);
    const run = await keptRun();
    let last = whole;
    for (let week = KNOWN; week < KNOWN + LIVE; week += 7) {
      last = await look(run, file('week.csv', salesLines(week, week + 7, { change: KNOWN + 3, factor: 3 })));
    }
    expect({ ...last, run: '' }).toEqual({ ...whole, run: '' });
  });

  test('does not take an item of which there is no stock for one that nobody wants', async () => {
    const gone = file('gone.csv', salesLines(KNOWN, KNOWN + LIVE, { change: KNOWN + 2, factor: 0 }));
    const stock = file('empty.csv', ['item,onHand', ...[0, 1, 2, 3].map((item) => `item-${item},0`)]);
    const known = await look(await keptRun(), gone, { stock });
    expect(known.drift.items.every(({ outOfStock }) => outOfStock)).toBe(true);
    expect(known.action).toBe('nothing');
    expect((await look(await keptRun(), gone)).action).toBe('refit');
  });
});

describe('a bad file', () => {
  const cases: [string, string, RegExp][] = [
    [
      'of another unit',
      file('units.csv', salesLines(KNOWN, KNOWN + 6, { scale: 100 })),
      /the median of 16 items sells \d+ times what it sold before/,
    ],
    ['that was cut off', file('cut.csv', salesLines(KNOWN, KNOWN + 6).slice(0, 30)), /items sold in the week of .* expected a whole week/],
    ['without a column', file('column.csv', ['date,item', `${monday(KNOWN)},item-1`]), /no column 'quantity'/],
    [
      'of another business',
      file(
        'other.csv',
        salesLines(KNOWN, KNOWN + 6).map((line) => line.replace('item-', 'thing-')),
      ),
      /knows 0 of its 16 items/,
    ],
    ['that begins too late', file('late.csv', salesLines(KNOWN + LIVE + 3, KNOWN + LIVE + 6)), /3 weeks after what is known ends/],
    ['of sales that are known', file('old.csv', salesLines(10, KNOWN)), /the run knew those before/],
  ];
  test.each(cases)('%s is refused in one line, and changes nothing', async (_, path, message) => {
    const run = await keptRun();
    await look(run, calm);
    const before = bytesOf(run);
    await expect(look(run, path, { update: {} })).rejects.toThrow(message);
    await expect(look(run, path)).rejects.not.toThrow(/\n/);
    expect(bytesOf(run)).toEqual(before);
  });

  test('is taken where somebody vouches for it', async () => {
    expect((await look(await keptRun(), cases[0][1], { trust: true })).action).not.toBe('nothing');
  });
});

describe('an update', () => {
  test('promotes what forecasts the newest weeks better, keeps the old run and its evidence, and can be rolled back', async () => {
    const run = await keptRun('naive');
    const kept = readFileSync(join(runFolder(run), 'run.json'), 'utf8');
    const { update } = await look(run, calm, { update: { challengers: ['moving-average', 'combination'] } });
    expect(update?.challenge?.methods).toHaveLength(4);
    const promoted = String(update?.promoted);
    const { record, history } = await openRecommendation(promoted);
    expect(record).toMatchObject({ parent: run, origin: KNOWN + LIVE, asOf: monday(KNOWN + LIVE) });
    expect(history.periods).toHaveLength(KNOWN + LIVE);
    expect(readFileSync(join(runFolder(run), 'run.json'), 'utf8')).toBe(kept);

    expect(await rollBack(promoted, { now, why: 'not yet' })).toEqual({ run, replaced: promoted });
    await expect(rollBack(run, { now, why: '' })).rejects.toThrow(/is the first of its line/);
    const lineage = JSON.parse(readFileSync(join(runFolder(run), 'monitoring', 'lineage.json'), 'utf8'));
    expect(lineage).toMatchObject({
      current: run,
      events: [
        { kind: 'promotion', from: run, to: promoted },
        { kind: 'roll-back', from: promoted, to: run },
      ],
    });
    expect(lineage.events[0].evidence).toMatchObject({ file: 'calm.csv', challenge: { differences: expect.any(Array) } });
    expect(lineage.events[1].evidence).toMatchObject({ why: 'not yet' });
  });

  test('leaves the run in place where nothing is shown to be better', async () => {
    const { update, run } = await look(await keptRun(), calm, { update: {} });
    expect(update).toMatchObject({ promoted: null, reason: expect.stringContaining('the run stays') });
    expect((await look(run, calm)).run).toBe(run);
  });

  test('waits until there is enough to fit on and to compare on', async () => {
    const { update } = await look(await keptRun(), file('few.csv', salesLines(KNOWN, KNOWN + 3)), { update: {} });
    expect(update).toMatchObject({ promoted: null, challenge: null, reason: expect.stringContaining('expected at least 4') });
  });
});

describe('watching a folder', () => {
  test('handles each content once, passes over bad files, and ends when told to', async () => {
    const run = await keptRun();
    const inbox = subfolder('inbox');
    copyFileSync(calm, join(inbox, '1.csv'));
    writeFileSync(join(inbox, '2.csv'), 'date,item\n2024-10-07,item-1\n');
    writeFileSync(join(inbox, 'notes.md'), 'not a table');
    const ending = new AbortController();
    const seen: string[] = [];
    const files = await watchFolder({
      run,
      folder: inbox,
      settle: 10,
      signal: ending.signal,
      clock: () => now,
      onFile: ({ file: name }) => {
        seen.push(name);
        if (name === '2.csv') copyFileSync(file('more.csv', salesLines(KNOWN + LIVE, KNOWN + LIVE + 2)), join(inbox, '3.csv'));
        if (name === '3.csv') ending.abort();
      },
    });
    expect(seen).toEqual(['1.csv', '2.csv', '3.csv']);
    expect(files.map(({ action, promoted }) => [action, promoted])).toEqual([
      ['nothing', null],
      [null, null],
      ['nothing', null],
    ]);
    expect(files[1].outcome).toMatch(/^refused: .*no column 'quantity'/);

    const again = new AbortController();
    copyFileSync(join(inbox, '1.csv'), join(inbox, '4.csv'));
    copyFileSync(file('last.csv', salesLines(KNOWN + LIVE + 2, KNOWN + LIVE + 3)), join(inbox, '5.csv'));
    const later = await watchFolder({
      run,
      folder: inbox,
      settle: 10,
      signal: again.signal,
      clock: () => now,
      onFile: () => again.abort(),
    });
    expect(later.map(({ file: name }) => name)).toEqual(['5.csv']);
  });
});

describe('the review of a recommendation', () => {
  test('is of held-out sales before any come in, and of those that came in afterwards', async () => {
    const run = await keptRun();
    const before = await review(run);
    expect(before.findings[0].text).toContain('none came in since');
    await look(run, moved);
    const after = await review(run);
    expect(after.findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['bias', 'drift', 'cost', 'try-action']));
    expect(after.groups.map(({ by }) => by)).toContain('volume');
    const page = writePage(after);
    expect(page).toContain('## Whom errors reach');
    expect(page).toContain('4 items have drifted');
  });
});
