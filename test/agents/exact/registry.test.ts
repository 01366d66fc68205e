import { describe, expect, it } from 'vitest';
import { chooseSolver, solveExact, solvers } from '../../../agents/index.ts';
import { listScenarios, loadScenario } from '../../../scenarios/index.ts';
import { simulated, stockPoint } from './cases.ts';

describe('the registry of solvers', () => {
  it('gives every solver a name of its own, a title and how good its answer is', () => {
    expect(new Set(solvers.map(({ name }) => name)).size).toBe(solvers.length);
    for (const { title, answer } of solvers) {
      expect(title).not.toBe('');
      expect(['exact', 'bounds']).toContain(answer);
    }
  });

  it('takes the first that covers a scenario, and says for each why it does not', () => {
    const lost = stockPoint({});
    expect(chooseSolver(lost).solver?.name).toBe('value-iteration');
    const catalogue = chooseSolver({ ...lost, laneNames: [{ id: 'a' }, { id: 'b' }] });
    if (catalogue.solver !== null) throw new Error('a catalogue has no solver');
    expect(Object.keys(catalogue.reasons)).toEqual(solvers.map(({ name }) => name));
    expect(catalogue.reasons['value-iteration']).toBe('it is a catalogue of 2 items');
  });

  it('uses the solver that is asked for, or says why it cannot', () => {
    const waits = stockPoint({ location: { shortage: { kind: 'backlog', cost: 9 } } });
    const costs = (['zheng-federgruen', 'clark-scarf', 'value-iteration'] as const).map((method) => solveExact(waits, { method }));
    expect(costs.map(({ solver }) => solver)).toEqual(['zheng-federgruen', 'clark-scarf', 'value-iteration']);
    for (const { costPerPeriod } of costs) expect(costPerPeriod).toBeCloseTo(costs[0].costPerPeriod, 5);
    expect(() => solveExact(waits, { method: 'newsvendor' })).toThrow('"newsvendor" does not solve "store": it has a lead time of 1');
  });
});

describe('the presets', () => {
  const expected: Readonly<Record<string, string | null>> = {
    'beer-game': null,
    disruption: 'value-iteration',
    'dual-sourcing': 'value-iteration',
    'fixed-cost': 'zheng-federgruen',
    'lost-sales': 'value-iteration',
    newsvendor: 'newsvendor',
    'orgym-network': null,
    perishable: 'value-iteration',
    retail: null,
    serial: 'clark-scarf',
  };

  it('are listed with what computes their optimum', async () => {
    const listed = new Map((await listScenarios()).map(({ id, optimum }) => [id, optimum]));
    for (const [id, solver] of Object.entries(expected)) expect([id, listed.get(id)]).toEqual([id, solver]);
  });

  it.each(Object.keys(expected).filter((id) => expected[id] !== null))(
    'are solved by it, and cost in the simulator what it says: %s',
    async (id) => {
      const { scenario } = await loadScenario(id);
      const { solver, costPerPeriod, policy } = solveExact(scenario);
      expect(solver).toBe(expected[id]);
      const { mean, halfWidth } = simulated(scenario, policy, { lanes: 1024, seed: 8000 });
      expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
    },
  );

  it('follow their knobs: the solver is the one of the scenario as it is set', async () => {
    const solverWith = async (...set: string[]) => (await loadScenario('fixed-cost', { set })).document.solver;
    expect(await solverWith('fixedCost=0')).toBe('newsvendor');
    expect(await solverWith('locations.store.shortage.kind=lost')).toBe('value-iteration');
    expect(await solverWith('locations.store.shortage.kind=lost', 'leadTime=9')).toBe(null);
  });
});
