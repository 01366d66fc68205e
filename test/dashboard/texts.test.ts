import { describe, expect, test } from 'vitest';
import { laboratorySource } from '../../dashboard/index.ts';
import { en } from '../../dashboard/web/texts/en.ts';
import { zh } from '../../dashboard/web/texts/zh.ts';
import { COST_PARTS } from '../../env/index.ts';

const HAN = /\p{Script=Han}/u;
/** Names that are the same everywhere. */
const NAMES = ['Replenish', '–'];

/** Every text of a language; those that are made of numbers and names, made of some. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value('4', '3', '2', '1'))];
  return Object.values(value ?? {}).flatMap(textsOf);
}

describe('the page in Chinese', () => {
  test('leaves no text in English', () => {
    const texts = textsOf(zh);
    expect(texts.length).toBeGreaterThan(200);
    expect(texts.filter((text) => !HAN.test(text) && /[a-z]/i.test(text) && !NAMES.includes(text))).toEqual([]);
    for (const key of Object.keys(en)) expect(Object.keys(zh)).toContain(key);
  });

  test('calls every scenario and policy that is offered by a name of its own language', async () => {
    const source = await laboratorySource();
    const scenarios = (await source.scenarios()).map(({ id }) => id.replace(/-held-out$/, ''));
    expect(scenarios.filter((id) => !HAN.test(zh.titles[id] ?? ''))).toEqual([]);
    const families = (await source.policies()).filter(({ spec }) => !spec.startsWith('run:')).map(({ title }) => title.split(':')[0]);
    // (s, S) and its like are written alike in every language.
    expect(families.filter((family) => !/^\(.*\)$/.test(family) && !HAN.test(zh.policyNames[family] ?? ''))).toEqual([]);
  });

  test.each([
    ['English', en],
    ['Chinese', zh],
  ])('and in English has a name for every part of the cost: %s', (_, { common }) => {
    expect(Object.keys(common.parts).sort()).toEqual([...COST_PARTS].sort());
  });
});
