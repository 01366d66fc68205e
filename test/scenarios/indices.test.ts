import { describe, expect, test } from 'vitest';
import { UserError } from '../../env/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

describe('indices of a scenario file', () => {
  test('are followed by price and demand under their names', async () => {
    const { scenario } = await loadScenario('market', { set: ['links.0.unitCost=2', 'links.0.priceIndex=permits'] });
    const [{ priceIndex }] = scenario.links;
    expect(priceIndex?.id).toBe('permits');
    expect(scenario.demand[0].process).toMatchObject({ kind: 'events', base: { kind: 'index', elasticity: 1.3 } });
    const { process } = scenario.demand[0];
    expect(process.kind === 'events' && process.base.kind === 'index' && process.base.index).toBe(priceIndex);
  });

  test.each([
    ['energy', 'links.0.priceIndex=gas', /links\.supplier>depot\.priceIndex: "gas"; expected one of the indices oil/],
    ['grocery', 'links.0.priceIndex=oil', /priceIndex: "oil"; expected an index: add one under indices/],
    ['market', 'demand.0.base.index=rates', /demand\.0\.base\.index: "rates"; expected one of the indices permits/],
    ['energy', 'persistence=1', /indices\.oil\.persistence: 1: expected at most 0\.999/],
    ['ecommerce', 'returns=1.5', /locations\.shop\.returns/],
  ])('%s with %s is refused by the name of the field', async (id, setting, message) => {
    const loading = loadScenario(id, { set: [setting] });
    await expect(loading).rejects.toThrow(UserError);
    await expect(loading).rejects.toThrow(message);
  });
});
