import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocument, report, train } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

/** A title that must stay text wherever it stands. */
const TITLE = `Cheap & "cheerful" <script>alert(1)</script> | *shop*`;
const shop = `id: shop
title: ${JSON.stringify(TITLE)}
locations: { shop: { holdingCost: 1, shortage: { kind: lost, cost: 4 } } }
links: [{ from: supplier, to: shop, leadTime: 2 }]
demand: [{ location: shop, distribution: poisson, mean: 5 }]
baselines: [base-stock, constant]
`;
const size = { lanes: 16, periods: 100 };

let folder = '';
let run = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replenish-report-'));
  const file = join(folder, 'shop.yaml');
  writeFileSync(file, shop);
  const loaded = await loadScenario(file, { set: ['locations.shop.holdingCost=2'] });
  const settings = { hidden: [8, 8] };
  ({ run } = await train({ loaded, agent: 'ppo', steps: 4096, lanes: 16, seed: 3, curvePoints: 2, evaluation: size, settings }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(inFolder(name), 'utf8');

interface Measured {
  readonly results: readonly {
    readonly costPerPeriod: number;
    readonly fillRate: number;
    readonly costs: Readonly<Record<string, number>>;
  }[];
}

describe('an HTML report', () => {
  let text = '';
  beforeAll(async () => {
    const written = await report({ runs: [run], file: inFolder('report.html') });
    expect(written).toMatchObject({ format: 'html', runs: [run], omitted: [] });
    text = read('report.html');
  });
  const page = () => parseHTML(text).document;

  test('holds the numbers of evaluation.json, whole', async () => {
    const { results } = (await readDocument(run, 'evaluation')) as Measured;
    const numbers = [...page().querySelectorAll('data')].map((data) => Number(data.getAttribute('value')));
    const { costPerPeriod, fillRate, costs } = results[0];
    for (const value of [costPerPeriod, fillRate, costs.holding, costs.shortage]) expect(numbers).toContain(value);
  });

  test('shows the run beside the baselines and the optimum, with the differences on the same demand', () => {
    const captions = [...page().querySelectorAll('caption')].map(({ textContent }) => textContent);
    expect(captions).toEqual(
      expect.arrayContaining([
        expect.stringContaining('the optimum costs'),
        expect.stringContaining('What each costs more than ppo, seed 3'),
        'Parts of the cost per period',
        'Every knob of the agents, as used',
      ]),
    );
    const policies = [...page().querySelectorAll('tbody th')].map(({ textContent }) => textContent);
    expect(policies).toEqual(expect.arrayContaining(['base-stock', 'constant', 'optimal']));
  });

  test('loads nothing: no script, no address, and a policy that forbids it', () => {
    expect(page().querySelectorAll('script, link, img, iframe, object, embed')).toHaveLength(0);
    expect(text.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|@import|\ssrc=/);
    expect(page().querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')).toMatch(/^default-src 'none'/);
  });

  test('can be read without seeing: charts are told in words, tables have captions and heads, places exist once', () => {
    const charts = [...page().querySelectorAll('svg')];
    expect(charts.length).toBeGreaterThanOrEqual(4);
    for (const chart of charts) {
      expect(chart.getAttribute('role')).toBe('img');
      const words = (chart.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id: string) => page().getElementById(id)?.textContent ?? '');
      expect(words.every((one: string) => one.length > 10)).toBe(true);
    }
    for (const table of page().querySelectorAll('table')) {
      expect(table.querySelector('caption')?.textContent).not.toBe('');
      expect(table.querySelectorAll('thead th[scope=col]').length).toBe(table.querySelector('tbody tr')?.children.length);
    }
    const ids = [...page().querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of page().querySelectorAll('nav a')) expect(ids).toContain(link.getAttribute('href')?.slice(1));
  });

  test('keeps what somebody wrote as text', () => {
    expect(page().querySelector('h1')?.textContent).toBe(TITLE);
    expect(text).not.toContain('<script');
  });

  test('says with which commands to repeat it, knobs, settings and what the scenario decided included', () => {
    const commands = [...page().querySelectorAll('pre')].map(({ textContent }) => textContent).join('\n');
    const scenario = inFolder('shop.yaml');
    expect(commands).toContain(
      `npx replenish train ${scenario} --agent ppo --seed 3 --steps 4096 --lanes 16 --curve-points 2 --set locations.shop.holdingCost=2 --set agent.restart=0 --set 'agent.hidden=[8,8]' --set agent.discount=0.99`,
    );
    expect(commands).toContain(`npx replenish evaluate ${scenario} --policy run:${run} --seed 3 --lanes 16 --periods 100`);
    expect(commands).toContain(`npx replenish report ${run} --out ${inFolder('report.html')}`);
  });

  test('is the same, byte by byte, when it is written again', async () => {
    await report({ runs: [run], file: inFolder('report.html') });
    expect(read('report.html')).toBe(text);
  });
});

test('Markdown has the same sections, tables of one width each, and its charts as files beside it', async () => {
  const { files, sections } = await report({ runs: [run], file: inFolder('report.md'), compared: false });
  const text = read('report.md');
  expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(sections);
  const charts = [...text.matchAll(/!\[.*\]\((.*)\)$/gm)].map(([, place]) => join(folder, place));
  expect(charts.length).toBeGreaterThanOrEqual(3);
  expect(files).toEqual([inFolder('report.md'), ...charts]);
  for (const chart of charts) expect(readFileSync(chart, 'utf8')).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg".*<\/svg>\n$/s);
  for (const block of text.split('\n\n').filter((one) => one.includes('\n| '))) {
    const widths = block
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.match(/(?<!\\)\|/g)?.length);
    expect(new Set(widths).size).toBe(1);
  }
  expect(text).toMatch(/^# Cheap &amp; "cheerful" &lt;script>.* \\\| \\\*shop\\\*$/m);
});

describe('what cannot be reported', () => {
  test('a run that there is not, one given twice, and a place that cannot be written to are refused before anything is worked out', async () => {
    const file = inFolder('none.html');
    await expect(report({ runs: ['none'], file })).rejects.toThrow(/run "none": not in .*expected one of/);
    await expect(report({ runs: [run, run], file })).rejects.toThrow(/is given twice/);
    await expect(report({ runs: [run], file: join(folder, 'nowhere', 'r.html') })).rejects.toThrow(
      /nowhere.*cannot be written.*expected a path/,
    );
    expect(readdirSync(folder)).not.toContain('none.html');
  });

  test('a report that is broken off leaves no file, not even half of one', async () => {
    const stop = new AbortController();
    const going = report({ runs: [run], file: inFolder('broken.html'), signal: stop.signal, onProgress: () => stop.abort() });
    await expect(going).rejects.toThrow(/abort/i);
    expect(readdirSync(folder).filter((name) => name.includes('broken'))).toEqual([]);
  });

  test('a scenario that is gone is told of; what the run kept is reported all the same', async () => {
    const lost = mkdtempSync(join(tmpdir(), 'replenish-gone-'));
    const scenario = join(lost, 'gone.yaml');
    writeFileSync(scenario, shop);
    const { run: gone } = await train({ loaded: await loadScenario(scenario), agent: 'ppo', steps: 512, lanes: 16, evaluation: size });
    rmSync(dirname(scenario), { recursive: true });
    const { omitted } = await report({ runs: [gone], file: inFolder('gone.html') });
    expect(omitted).toEqual([expect.stringContaining('gone.yaml')]);
    const { results } = (await readDocument(gone, 'evaluation')) as Measured;
    expect(read('gone.html')).toContain(`<data value="${results[0].costPerPeriod}">`);
  });
});
