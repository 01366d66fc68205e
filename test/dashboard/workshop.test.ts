import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { laboratorySource, ProcessWorkshop, systemClock, type WatchMessage, watchMessage } from '../../dashboard/index.ts';
import { framesOf } from './small-source.ts';

let workshop: ProcessWorkshop;
beforeAll(() => {
  workshop = new ProcessWorkshop(systemClock);
});
afterAll(() => workshop.close());

const place = { source: 'lost-sales', settings: ['leadTime=2'], heldOut: false };
const watch: WatchMessage = watchMessage.parse({
  type: 'watch',
  scenario: 'lost-sales',
  set: { leadTime: 2 },
  policies: ['optimal', 'base-stock'],
  seed: 2,
  periods: 60,
});

describe('work in processes of its own', () => {
  test('makes the same episode, tuned policies and optimum, as work in this process', async () => {
    const [apart, here] = await Promise.all([laboratorySource({ workshop }), laboratorySource()]);
    const [there, own] = [await apart.open(watch), await here.open(watch)];
    expect(framesOf(there)).toEqual(framesOf(own));
    expect(there.optimum?.costPerPeriod).toBe(own.optimum?.costPerPeriod);
    // A process is started from its sources: that takes its time where other work goes on.
  }, 120_000);

  test('ends at once when nobody waits for it, and the next job is done', async () => {
    const calledOff = new AbortController();
    const tuning = workshop.run('tune', { place, spec: 's-S' }, { signal: calledOff.signal });
    calledOff.abort();
    await expect(tuning).rejects.toThrow(/abort/i);
    expect(await workshop.run('tune', { place, spec: 'base-stock' })).toMatchObject({ kind: 'baseline', family: 'base-stock' });
  }, 120_000);

  test('tunes on simulated demand what orders in held-out weeks: fitted to what happened there it would know what is to come', async () => {
    const retail = { source: 'retail', settings: ['catalogue.forecast=none'] };
    const onSimulated = await workshop.run('tune', { place: { ...retail, heldOut: false }, spec: 'forecast' });
    expect(await workshop.run('tune', { place: { ...retail, heldOut: true }, spec: 'forecast' })).toEqual(onSimulated);
  }, 120_000);

  test('says what is wrong with what it was asked, as a mistake of whoever asked', async () => {
    await expect(workshop.run('tune', { place, spec: 'dual-index' })).rejects.toThrow('dual-index');
    await expect(workshop.run('tune', { place: { ...place, settings: ['leadTime=-1'] }, spec: 's-S' })).rejects.toMatchObject({
      name: 'UserError',
    });
  });
});
