import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { buildPage } from '../../scripts/build-page.js';
import { findChromium, launchChromium } from '../../scripts/chromium.ts';
import { pageIsStale } from '../../scripts/compile.js';

/** Path of the browser in which pages are tried; undefined: they are not, and it is said. */
export const chromium = findChromium();
if (chromium === undefined)
  console.warn('The page is not tried in a browser: there is no Chromium. Install it (apt-get install chromium) or name one in CHROMIUM.');

interface ChromiumPages {
  /** Opens a page; all pages of a test belong to one visitor, unless `newVisitor` was called between them. */
  visit(address: string): Promise<Page>;
  /** The next pages belong to somebody else, with a browser of another kind where options are given. */
  newVisitor(options?: BrowserContextOptions): Promise<void>;
  /** Faults so far that say this were to be expected. */
  forgive(words: string): void;
}

/** Pages of the tests of one block, closed after each of them. Console errors and warnings, failed requests and requests to anywhere else are faults. */
export function chromiumPages(): ChromiumPages {
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  let faults: string[] = [];

  beforeAll(async () => {
    if (pageIsStale()) await buildPage();
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of contexts) await context.close();
    const found = faults;
    contexts = [];
    faults = [];
    expect(found).toEqual([]);
  });

  const newVisitor = async (options: BrowserContextOptions = {}) => {
    contexts.push(await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options }));
  };
  const visit = async (address: string) => {
    if (contexts.length === 0) await newVisitor();
    const page = await contexts[contexts.length - 1].newPage();
    const home = new URL(address).origin;
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
    page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
    page.on(
      'request',
      (request) => new URL(request.url()).origin === home || isOwn(request.url()) || faults.push(`left: ${request.url()}`),
    );
    await page.goto(address);
    return page;
  };
  const forgive = (words: string) => {
    faults = faults.filter((fault) => !fault.includes(words));
  };
  return { visit, newVisitor, forgive };
}

/** Made by the page itself. */
function isOwn(url: string): boolean {
  return url.startsWith('data:') || url.startsWith('blob:');
}
