import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** One element that had the focus. */
interface Stop {
  /** Its place among all elements of the page. */
  readonly at: number;
  readonly name: string;
  readonly outlined: boolean;
  readonly inSight: boolean;
  readonly region: string;
}

const HELPERS = `
  const nameOf = (e) => (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent ?? '').trim();
  const placeOf = (e) => [...document.querySelectorAll('*')].indexOf(e);
`;
/** The next Tab begins at the head of the page, wherever was clicked before. */
const FROM_THE_TOP = `document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); scrollTo(0, 0)`;
const FOCUSED = `(() => {
  ${HELPERS}
  const e = document.activeElement;
  if (e === null || e === document.body) return null;
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return {
    at: placeOf(e),
    name: nameOf(e),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
    inSight: box.bottom > 0 && box.top < innerHeight && box.width + box.height > 0,
    region: e.closest('header.top') ? 'top' : e.closest('.setup') ? 'setup' : 'content',
  };
})()`;
const TABBABLE = `(() => {
  ${HELPERS}
  const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]');
  return [...all].filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ contentVisibilityAuto: true })).map((e) => placeOf(e) + ' ' + nameOf(e));
})()`;

/** More stops than any view has. */
const MOST = 200;

/** Walks a view by the Tab key alone: everything that can be used is reached once, top to bottom, is called something, and is seen to have the focus. */
export async function expectWalkable(page: Page): Promise<void> {
  await page.evaluate(FROM_THE_TOP);
  const wanted = (await page.evaluate(TABBABLE)) as readonly string[];
  const stops: Stop[] = [];
  while (stops.length < MOST) {
    await page.keyboard.press('Tab');
    const stop = (await page.evaluate(FOCUSED)) as Stop | null;
    if (stop === null || stop.at === stops[0]?.at) break;
    stops.push(stop);
  }
  const reached = stops.map(({ at, name }) => `${at} ${name}`);
  expect(wanted.filter((one) => !reached.includes(one))).toEqual([]);
  expect(stops.map(({ at }) => at)).toEqual(stops.map(({ at }) => at).sort((a, b) => a - b));
  expect(stops.filter(({ name }) => name === '')).toEqual([]);
  expect(stops.filter(({ outlined, inSight }) => !outlined || !inSight)).toEqual([]);
  const regions = stops.map(({ region }) => region);
  expect(regions.filter((region, k) => region !== regions[k - 1])).toEqual([...new Set(regions)]);
}
