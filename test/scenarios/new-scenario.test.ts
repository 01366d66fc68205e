import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUESTION_OPTIONS } from '../../cli/commands/scenarios/question-options.ts';
import { Simulator, UserError } from '../../env/index.ts';
import { type Answers, checkScenarioFile, loadScenario, newScenario, QUESTIONS, readAnswer } from '../../scenarios/index.ts';
import { replenish, replenishJson } from '../cli/replenish.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replenish-new-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DEFAULTS = Object.fromEntries(QUESTIONS.map(({ name, default: preset }) => [name, preset])) as Answers;

const anyAnswers: fc.Arbitrary<Answers> = fc
  .record({
    title: fc.string({ minLength: 1 }),
    mean: fc.integer({ min: 1, max: 40 }),
    sd: fc.constantFrom(null, 3),
    'lead-time': fc.integer({ min: 0, max: 6 }),
    shortage: fc.constantFrom('lost', 'backlog'),
    'fixed-cost': fc.constantFrom(0, 25),
    life: fc.constantFrom(null, 1, 4),
    shops: fc.integer({ min: 1, max: 4 }),
    season: fc.constantFrom(null, 7, 12),
    event: fc.constantFrom(null, 'Fair: "everything" must go # now'),
  })
  .map((some) => ({ ...DEFAULTS, ...some }));

describe('a new scenario', () => {
  test('is one that check accepts and that runs, whatever the answers', async () => {
    const file = join(folder, 'any.yaml');
    await fc.assert(
      fc.asyncProperty(anyAnswers, async (answers) => {
        writeFileSync(file, newScenario(answers, folder).yaml);
        expect(await checkScenarioFile(file)).toEqual({ ok: true, errors: [] });
        const { scenario, document } = await loadScenario(file);
        expect(document.title).toBe(answers.title);
        const simulator = new Simulator({ scenario, lanes: 2 });
        simulator.step(new Float64Array(simulator.network.arcs.length * 2).fill(3));
        expect(simulator.cost.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  test('tells editors in its first line where its schema is', () => {
    const [first] = newScenario(DEFAULTS, folder).yaml.split('\n');
    const path = /^# yaml-language-server: \$schema=(.+)$/.exec(first)?.[1] ?? '';
    expect(JSON.parse(readFileSync(resolve(folder, path), 'utf8'))).toMatchObject({ title: 'Replenish scenario' });
  });

  test.each([
    ['id', 'My Shop', /--id My Shop: expected lower-case letters, digits and hyphens/],
    ['mean', '0', /--mean 0: expected a number above 0/],
    ['mean', 'ten', /--mean ten: expected a number above 0; for example --mean 5/],
    ['lead-time', '1.5', /--lead-time 1\.5: expected a whole number of 0 or more/],
    ['shortage', 'waits', /--shortage waits: expected one of lost, backlog/],
    ['shops', '1e9', /--shops 1e9: expected a whole number of 1 or more, at most 50/],
    ['amplitude', '2', /expected a number of 0 or more, at most 1/],
  ])('refuses --%s %s', (name, text, message) => {
    const question = QUESTIONS.find((one) => one.name === name);
    const read = () => question && readAnswer(question, text);
    expect(read).toThrow(UserError);
    expect(read).toThrow(message);
  });
});

describe('scenarios new', () => {
  test('has an option for every question, in the same words', () => {
    const asked = QUESTIONS.map(({ name, ask }) => [name, ask]);
    expect(Object.entries(QUESTION_OPTIONS).map(([name, { describe: words }]) => [name, words])).toEqual(asked);
  });

  test('writes a file that check accepts and compare runs', async () => {
    const file = join(folder, 'corner.yaml');
    const made = await replenishJson([
      'scenarios',
      'new',
      '--id',
      'corner',
      '--mean',
      '8',
      '--lead-time',
      '1',
      '--event',
      'Fair on the square',
      '--out',
      file,
    ]);
    expect(made).toMatchObject({ file, scenario: { id: 'corner', demand: [{ kind: 'events', mean: 8 }] } });
    expect(await replenishJson(['scenarios', 'check', file])).toEqual({ ok: true, errors: [] });
    const compared = await replenishJson(['compare', file, '--lanes', '16', '--periods', '50']);
    expect(compared).toMatchObject({ scenario: 'corner', results: [{ policy: 'base-stock' }, { policy: 's-S' }, { policy: 'forecast' }] });
  }, 60_000);

  test('writes over nothing, and leaves nothing half done', async () => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, 'mine');
    const before = readdirSync(folder);
    const { code, stderr, stdout } = await replenish(['scenarios', 'new', '--out', file]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/mine\.yaml: this file is there already; expected a new one/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const refused = await replenish(['scenarios', 'new', '--mean', '-3', '--out', join(folder, 'other.yaml')]);
    expect(refused.code).toBe(2);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, 'other.yaml'))).toBe(false);
    expect(readdirSync(folder)).toEqual(before);
    const lost = await replenish(['scenarios', 'new', '--out', join(folder, 'no-such', 'x.yaml')]);
    expect(lost.stderr).toContain(`there is no folder ${dirname(join(folder, 'no-such', 'x.yaml'))}`);
  }, 60_000);

  test('scenarios schema prints the schema that ships', async () => {
    const shipped = JSON.parse(readFileSync(new URL('../../scenarios/scenario.schema.json', import.meta.url), 'utf8'));
    expect(await replenishJson(['scenarios', 'schema'])).toEqual(shipped);
  }, 30_000);
});
