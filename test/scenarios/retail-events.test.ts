import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStream, Simulator } from '../../env/index.ts';
import { loadScenario, readScenarioDocument } from '../../scenarios/index.ts';

/** Weeks of sales, and how many at the end are simulated. */
const WEEKS = 60;
const HELD_OUT = 20;
/** Means of three items; a sale on trebles them, every fifth week. */
const MEANS = [5, 20, 60];
const isSale = (week: number) => week % 5 === 3;
const dayOf = (week: number) => new Date(Date.UTC(2024, 0, 1 + 7 * week)).toISOString().slice(0, 10);

let folder = '';
const load = (reader: string, ...set: string[]) =>
  loadScenario('retail-events', {
    set: [
      `forecast=${reader}`,
      `catalogue.data=${JSON.stringify(folder)}`,
      `catalogue.heldOut=${HELD_OUT}`,
      'catalogue.from=30',
      'periods=18',
      ...set,
    ],
    onMessage: () => {},
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replenish-events-'));
  const stream = createStream(1, 'sales of the test');
  const sales = ['date,item,quantity'];
  const truth = ['date,item,mean,plain'];
  const notes = ['date,text,known'];
  for (let week = 0; week < WEEKS; week++) {
    if (isSale(week)) notes.push(`${dayOf(week)},Everything must go,${dayOf(week - 1)}`);
    for (const [i, plain] of MEANS.entries()) {
      const mean = isSale(week) ? 3 * plain : plain;
      sales.push(`${dayOf(week)},i${i},${Math.round(mean * (0.8 + 0.4 * stream.next()))}`);
      if (week >= WEEKS - HELD_OUT) truth.push(`${dayOf(week)},i${i},${mean},${plain}`);
    }
  }
  await writeFile(join(folder, 'sales.csv'), sales.join('\n'));
  await writeFile(join(folder, 'notes.csv'), notes.join('\n'));
  await writeFile(join(folder, 'items.csv'), 'item,description\ni0,Red lamp\ni1,Blue lamp\ni2,Box of matches');
  await writeFile(join(folder, 'truth.csv.gz'), gzipSync(truth.join('\n')));
});

describe('retail-events', () => {
  it('has the same demand whoever reads the notes, and other forecasts', async () => {
    const seen = [];
    for (const reader of ['none', 'static', 'oracle']) {
      const { scenario } = await load(reader);
      const simulator = new Simulator({ scenario, lanes: 6, seed: 3 });
      const demand: number[] = [];
      const forecasts: number[] = [];
      for (let week = 0; week < 10; week++) {
        forecasts.push(...simulator.view.forecastMean(0, 0));
        simulator.step(new Float64Array(6));
        demand.push(...simulator.demand);
      }
      seen.push({ demand, forecasts });
    }
    const [none, read, oracle] = seen;
    expect(read.demand).toEqual(none.demand);
    expect(oracle.demand).toEqual(none.demand);
    // Weeks 43 and 48 of the data are on sale: the forecasts of the third and the eighth simulated week, of the item that sells 60.
    const ofSale = ({ forecasts }: { readonly forecasts: readonly number[] }) => forecasts[3 * 6 + 2];
    expect(ofSale(oracle)).toBe(180);
    expect(ofSale(read)).toBeGreaterThan(130);
    expect(ofSale(none)).toBeLessThan(110);
  });

  it('lets the oracle know of announced notes only', async () => {
    const { view } = new Simulator({ scenario: (await load('oracle')).scenario, lanes: 3 });
    // Week 43 is announced in week 42: in week 40, three weeks before it, nothing is known, nor at any horizon after it.
    expect(view.forecastMean(0, 0)[2]).toBe(60);
    expect(view.forecastMean(0, 2)[2]).toBe(60);
    const later = new Simulator({ scenario: (await load('oracle')).scenario, lanes: 3 });
    for (let week = 0; week < 2; week++) later.step(new Float64Array(3));
    expect(later.view.forecastMean(0, 1)[2]).toBe(180);
  });

  it('shows the notes that are known, in the simulated weeks and in those as they happened', async () => {
    const { scenario, catalogue } = await load('oracle');
    for (const shown of [scenario, catalogue?.heldOut ?? scenario]) {
      const simulator = new Simulator({ scenario: shown, lanes: 3 });
      expect(simulator.view.notes(0, 0)).toEqual([]);
      for (let week = 0; week < 2; week++) simulator.step(new Float64Array(3));
      expect(simulator.view.notes(0, 0)).toEqual([{ text: 'Everything must go', from: 3, length: 1 }]);
    }
  });

  it('says what read the texts', async () => {
    expect((await load('static')).catalogue?.forecasts).toEqual({
      reader: 'static',
      method: 'global+static',
      embedder: 'static',
      fallback: null,
      searched: [{ embedder: 'static', outcome: 'in use' }],
    });
    expect((await load('none')).catalogue?.forecasts).toMatchObject({ reader: 'none', method: 'global', embedder: null });
  });

  it('refuses an oracle where nobody knows the truth', async () => {
    await expect(loadScenario('retail', { set: ['catalogue.forecast=oracle'], onMessage: () => {} })).rejects.toThrow(
      /"oracle"; expected none, hashing, static or text/,
    );
  });

  it('refuses a truth that lacks a week, by item and week', async () => {
    await expect(load('oracle', 'catalogue.heldOut=25')).rejects.toThrow(/no mean of i0 for 2024-09-02/);
  });

  it('has knobs that lead to fields it has', async () => {
    const { knobs, catalogue, links, locations } = await readScenarioDocument('retail-events');
    expect(Object.keys(knobs)).toContain('forecast');
    expect(catalogue?.forecast).toBe('text');
    expect([links[0].leadTime, locations.shop.holdingCost]).toEqual([1, 1]);
  });
});
