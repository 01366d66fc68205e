import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DemandProcessSpec, type DISTRIBUTIONS, Simulator, UserError } from '../../env/index.ts';
import { checkScenarioFile, loadScenario } from '../../scenarios/index.ts';

/** A shop that faces a demand, written down beside a file of sales; other lines as given. */
async function shopFile(demand: string, { more = '', sales = '' } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demand-'));
  await writeFile(join(folder, 'sales.csv'), sales);
  const text = `
id: shop
title: A shop
locations: { shop: { holdingCost: 1, shortage: { kind: lost, cost: 4 }, initialStock: { periodsOfDemand: 2 } } }
links: [{ from: supplier, to: shop, leadTime: 1 }]
demand: [{ location: shop, ${demand} }]
${more}`;
  await writeFile(join(folder, 'shop.yaml'), text);
  return join(folder, 'shop.yaml');
}

async function processOf(
  demand: string,
  options: Parameters<typeof shopFile>[1] = {},
  set: readonly string[] = [],
): Promise<DemandProcessSpec> {
  const { scenario } = await loadScenario(await shopFile(demand, options), { set });
  new Simulator({ scenario, lanes: 2 }).step(new Float64Array(2));
  return scenario.demand[0].process;
}

const FORMS: Readonly<Record<keyof typeof DISTRIBUTIONS, string>> = {
  poisson: 'mean: 5',
  geometric: 'mean: 5',
  'negative-binomial': 'mean: 5, sd: 4',
  binomial: 'trials: 10, probability: 0.4',
  uniform: 'low: 0, high: 4',
  normal: 'mean: 50, sd: 8',
  gamma: 'mean: 4, cv: 0.5, rounded: true',
  lognormal: 'mean: 4, variance: 9',
  empirical: 'values: [1, 2, 5], probabilities: [0.25, 0.5, 0.25]',
  deterministic: 'value: 7',
  intermittent: 'probability: 0.2, size: { distribution: geometric, mean: 4 }',
};

describe('the demand of a scenario file', () => {
  test.each(Object.entries(FORMS))('can have the distribution %s', async (name, parameters) => {
    expect(await processOf(`distribution: ${name}, ${parameters}`)).toMatchObject({ kind: 'stationary', distribution: { name } });
  });

  test('can be seasonal by factors or by a sine', async () => {
    expect(await processOf('kind: seasonal, distribution: poisson, mean: 5, factors: [0.5, 1.5]')).toEqual({
      kind: 'seasonal',
      base: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } },
      factors: [0.5, 1.5],
    });
    const sine = await processOf('kind: seasonal, distribution: poisson, mean: 5, amplitude: 0.5, period: 4, phase: 1');
    if (sine.kind !== 'seasonal') throw new Error('expected a season');
    [1.5, 1, 0.5, 1].forEach((factor, t) => {
      expect(sine.factors[t]).toBeCloseTo(factor, 12);
    });
  });

  test('can be a process on another', async () => {
    const process = await processOf(
      'kind: events, knownAhead: 2, notes: [{ text: Fair, from: 3, length: 1, multiplier: 2 }], ' +
        'base: { kind: trend, perPeriod: 0.1, until: 5, base: { kind: seasonal, distribution: gamma, mean: 9, cv: 0.5, factors: [1, 2] } }',
    );
    expect(process).toMatchObject({ kind: 'events', knownAhead: 2, base: { kind: 'trend', until: 5, base: { kind: 'seasonal' } } });
  });

  test('can have a state, by name, and be intermittent', async () => {
    const states = 'states: { calm: { distribution: poisson, mean: 2 }, busy: { distribution: poisson, mean: 9 } }';
    const markov = await processOf(`kind: markov, ${states}, transition: [[0.9, 0.1], [0.3, 0.7]], start: busy, known: false`);
    expect(markov).toMatchObject({ kind: 'markov', start: 1, known: false, states: [{ mean: 2 }, { mean: 9 }] });
    const lumpy = await processOf('kind: intermittent, probability: 0.2, size: { distribution: geometric, mean: 4 }');
    expect(lumpy).toMatchObject({ kind: 'stationary', distribution: { name: 'intermittent', size: { name: 'geometric', mean: 4 } } });
  });

  test('can be a list, a record, or a record in a file beside the scenario', async () => {
    expect(await processOf('kind: list, values: [4, 4, 8], after: last')).toEqual({ kind: 'list', values: [4, 4, 8], after: 'last' });
    const replay = await processOf('kind: replay, values: [2, 4]');
    expect(replay).toMatchObject({
      kind: 'replay',
      values: Float64Array.of(2, 4),
      forecasts: { mean: Float64Array.of(3, 3), variance: Float64Array.of(1, 1) },
    });
    const sales = 'period,location,quantity\n2,shop,5\n0,shop,3\n2,shop,1\n1,other,9\n';
    expect(await processOf('kind: replay, file: sales.csv', { sales })).toMatchObject({ values: Float64Array.of(3, 0, 6) });
    expect(await processOf('kind: replay, file: sales.csv, forecast: known', { sales })).toMatchObject({ kind: 'list', values: [3, 0, 6] });
  });

  test('tells how long it takes to come round, and its mean to the initial stock', async () => {
    const { scenario } = await loadScenario(await shopFile('kind: seasonal, distribution: poisson, mean: 5, factors: [1, 2, 3]'));
    expect(scenario.phases).toBe(3);
    expect(scenario.locations[0].initialStock).toBe(20);
  });

  test('a trend ends with the scenario where it does not say when', async () => {
    const trend = await processOf('kind: trend, distribution: poisson, mean: 5, perPeriod: 0.1', { more: 'periods: 30' });
    expect(trend).toMatchObject({ until: 30 });
  });

  test('takes another distribution by --set with the parameters that both have, in any order of settings', async () => {
    const form = 'distribution: normal, mean: 50, sd: 8';
    expect(await processOf(form, {}, ['demand.0.distribution=poisson'])).toEqual({
      kind: 'stationary',
      distribution: { name: 'poisson', mean: 50 },
    });
    const set = ['demand.0.rounded=true', 'demand.0.mean=6', 'demand.0.distribution=gamma'];
    expect(await processOf(form, {}, set)).toMatchObject({ distribution: { name: 'gamma', mean: 6, sd: 8, rounded: true } });
  });
});

