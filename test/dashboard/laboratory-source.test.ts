import { beforeAll, describe, expect, test } from 'vitest';
import { firstWatch, laboratorySource, type WatchMessage, type WatchSource } from '../../dashboard/index.ts';
import { UserError } from '../../env/index.ts';
import { framesOf } from './small-source.ts';

let source: WatchSource;
beforeAll(async () => {
  source = await laboratorySource();
});

const watch: WatchMessage = {
  type: 'watch',
  scenario: 'lost-sales',
  set: {},
  policies: ['base-stock:S=30'],
  seed: 1,
  periods: 20,
  lane: 0,
  item: null,
  scores: false,
  game: null,
  played: 0,
  play: false,
  speed: 4,
};

describe('the laboratory as a source', () => {
  test('offers the presets with their knobs as they stand, and the policies that fit each', async () => {
    const scenarios = await source.scenarios();
    const lostSales = scenarios.find(({ id }) => id === 'lost-sales');
    expect(lostSales?.knobs.find(({ name }) => name === 'leadTime')?.value).toBe(4);
    expect(lostSales?.knobs.find(({ name }) => name === 'demand')?.value).toBe('poisson');
    const policies = await source.policies();
    expect(policies.find(({ spec }) => spec === 'optimal')?.scenarios).toContain('lost-sales');
    expect(policies.find(({ spec }) => spec === 'optimal')?.scenarios).not.toContain('retail');
    expect(scenarios.map(({ id }) => id)).toContain('retail-held-out');
  });

  test('offers the network for any item where it orders, catalogues included, and another item to try where the scenario has one item', async () => {
    const universal = (await source.policies()).find(({ spec }) => spec === 'universal');
    expect(universal?.scenarios).toEqual(
      expect.arrayContaining(['lost-sales', 'fixed-cost', 'retail', 'retail-held-out', 'retail-events']),
    );
    for (const id of ['ecommerce', 'grocery', 'beer-game']) expect(universal?.scenarios).not.toContain(id);
    const scenarios = await source.scenarios();
    expect(scenarios.find(({ id }) => id === 'lost-sales')?.anyItem).toBe(true);
    expect(scenarios.find(({ id }) => id === 'retail')?.anyItem).toBeUndefined();
  });

  test('calls a policy as its family does, and tells two of one family apart by their parameters', async () => {
    const titles = new Map((await source.policies()).map(({ spec, title }) => [spec, title]));
    expect(titles.get('s-S')).toBe('(s, S)');
    expect(titles.get('echelon-base-stock')).toBe('Echelon base stock');
    expect(titles.get('forecast-s-S')).toBe('Forecast-driven (s, S)');
    expect(titles.get('sterman:S=17,alpha=0.26,beta=0.34,L=8')).toBe('Sterman: S=17, alpha=0.26, beta=0.34, L=8');
    expect(new Set(titles.values()).size).toBe(titles.size);
  });

  test('expects of demand that is certain nothing else', async () => {
    const [first, ...others] = framesOf(await source.open({ ...watch, scenario: 'beer-game', policies: ['base-stock:S=30'] }));
    expect(first.forecast).toEqual({ mean: 4, p10: 4, p90: 4 });
    for (const { demand, forecast } of others) expect(forecast).toEqual({ mean: demand, p10: demand, p90: demand });
  });

  test('turns knobs', async () => {
    const episode = await source.open({ ...watch, set: { mean: 8, leadTime: 2 } });
    expect(framesOf(episode)[0].forecast.mean).toBeCloseTo(8, 9);
  });

  test('knows the optimum once somebody asked for it', async () => {
    const set = { leadTime: 1 };
    expect((await source.open({ ...watch, set })).optimum).toBeNull();
    const episode = await source.open({ ...watch, set, policies: ['optimal'] });
    // Zipkin (2008), Table 3: Poisson, p = 4, L = 1.
    expect(episode.optimum?.costPerPeriod).toBeCloseTo(4.04, 2);
    expect(episode.names).toEqual(['Optimum']);
  });

  test.each([
    [{ scenario: '../../package.json' }, 'scenario "../../package.json"'],
    [{ scenario: 'lost-sales.yaml' }, 'scenario "lost-sales.yaml"'],
    [{ set: { 'locations.store.holdingCost': 3 } }, 'setting "locations.store.holdingCost"'],
    [{ set: { leadTime: -1 } }, 'leadTime'],
    [{ policies: ['fortune-teller'] }, 'policy "fortune-teller"'],
    [{ policies: ['run:../../secret'] }, 'run "../../secret"'],
  ])('refuses %j: a client names no file and no field', async (part, said) => {
    const opened = source.open({ ...watch, ...part });
    await expect(opened).rejects.toThrow(UserError);
    await expect(opened).rejects.toThrow(said);
  });

  test('proposes two usual policies of a scenario where nothing was trained', async () => {
    expect(await firstWatch(source, 'lost-sales')).toMatchObject({ scenario: 'lost-sales', policies: ['s-S', 'base-stock'] });
    await expect(firstWatch(source, 'nowhere')).rejects.toThrow(UserError);
  });
});
