import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancedBaseStock, poolingBound, solveExact } from '../../../agents/index.ts';
import { loadScenario } from '../../../scenarios/index.ts';
import { serial, simulated } from './cases.ts';

const oneWarehouse = async (...set: string[]) => (await loadScenario('one-warehouse', { set })).scenario;

describe('the cost with stock moved freely between the points of one warehouse', () => {
  /** Recomputed with independent code: Python, tables of Poisson sums, the best division by search. */
  it.each([
    { set: [], cost: 27.368658, level: 75 },
    { set: ['retailers=2'], cost: 18.850011, level: 51 },
    { set: ['warehouseLeadTime=1'], cost: 26.402226, level: 59 },
  ])('is $cost for the preset with $set', async ({ set, cost, level }) => {
    const { bound } = poolingBound(await oneWarehouse(...set));
    expect(bound?.costPerPeriod).toBeCloseTo(cost, 6);
    expect(bound?.echelonLevel).toBe(level);
  });

  it('is below the optimum of two retailers by value iteration (7.6065), where so few units leave them unbalanced', async () => {
    const { bound } = poolingBound(await oneWarehouse('retailers=2', 'mean=1'));
    expect(bound?.costPerPeriod).toBeGreaterThan(7.5);
    expect(bound?.costPerPeriod).toBeLessThan(7.6065);
  });

  it('is more than no policy costs in the simulator', async () => {
    const scenario = await oneWarehouse();
    const { bound } = poolingBound(scenario);
    const cases = fc.record({ S: fc.integer({ min: 60, max: 90 }), z: fc.double({ min: 0.5, max: 2.5, noNaN: true }) });
    fc.assert(
      fc.property(cases, (parameters) => {
        const { mean, halfWidth } = simulated(scenario, balancedBaseStock(parameters), { lanes: 64 });
        return mean + 2 * halfWidth > (bound?.costPerPeriod ?? Number.POSITIVE_INFINITY);
      }),
      { seed: 7, numRuns: 6 },
    );
  });

  it('is reached by balanced base stock to a thousandth where demand is large against the lead times', async () => {
    const scenario = await oneWarehouse();
    const { mean, halfWidth } = simulated(scenario, balancedBaseStock({ S: 75, z: 1.45 }), { lanes: 512 });
    expect(Math.abs(mean - 27.368658)).toBeLessThan(halfWidth + 0.001 * mean);
    expect(halfWidth).toBeLessThan(0.002 * mean);
  });

  it('grows with lead times, shortage costs and retailers', async () => {
    const cost = async (...set: string[]) => poolingBound(await oneWarehouse(...set)).bound?.costPerPeriod ?? Number.NaN;
    const preset = await cost();
    for (const more of ['warehouseLeadTime=3', 'retailerLeadTime=2', 'shortageCost=19', 'retailers=4', 'mean=6']) {
      expect(await cost(more)).toBeGreaterThan(preset);
    }
  });

  it('says why there is none', async () => {
    const chain = serial({ echelonHoldingCosts: [1, 1], leadTimes: [1, 1], shortageCost: 9, demand: { name: 'poisson', mean: 5 } });
    expect(solveExact(chain).costPerPeriod).toBeGreaterThan(0);
    expect(poolingBound(chain)).toEqual({ bound: null, reason: 'it is not one warehouse that supplies all others' });
    const lost = await loadScenario('one-warehouse', { set: ['locations.retailer1.shortage.kind=lost'] });
    expect(poolingBound(lost.scenario)).toEqual({ bound: null, reason: 'unmet demand does not wait' });
  });
});