describe('a demand that cannot be is refused by its field and value', () => {
  test.each([
    ['distribution: weibull', /demand\.0\.distribution: "weibull": expected a distribution, one of poisson, geometric/],
    ['distribution: poisson', /demand\.0\.mean: expected a number of 0 or more/],
    ['distribution: poisson, mean: -5', /demand\.0\.mean: -5: expected a number of 0 or more/],
    ['distribution: poisson, mean: 5, sd: 2', /demand\.0: unknown field "sd"/],
    ['distribution: uniform, low: 1.5, high: 4', /demand\.0\.low: 1\.5: expected a whole number of 0 or more/],
    [
      'distribution: empirical, values: [1, 2], probabilities: [0.5, 0.6]',
      /demand\.0\.probabilities: \[0\.5,0\.6\]; expected probabilities that sum to 1, not 1\.1/,
    ],
    ['kind: sesonal, distribution: poisson, mean: 5', /demand\.0\.kind: "sesonal": expected one of stationary, seasonal, trend/],
    ['kind: seasonal, factors: [1, 2]', /demand\.0\.base: expected a distribution beside the kind .*, or a base process/],
    ['kind: seasonal, distribution: poisson, mean: 5', /demand\.0\.factors: expected either factors, or amplitude and period/],
    ['kind: trend, distribution: poisson, mean: 5, perPeriod: 0.1', /demand\.0\.until: not given; expected the period from which/],
    [
      'kind: intermittent, probability: 2, size: { distribution: poisson, mean: 5 }',
      /demand\.0\.probability: 2: expected a probability from 0 to 1/,
    ],
    [
      'kind: intermittent, probability: 0.2, size: { distribution: poisson, mean: -5 }',
      /demand\.0\.size\.mean: -5; expected a number of 0 or more/,
    ],
    [
      'kind: markov, states: [{ distribution: poisson, mean: 5 }], transition: [[0.5]]',
      /demand\.0\.transition\.0: 0\.5; expected probabilities that sum to 1/,
    ],
    [
      'kind: markov, states: { calm: { distribution: poisson, mean: 5 } }, transition: [[1]], start: clam',
      /demand\.0\.start: "clam"; expected one of the states calm/,
    ],
    ['kind: replay, file: none.csv', /none\.csv: cannot be read/],
    ['kind: replay, file: sales.csv', /demand\.0\.file: sales\.csv has no row for location "shop"/],
    ['kind: forecast', /demand\.0\.kind: "forecast"; expected a catalogue/],
  ])('%s', async (demand, message) => {
    const file = await shopFile(demand, { sales: 'location,quantity\nelsewhere,3\n' });
    const refusal = loadScenario(file).then(({ scenario }) => new Simulator({ scenario, lanes: 1 }));
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toThrow(message);
  });

  test('scenarios check finds it too, with its path', async () => {
    const file = await shopFile('distribution: empirical, values: [1, 2], probabilities: [0.5, 0.6]');
    const { ok, errors } = await checkScenarioFile(file);
    expect(ok).toBe(false);
    expect(errors).toEqual([{ path: 'demand.0.probabilities', message: expect.stringMatching(/expected probabilities that sum to 1/) }]);
  });

  test('correlations that cannot be, too', async () => {
    const file = await shopFile('distribution: poisson, mean: 5', { more: 'demandCorrelation: [[1, 0], [0, 1]]' });
    expect((await checkScenarioFile(file)).errors).toMatchObject([{ path: 'demandCorrelation' }]);
  });
});
