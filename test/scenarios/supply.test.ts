import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Simulator } from '../../env/index.ts';
import { checkScenarioFile, loadScenario } from '../../scenarios/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'replenish-supply-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, { shop = '', link = 'leadTime: 1', items = '' }: { shop?: string; link?: string; items?: string }): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    `id: corner
title: A corner shop
items: { milk: { ${items} } }
locations:
  shop: { holdingCost: 1, shortage: { kind: lost, cost: 4 }, ${shop} }
links:
  - { from: supplier, to: shop, ${link} }
demand:
  - { location: shop, distribution: poisson, mean: 5 }
`,
  );
  return path;
}

describe('a scenario file', () => {
  test('says all that supply and stock can have, and the simulator takes it', async () => {
    const { scenario } = await loadScenario(
      file('rich', {
        items: 'life: 3, volume: 2',
        shop: 'issuing: lifo, allocation: fair-share, disposalCost: 7, capacity: 40, overflowCost: 2, salvageValue: { milk: 0.5 }',
        link: `id: dairy, leadTime: { distribution: uniform, low: 1, high: 3 }, unitCost: [{ from: 0, cost: 2 }, { from: 50, cost: 1.5 }], minimumOrder: 2,
      batch: 4, capacity: 100, yield: 0.9, lostOrders: 0.1, disruptions: { kind: markov, fail: 0.1, recover: 0.5 }`,
      }),
    );
    const { network } = new Simulator({ scenario, lanes: 1 });
    const [arc] = network.arcs;
    const [node] = network.nodes;
    expect([arc.id, arc.minLeadTime, arc.maxLeadTime, arc.batch[0], arc.capacity[0], arc.minimumOrder[0]]).toEqual([
      'dairy',
      1,
      3,
      4,
      100,
      2,
    ]);
    expect([arc.unitCost[0], arc.priceBreaks?.from[0][0], arc.priceBreaks?.cost[0][0]]).toEqual([2, 50, 1.5]);
    expect([arc.yield?.kind, arc.yield?.mean[0], arc.lostOrders?.[0], arc.disruptions?.kind]).toEqual(['binomial', 0.9, 0.1, 'markov']);
    expect([node.life?.[0], node.issuing, node.allocation, node.disposalCost[0], node.salvageValue[0]]).toEqual([
      3,
      'lifo',
      'fair-share',
      7,
      0.5,
    ]);
    expect([network.places[0].capacity[0], network.places[0].overflowCost[0], network.places[0].volumes[0][0]]).toEqual([40, 2, 2]);
  });

  test.each([
    ['leadTime: { distribution: empirical, values: [1, 4], probabilities: [0.25, 0.75], crossing: true }', [1, 4], [0.25, 0.75]],
    ['leadTime: { distribution: binomial, trials: 2, probability: 0.5, plus: 1 }', [1, 2, 3], [0.25, 0.5, 0.25]],
    ['leadTime: { distribution: uniform, low: 2, high: 3 }', [2, 3], [0.5, 0.5]],
  ])('draws lead times: %s', async (link, values, probabilities) => {
    const { scenario } = await loadScenario(file('lead', { link }));
    const { leadTime } = scenario.links[0];
    expect(leadTime).toMatchObject({ values, probabilities: probabilities.map((p) => expect.closeTo(p, 9)) });
  });

  test.each([
    ['an unknown yield', 'leadTime: 1, yield: { kind: some, mean: 1 }', /yield/],
    ['a lead time of 2.5', 'leadTime: 2.5', /leadTime/],
    ['a first price break above 0', 'leadTime: 1, unitCost: [{ from: 5, cost: 1 }]', /unitCost.*expected a first break from 0/],
    ['a probability above 1', 'leadTime: 1, lostOrders: 1.5', /lostOrders.*1\.5/],
  ])('is refused with the path of the field: %s', async (_name, link, message) => {
    const { ok, errors } = await checkScenarioFile(file('bad', { link }));
    expect(ok).toBe(false);
    expect(errors.map(({ path, message: words }) => `${path}: ${words}`).join('\n')).toMatch(message);
  });
});
