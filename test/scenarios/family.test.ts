import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../env/index.ts';
import { openFamily } from '../../scenarios/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'replenish-family-'));

function familyFile(family: string): string {
  const file = join(folder, `${Math.abs(hash(family))}.yaml`);
  writeFileSync(
    file,
    `id: tiny
title: Tiny
locations: { store: { holdingCost: 1, shortage: { kind: lost, cost: 9 } } }
links: [{ from: supplier, to: store, leadTime: 1 }]
demand: [{ location: store, distribution: poisson, mean: 5 }]
knobs:
  leadTime: { path: links.supplier>store.leadTime, help: periods }
  mean: { path: demand.0.mean, help: units }
${family}
`,
  );
  return file;
}

function hash(text: string): number {
  return Array.from(text).reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) | 0, 7);
}

const at = { seed: 3, purpose: 'item' };

describe('a family of scenarios', () => {
  test('an item is the same whenever it is drawn, and another under another number, seed or purpose', async () => {
    const family = await openFamily('lost-sales');
    const { values, scenario } = family.draw(7, at);
    family.draw(8, at);
    expect(family.draw(7, at)).toEqual({ values, scenario });
    expect((await openFamily('lost-sales')).draw(7, at).values).toEqual(values);
    for (const other of [family.draw(8, at), family.draw(7, { ...at, seed: 4 }), family.draw(7, { ...at, purpose: 'searched item' })])
      expect(other.values).not.toEqual(values);
  });

  test('values keep to their ranges and reach the scenario', async () => {
    const family = await openFamily(familyFile('family: { leadTime: { integer: [2, 4] }, mean: { logUniform: [1, 8] } }'));
    const drawn = Array.from({ length: 60 }, (_, k) => family.draw(k, at));
    expect(new Set(drawn.map(({ values }) => values.leadTime))).toEqual(new Set([2, 3, 4]));
    for (const { values, scenario } of drawn) {
      expect(Number(values.mean)).toBeGreaterThanOrEqual(1);
      expect(Number(values.mean)).toBeLessThanOrEqual(8);
      expect(scenario.links[0].leadTime).toBe(values.leadTime);
      expect(scenario.demand[0].process).toEqual({ kind: 'stationary', distribution: { name: 'poisson', mean: values.mean } });
    }
    const below = drawn.filter(({ values }) => Number(values.mean) < Math.sqrt(8)).length;
    expect(Math.abs(below - 30)).toBeLessThan(12);
  });

  test('choices come as often as their weights say, and what is not kept is drawn again', async () => {
    const choice = 'mean: { choice: [1, 2, 3], weights: [3, 1, 0] }';
    const family = await openFamily(familyFile(`family: { ${choice} }`));
    const means = Array.from({ length: 80 }, (_, k) => family.draw(k, at).values.mean);
    expect(means.filter((mean) => mean === 1).length).toBeGreaterThan(45);
    expect(means).not.toContain(3);
    const kept = await openFamily(familyFile(`family: { ${choice} }\nfamilyKeeps: mean > 1`));
    expect(kept.draw(0, at).values.mean).toBe(2);
  });

  const bad: readonly [string, string, RegExp][] = [
    ['no family', '', /family: not given; expected knobs with distributions/],
    ['a knob that there is not', 'family: { price: { uniform: [1, 2] } }', /family\.price: no such knob; expected one of leadTime, mean/],
    ['ends the wrong way round', 'family: { mean: { uniform: [2, 1] } }', /family\.mean.*the smaller end first/],
    ['a logarithm of 0', 'family: { mean: { logUniform: [0, 1] } }', /family\.mean.*expected ends above 0/],
    ['a distribution that there is not', 'family: { mean: { normal: [0, 1] } }', /family\.mean/],
    [
      'weights that are too few',
      'family: { mean: { choice: [1, 2], weights: [1] } }',
      /family\.mean\.weights: \[1\]; expected 2 weights, not all 0/,
    ],
  ];

  test.each(bad)('%s is refused in one line', async (_what, text, message) => {
    await expect(openFamily(familyFile(text))).rejects.toThrow(message);
    await expect(openFamily(familyFile(text))).rejects.toThrow(UserError);
  });

  test('a condition that nothing fulfils ends with a line, a negative mean too', async () => {
    const never = await openFamily(familyFile('family: { mean: { uniform: [1, 2] } }\nfamilyKeeps: mean > 5'));
    expect(() => never.draw(0, at)).toThrow('familyKeeps: mean > 5; expected a condition that some items fulfil');
    const negative = await openFamily(familyFile('family: { mean: { uniform: [-2, -1] } }'));
    expect(() => negative.draw(0, at)).toThrow(/demand\.0\.mean: -1\.\d+: expected a number of at least 0|demand\.0\.mean/);
  });
});
