import { describe, expect, it } from 'vitest';
import { baselines } from '../../agents/index.ts';
import { compileNetwork, Simulator, UserError } from '../../env/index.ts';
import { listScenarios, loadScenario, readScenarioDocument } from '../../scenarios/index.ts';

/** Catalogues have tests of their own: their forecasters take time to fit. */
const documents = await Promise.all((await listScenarios()).map(({ id }) => readScenarioDocument(id)));
const ids = documents.filter(({ catalogue }) => catalogue === undefined).map(({ id }) => id);

const load = async (id: string, ...set: string[]) => {
  const { scenario } = await loadScenario(id, { set });
  return compileNetwork(scenario, 1);
};

describe('every preset', () => {
  it.each(ids)('%s runs, says where it comes from, and its baselines fit it', async (id) => {
    const { document, scenario } = await loadScenario(id);
    expect(document.source).toBeTruthy();
    const simulator = new Simulator({ scenario, lanes: 2 });
    simulator.step(new Float64Array(simulator.network.arcs.length * 2).fill(2));
    expect(simulator.cost.every(Number.isFinite)).toBe(true);
    for (const spec of document.baselines) expect(baselines[spec.split(':')[0]].whyNot(simulator.network)).toBeUndefined();
  });

  it.each(ids)('%s has knobs that lead to fields it has', async (id) => {
    const { knobs } = await readScenarioDocument(id);
    for (const [name, { path, help }] of Object.entries(knobs)) {
      expect(help).toBeTruthy();
      const value = path.split('.').reduce<unknown>((here, step) => entry(here, step), await readScenarioDocument(id));
      expect(value, `${id}: ${name} at ${path}`).toBeDefined();
    }
  });

  function entry(here: unknown, step: string): unknown {
    if (Array.isArray(here)) return here.find(({ id, from, to }) => (id ?? `${from}>${to}`) === step) ?? here[Number(step)];
    return typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
  }

  it.each(ids)('%s is the same when what it was read as is read again', async (id) => {
    const { expandTemplate } = await import('../../scenarios/template.ts');
    const document = await readScenarioDocument(id);
    expect(expandTemplate(document)).toEqual(document);
  });
});

describe('serial', () => {
  it('has as many stages as its lists are long, with local holding costs and transit at the sender’s', async () => {
    const { nodes, arcs, scenario } = await load('serial', 'echelonHoldingCosts=3,2,2', 'leadTimes=0,1,2', 'shortageCost=37.12');
    expect(nodes.map(({ id, holdingCost, shortageCost }) => [id, holdingCost[0], shortageCost[0]])).toEqual([
      ['stage1', 7, 37.12],
      ['stage2', 4, 0],
      ['stage3', 2, 0],
    ]);
    expect(arcs.map(({ id, leadTime, transitCost }) => [id, leadTime[0], transitCost[0]])).toEqual([
      ['stage2>stage1', 0, 4],
      ['stage3>stage2', 1, 2],
      ['supplier>stage3', 2, 0],
    ]);
    expect(scenario.demand).toEqual([{ location: 'stage1', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } }]);
  });

  it('may have one stage, and demand with a spread', async () => {
    const { nodes, scenario } = await load('serial', 'echelonHoldingCosts=1', 'leadTimes=1', 'demand=normal', 'sd=2');
    expect(nodes).toHaveLength(1);
    expect(scenario.demand[0].process).toMatchObject({ distribution: { name: 'normal', mean: 5, sd: 2 } });
  });

  it('refuses lists of different length, and keeps a field that is set by its path', async () => {
    await expect(loadScenario('serial', { set: ['leadTimes=1,1,2'] })).rejects.toThrow(/there is no entry 2 in \[2,1\]/);
    await expect(loadScenario('serial', { set: ['echelonHoldingCosts=1,1,2'] })).rejects.toThrow(UserError);
    const { nodes } = await load('serial', 'locations.stage1.initialStock=77', 'leadTimes=1,2');
    expect(nodes[0].initialStock[0]).toBe(77);
  });
});

describe('networks that knobs shape', () => {
  it('one warehouse has as many retailers as it is told', async () => {
    const { nodes, arcs } = await load('one-warehouse', 'retailers=5', 'retailerLeadTime=2');
    expect(nodes).toHaveLength(6);
    expect(arcs.slice(1).every(({ from, leadTime }) => from === 0 && leadTime[0] === 2)).toBe(true);
    await expect(loadScenario('one-warehouse', { set: ['retailers=2.5'] })).rejects.toThrow(
      /forEach: "retailers" is 2\.5; expected a whole number/,
    );
  });

  it('a catalogue has its items in each of its shops, which share room', async () => {
    const { nodes, places, arcs } = await load('catalogue', 'items=4', 'locations=2', 'capacity=50');
    expect([nodes.length, arcs.length]).toEqual([8, 8]);
    expect(places.map(({ nodes: sharing, capacity }) => [sharing.length, capacity[0]])).toEqual([
      [4, 50],
      [4, 50],
    ]);
  });
});

describe('knobs of the literature', () => {
  it.each([
    ['newsvendor', ['demand=poisson', 'mean=18', 'holdingCost=200', 'shortageCost=270']],
    ['newsvendor', ['demand=gamma', 'sd=20']],
    ['fixed-cost', ['holdingCost=40', 'shortageCost=125', 'fixedCost=150', 'mean=4', 'leadTime=1', 'demand=geometric']],
    ['lost-sales-fixed-cost', ['holdingCost=2', 'shortageCost=9', 'fixedCost=5', 'mean=3', 'leadTime=1', 'demand=geometric']],
    ['dual-sourcing', ['leadTime=4', 'expeditedCost=105', 'regularCost=99', 'holdingCost=1', 'shortageCost=99', 'maxDemand=6']],
    ['perishable', ['life=3', 'leadTime=2', 'wasteCost=10', 'issuing=fifo', 'mean=6', 'cv=0.3']],
    ['orgym-inventory', ['shortage=lost']],
  ])('%s takes %j', async (id, set) => {
    const { nodes } = await load(id, ...set);
    expect(nodes.length).toBeGreaterThan(0);
  });
});
