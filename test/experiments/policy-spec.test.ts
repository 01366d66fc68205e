import { describe, expect, it } from 'vitest';
import { makePolicy } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });

describe('makePolicy', () => {
  it('takes given parameters as they are', async () => {
    const { policy, how } = await makePolicy('s-S:s=4,S=10', { loaded });
    expect([policy.name, policy.parameters, how]).toEqual(['s-S', { s: 4, S: 10 }, 'given']);
  });

  it("tunes a policy without parameters: base stock to Zipkin's best level (2008, Table 3: p = 4, L = 1)", async () => {
    const { policy, costPerPeriod } = await makePolicy('base-stock', { loaded });
    expect(policy.parameters).toEqual({ S: 12 });
    expect(costPerPeriod).toBeCloseTo(4.1628, 4);
  });

  it.each([
    ['sS', /policy "sS": expected one of .*s-S.*run:ID/],
    ['s-S:s=4', /"s-S" needs the parameter "S"/],
    ['s-S:s=4,S=ten', /policy "s-S:s=4,S=ten": "S=ten"; expected name:key=number/],
    ['base-stock:Q=3', /has no parameter "Q"; it takes S/],
    ['run:../../etc', /run "\.\.\/\.\.\/etc": expected an id/],
    ['run:none', /run "none": not in .*train one first/],
  ])('refuses %s in one line', async (spec, message) => {
    await expect(makePolicy(spec, { loaded })).rejects.toThrow(message);
  });
});
