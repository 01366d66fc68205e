import type { Page } from 'playwright-core';
import { type ServerMessage, serverMessage } from '../dashboard/index.ts';

/** A view of the page, or one of its states, as a picture is taken of it. */
export interface PageView {
  /** What follows the address. */
  readonly hash: string;
  /** What the server says as the page hears it; null: it never hears it. Left out: as it is said. */
  readonly hears?: (message: ServerMessage) => object | null;
  /** Is the connection to be lost once `act` is done? */
  readonly lost?: boolean;
  /** What is done before the picture is taken. */
  readonly act: (page: Page) => Promise<void>;
}

const VIEWS: Readonly<Record<string, PageView>> = {
  watch: { hash: '', act: playSome },
  four: { hash: '#scenario=lost-sales&policy=base-stock&policy=s-S&policy=capped-base-stock&policy=optimal&periods=104', act: playSome },
  network: { hash: '#scenario=beer-game&policy=echelon-base-stock&periods=60', act: askWhy },
  wide: { hash: '#scenario=one-warehouse&policy=base-stock:S=30&policy=echelon-base-stock&periods=60', act: askWhy },
  why: { hash: '#scenario=lost-sales&policy=s-S&policy=optimal&policy=myopic&periods=60', act: askWhy },
  retail: { hash: '#scenario=retail&policy=forecast&policy=base-stock&periods=40', act: searchItem },
  'any-item': { hash: '#scenario=lost-sales&policy=capped-base-stock&policy=universal&periods=60', act: openAnyItem },
  play: { hash: '#view=play', act: playThree },
  debrief: { hash: '#view=play', act: playFour },
  seats: { hash: '#view=play', act: sitDown },
  train: { hash: '#view=train', act: followFirst },
  compare: { hash: '#view=compare', act: (page) => page.locator('.evaluations, .empty:not(.waiting)').first().waitFor() },
};

const STATES: Readonly<Record<string, PageView>> = {
  loading: { hash: '', hears: () => null, act: seen('#content') },
  foreign: { hash: '', hears: (message) => ({ ...message, type: 'greeting' }), act: seen('.notice') },
  nothing: {
    hash: '',
    hears: (message) => (message.type === 'hello' ? { ...message, scenarios: [] } : message),
    act: seen('.empty:not(.waiting)'),
  },
  opening: {
    hash: '#scenario=lost-sales&policy=s-S',
    hears: (message) => (message.type === 'watching' ? null : message),
    act: seen('.heading.waiting'),
  },
  refused: { hash: '#scenario=nowhere', act: seen('.notice') },
  lost: { hash: '#scenario=lost-sales&policy=s-S:s=20,S=26&policy=base-stock:S=25&periods=60', act: playSome, lost: true },
  unplayed: { hash: '#scenario=lost-sales&policy=s-S:s=20,S=26&policy=base-stock:S=25&periods=60&seed=3', act: seen('.so-far') },
  'play-empty': { hash: '#view=play', act: seen('.empty') },
  'train-empty': {
    hash: '#view=train',
    hears: (message) => (message.type === 'hello' ? { ...message, runs: [] } : message),
    act: seen('.empty'),
  },
  'train-loading': { hash: '#view=train', hears: (message) => (message.type === 'training' ? null : message), act: followFirst },
  'train-first': {
    hash: '#view=train',
    hears: (message) =>
      message.type === 'training' ? { ...message, state: 'training', curve: [], points: message.points.slice(0, 3), steps: 4096 } : message,
    act: followFirst,
  },
  'train-failed': {
    hash: '#view=train',
    hears: (message) =>
      message.type === 'training' ? { ...message, state: 'failed', message: 'a process of the dashboard ended' } : message,
    act: followFirst,
  },
  'compare-empty': {
    hash: '#view=compare',
    hears: (message) => (message.type === 'evaluations' ? { ...message, evaluations: [] } : message),
    act: seen('.empty:not(.waiting)'),
  },
  'compare-loading': {
    hash: '#view=compare',
    hears: (message) => (message.type === 'evaluations' ? null : message),
    act: seen('.empty.waiting'),
  },
};

export const PAGE_VIEWS: Readonly<Record<string, PageView>> = { ...VIEWS, ...STATES };

/** Opens the page as a view asks for it. */
export async function openView(
  page: Page,
  url: string,
  { hash, hears = (message) => message, lost = false, act }: PageView,
): Promise<void> {
  let cut = false;
  const cuts: (() => Promise<void>)[] = [];
  await page.routeWebSocket(/\/ws/, (socket) => {
    if (cut) return void socket.close();
    cuts.push(() => socket.close());
    socket.connectToServer().onMessage((data) => {
      const heard = hears(serverMessage.parse(JSON.parse(String(data))));
      if (heard !== null) socket.send(JSON.stringify(heard));
    });
  });
  await page.goto(url + hash);
  await act(page);
  if (!lost) return;
  cut = true;
  for (const close of cuts) await close();
  await page.locator('.link.lost').waitFor();
}

function seen(selector: string): (page: Page) => Promise<void> {
  return (page) => page.locator(selector).first().waitFor();
}

async function playSome(page: Page): Promise<void> {
  await page.locator('.so-far').waitFor();
  await page.keyboard.press('e');
  await page.locator('.long-run[aria-busy=false]').waitFor();
}

async function askWhy(page: Page): Promise<void> {
  await page.locator('.so-far').waitFor();
  for (let period = 1; period <= 12; period++) {
    await page.keyboard.press('ArrowRight');
    await page.locator(`.transport progress[value="${period}"]`).waitFor({ state: 'attached' });
  }
  await page.keyboard.press('Enter');
  await page.locator('[data-reason=ordered]').first().waitFor();
  await page.locator('.long-run[aria-busy=false]').waitFor();
}

async function searchItem(page: Page): Promise<void> {
  await playSome(page);
  await unfold(page);
  await page.locator('#item').fill('set');
}

async function openAnyItem(page: Page): Promise<void> {
  await playSome(page);
  await page.locator('.any-item > summary').click();
  await page.locator('.any-item section[aria-busy=false]').waitFor();
}

/** Three periods are ordered for, and a hint asked for. */
async function playThree(page: Page): Promise<void> {
  await page.locator('.game-form button[type=submit]').click();
  for (let period = 0; period < 3; period++) await order(page, period);
  await page.locator('.order button[type=button]').click();
  await page.locator('.hints').waitFor();
}

/** To the end, where the debrief is. */
async function playFour(page: Page): Promise<void> {
  await page.locator('#game-periods').fill('14');
  await page.locator('.game-form button[type=submit]').click();
  for (let period = 0; period < 14; period++) await order(page, period, period % 5 === 0 ? 19 : 2);
  await page.locator('.sides').waitFor();
}

/** Two people at the beer game. */
async function sitDown(page: Page): Promise<void> {
  await page.locator('#game-scenario').selectOption('beer-game');
  await page.locator('.seat-choice select').first().selectOption('human');
  await page.locator('.game-form button[type=submit]').click();
  await page.locator('.seats').waitFor();
}

async function order(page: Page, period: number, quantity = 6): Promise<void> {
  await page.locator(`.order[data-period="${period + 1}"] input`).fill(String(quantity));
  await page.keyboard.press('Enter');
}

async function followFirst(page: Page): Promise<void> {
  await page.locator('.run').first().click();
  await page.locator('.training, .empty.waiting').first().waitFor();
}

/** On a narrow page the choices are folded away. */
async function unfold(page: Page): Promise<void> {
  const summary = page.locator('.setup:not([open]) > summary');
  if ((await summary.count()) > 0) await summary.click();
}
