import { describe, expect, it } from 'vitest';
import { tune } from '../../agents/index.ts';
import { type Scenario, Simulator } from '../../env/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';

const TRADES = ['grocery', 'ecommerce', 'manufacturing', 'pharmacy', 'energy', 'education', 'cash', 'warehouse', 'factory', 'market'];
/** Those in which what is announced in words moves demand. */
const WITH_NOTES = ['grocery', 'ecommerce', 'pharmacy', 'energy', 'education', 'cash', 'market'];

const loads = new Map<string, Promise<LoadedScenario>>();
function load(id: string, ...set: string[]): Promise<LoadedScenario> {
  const key = [id, ...set].join(' ');
  const loading = loads.get(key) ?? loadScenario(id, { set, onMessage: () => {} });
  loads.set(key, loading);
  return loading;
}

const lanesOf = ({ laneNames }: Scenario) => laneNames?.length ?? 64;

describe.each(TRADES)('%s', (id) => {
  it('tells its story, where its numbers come from, and what to learn from it', async () => {
    const { document } = await load(id);
    for (const text of [document.story, document.source, document.lesson]) expect(text?.length).toBeGreaterThan(60);
    expect(document.baselines.length).toBeGreaterThanOrEqual(2);
  }, 60_000);

  it('has baselines that can be tuned, and that are worth more than ordering nothing', async () => {
    const { scenario, document } = await load(id);
    // Of networks and catalogues, whose searches take longer, the first alone.
    const few = lanesOf(scenario) > 64 || scenario.locations.length > 1 ? 1 : 2;
    const lanes = lanesOf(scenario);
    const nothing = { name: 'nothing', parameters: {}, order: () => {} };
    const size = { lanes, periods: scenario.periods ?? 60, seed: 9 };
    const tuned = document.baselines.slice(0, few).map((family) => tune({ scenario, family, laneSteps: 20_000, exactStates: 0 }).policy);
    const [idle, ...costs] = evaluate({ scenario, policies: [nothing, ...tuned], ...size }).results.map(
      ({ costPerPeriod }) => costPerPeriod,
    );
    for (const cost of costs) expect(cost).toBeLessThan(idle);
  }, 120_000);
});

describe.each(WITH_NOTES)('the notes of %s', (id) => {
  /** [period] notes and forecasts of lane 0, over a year. */
  const follow = ({ scenario }: LoadedScenario) => {
    const simulator = new Simulator({ scenario, lanes: lanesOf(scenario), seed: 4 });
    const nothing = new Float64Array(simulator.network.arcs.length * simulator.lanes);
    return Array.from({ length: scenario.periods ?? 80 }, () => {
      const notes = [...Array(simulator.lanes).keys()].flatMap((lane) => simulator.view.notes(0, lane));
      const forecast = simulator.view.forecastMean(0, 1).slice();
      simulator.step(nothing);
      return { notes, forecast, demand: simulator.demand.slice() };
    });
  };

  it('are shown before their events, in words, and forecasts count them where they are asked to', async () => {
    const told = follow(await load(id));
    const untold = follow(await load(id, 'notes=false'));
    const notes = told.flatMap((period) => period.notes);
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.every(({ text }) => text.split(' ').length > 2)).toBe(true);
    expect(told.some(({ notes: now }, period) => now.some(({ from }) => from > period))).toBe(true);
    expect(untold.map(({ demand }) => demand)).toEqual(told.map(({ demand }) => demand));
    expect(untold.map(({ forecast }) => forecast)).not.toEqual(told.map(({ forecast }) => forecast));
  }, 60_000);
});

describe('what is peculiar to a trade', () => {
  it('manufacturing asks for what the car parts were asked for: a month in two or so nothing, mean size 2.3', async () => {
    const { scenario } = await load('manufacturing');
    const simulator = new Simulator({ scenario, lanes: 1000, seed: 1 });
    const demands: number[] = [];
    for (let month = 0; month < 100; month++) {
      simulator.step(new Float64Array(1000));
      demands.push(...simulator.demand.filter((units) => units > 0));
    }
    expect(demands.length / 100_000).toBeCloseTo(0.431, 2);
    expect(demands.reduce((sum, units) => sum + units, 0) / demands.length).toBeCloseTo(2.31, 1);
  });

  it('energy buys at a price that moves, and market sells what its index says', async () => {
    const energy = new Simulator({ scenario: (await load('energy')).scenario, lanes: 40, seed: 1 });
    energy.step(new Float64Array(40).fill(10));
    expect(new Set(energy.costs.unit).size).toBeGreaterThan(4);
    const market = new Simulator({ scenario: (await load('market')).scenario, lanes: 40, seed: 1 });
    const [low, high] = [Math.min(...market.view.indexLevels), Math.max(...market.view.indexLevels)];
    const mean = (level: number) => market.view.forecastMean(0, 0)[market.view.indexLevels.indexOf(level)];
    expect(mean(high)).toBeGreaterThan(1.5 * mean(low));
  });

  it('education learns from the first sales which term it is', async () => {
    const { scenario } = await load('education');
    const simulator = new Simulator({ scenario, lanes: 400, seed: 2 });
    const first = simulator.view.forecastMean(0, 2).slice();
    expect(new Set(first.map((mean) => Math.round(mean))).size).toBeLessThan(6);
    for (let week = 0; week < 3; week++) simulator.step(new Float64Array(400));
    const later = simulator.view.forecastMean(0, 0);
    expect(Math.max(...later)).toBeGreaterThan(2 * Math.min(...later));
  });

  it('ecommerce gets back a part of what it sells, and pays for it', async () => {
    const { scenario } = await load('ecommerce');
    const lanes = scenario.laneNames?.length ?? 1;
    const simulator = new Simulator({ scenario, lanes, seed: 1 });
    const orders = new Float64Array(simulator.network.arcs.length * lanes).fill(20);
    let [served, returned] = [0, 0];
    for (let week = 0; week < 30; week++) {
      simulator.step(orders);
      if (week < 27) served += simulator.served.reduce((sum, units) => sum + units, 0);
      if (week >= 2 && week < 29) returned += simulator.returned.reduce((sum, units) => sum + units, 0);
    }
    expect(returned / served).toBeCloseTo(0.208, 2);
  }, 60_000);
});
