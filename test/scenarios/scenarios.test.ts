import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileNetwork, typicalDemand, UserError } from '../../env/index.ts';
import { checkScenarioFile, listScenarios, loadScenario, readScenarioDocument } from '../../scenarios/index.ts';

async function file(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'scenario-')), 'own.yaml');
  await writeFile(path, text);
  return path;
}

const OWN = `
id: corner-shop
title: A corner shop
locations:
  shop: { holdingCost: 1, shortage: { kind: partial, cost: 4, backlogged: 0.6 }, initialStock: { periodsOfDemand: 2 } }
links:
  - { from: supplier, to: shop, leadTime: 2, fixedCost: 5 }
demand:
  - { location: shop, distribution: negative-binomial, mean: 5, variance: 20 }
`;

describe('a scenario', () => {
  it('is listed with what computes its optimum', async () => {
    const listed = await listScenarios();
    expect(listed.find(({ id }) => id === 'lost-sales')?.optimum).toBe('value-iteration');
    expect(listed.find(({ id }) => id === 'retail')?.optimum).toBeNull();
    for (const { id } of listed) expect((await readScenarioDocument(id)).id).toBe(id);
  });

  it('can be read from a file, with defaults where it says nothing', async () => {
    const { scenario, agentInterface } = await loadScenario(await file(OWN));
    const network = compileNetwork(scenario, 1);
    expect(network.nodes[0].initialStock[0]).toBe(10);
    expect(network.nodes[0].backlogged[0]).toBe(0.6);
    expect(network.arcs[0].fixedCost[0]).toBe(5);
    expect(scenario.warmUp).toBe(100);
    expect(agentInterface.actions.kind).toBe('order-up-to');
  });

  it('can be changed by its knobs and by any path, links by their ends', async () => {
    const set = ['shortageCost=19', 'leadTime=1', 'demand=geometric', 'links.supplier>store.unitCost=2', 'warmUp=7'];
    const { scenario } = await loadScenario('lost-sales', { set });
    const network = compileNetwork(scenario, 1);
    expect(network.nodes[0].shortageCost[0]).toBe(19);
    expect(network.arcs[0].leadTime[0]).toBe(1);
    expect(network.arcs[0].unitCost[0]).toBe(2);
    expect(scenario.demand[0].process).toMatchObject({ distribution: { name: 'geometric', mean: 5 } });
    expect(scenario.warmUp).toBe(7);
  });

  it.each([
    ['leadTime=-1', /leadTime: -1: /],
    ['leadTime=2.5', /leadTime: 2\.5: /],
    ['shortageCost=free', /cost: "free": /],
    ['leedTime=2', /--set leedTime: there is no "leedTime" .*knob \(shortageCost, leadTime/],
    ['leadTime', /--set leadTime: expected name=value/],
    ['locations.store.shortage.kind=lots', /kind: /],
    ['locations.shop.holdingCost=2', /there is no "shop" among store/],
    ['demand.0.location=shop', /demand\.0\.location: "shop"; expected one of store/],
    ['demand=weibull', /distribution: "weibull": /],
    ['periods=0', /periods: 0: /],
  ])('refuses --set %s with the field, the value and what was expected', async (setting, message) => {
    const refusal = await loadScenario('lost-sales', { set: [setting] }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(String(refusal)).toMatch(message);
    expect(String(refusal)).not.toContain('\n');
  });

  it('names every field that is wrong in a file', async () => {
    const { ok, errors } = await checkScenarioFile(await file(OWN.replace('holdingCost: 1', 'holdingCost: -1').replace('title', 'tittle')));
    expect(ok).toBe(false);
    expect(errors.map(({ path }) => path)).toEqual(expect.arrayContaining(['title', 'locations.shop.holdingCost', '(top)']));
    expect(await checkScenarioFile(await file(OWN))).toEqual({ ok: true, errors: [] });
  });

  it.each([
    ['no-such', /scenario "no-such": expected one of .*lost-sales/],
    ['./no-such.yaml', /no-such\.yaml: there is no such file/],
  ])('refuses %s', async (name, message) => {
    await expect(loadScenario(name)).rejects.toThrow(message);
  });

  it('refuses what is no YAML, with the line', async () => {
    await expect(loadScenario(await file('id: [one\ntitle: two'))).rejects.toThrow(/line \d/);
    await expect(loadScenario(await file('just words'))).rejects.toThrow(/expected a scenario with fields/);
  });
});

describe('the retail catalogue', () => {
  it('gives each item a lane with its own costs, and replays the held-out weeks as they happened', async () => {
    const { scenario, catalogue } = await loadScenario('retail', { onMessage: () => {} });
    expect(catalogue).not.toBeNull();
    if (!catalogue) return;
    const items = catalogue.items.length;
    const network = compileNetwork(scenario, items);
    const dear = catalogue.prices.indexOf(catalogue.prices.reduce((a, b) => Math.max(a, b)));
    expect(network.nodes[0].holdingCost[dear]).toBeCloseTo(0.005 * catalogue.prices[dear], 12);
    expect(network.nodes[0].shortageCost[dear]).toBeCloseTo(0.4 * catalogue.prices[dear], 12);
    expect(catalogue.heldOut.periods).toBe(13);
    const { history, cut } = catalogue.study;
    const replay = catalogue.heldOut.demand[0].process;
    expect(replay.kind === 'replay' && replay.values[13 * 3 + 2]).toBe(history.quantity[3 * history.periods.length + cut + 2]);
    // What usually sells is known from the weeks before alone: an average over the held-out ones would tell what is still to come.
    for (const lane of [0, 3, items - 1]) expect(typicalDemand(replay, lane)).toEqual(typicalDemand(scenario.demand[0].process, lane));
  }, 60_000);
});

describe('warm-up', () => {
  it('is 100 periods of a scenario that goes on, and none of one that ends', async () => {
    expect((await loadScenario(await file(OWN))).scenario.warmUp).toBe(100);
    expect((await loadScenario(await file(`${OWN}\nperiods: 8`))).scenario.warmUp).toBe(0);
    await expect(loadScenario(await file(`${OWN}\nperiods: 8\nwarmUp: 8`))).rejects.toThrow(/warmUp: 8; expected fewer than the 8 periods/);
  });
});
