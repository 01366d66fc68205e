import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium } from '../../scripts/chromium.ts';
import { replenish, replenishJson } from './replenish.ts';

const chromium = findChromium();
if (chromium === undefined)
  console.warn(
    'The report is not tried in a browser: there is no Chromium. Install it (apt-get install chromium) or name one in CHROMIUM.',
  );

let folder = '';
let run = '';
let file = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replenish-report-'));
  file = join(folder, 'report.html');
  const trained = await replenishJson(['train', 'lost-sales', '--steps', '2000', '--lanes', '16', '--set', 'leadTime=1']);
  ({ run } = trained as { run: string });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('report writes one file and says so in one JSON object', async () => {
  const written = await replenishJson(['report', run, '--out', file, '--lanes', '16', '--periods', '200']);
  expect(written).toEqual({
    file,
    format: 'html',
    runs: [run],
    files: [file],
    sections: expect.arrayContaining(['At a glance', 'What they cost', 'How they learnt', 'What they order', 'How to repeat it']),
    omitted: [],
  });
});

test.each([
  ['no file', [], ['no file given', '--out report.html']],
  ['a format that there is not', ['--out', 'r.html', '--format', 'pdf'], ['format', 'pdf', 'html']],
  ['a name that says no format', ['--out', 'r.pdf'], ['--out r.pdf', 'ends with .html or .md', '--format html']],
  ['a folder that there is not', ['--out', 'no/such/folder/r.html'], ['no/such/folder/r.html', 'folder that exists']],
])('%s ends with exit code 2 and one line', async (_, args, named) => {
  const { code, stdout, stderr } = await replenish(['report', run, ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  for (const word of named) expect(stderr).toContain(word);
});

describe.skipIf(chromium === undefined)('the report in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());

  test.each(['light', 'dark'] as const)(
    'opens without a network in %s, asks for nothing, and has nothing to complain of',
    async (colorScheme) => {
      const context = await browser.newContext({ offline: true, colorScheme, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      const faults: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      expect(await page.locator('figure svg').count()).toBeGreaterThanOrEqual(4);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect({ faults, requests }).toEqual({ faults: [], requests: [pathToFileURL(file).href] });
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.slice(0, 5)).toBe('%PDF-');
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
      await context.close();
    },
  );

  test('no chart is wider than a phone, and no text runs out of its chart on paper', async () => {
    const context = await browser.newContext({ offline: true, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.setViewportSize({ width: 680, height: 900 });
    await page.emulateMedia({ media: 'print' });
    const outside = await page.evaluate(`[...document.querySelectorAll('svg')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.width > 0 && (box.left < frame.left - 2 || box.right > frame.right + 2);
      }).map((text) => text.textContent);
    })`);
    expect(outside).toEqual([]);
    await context.close();
  });
});
