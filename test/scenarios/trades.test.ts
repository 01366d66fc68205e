import { describe, expect, it } from 'vitest';
import { baselineFamily, buildBaseline, tune } from '../../agents/index.ts';
import { createObservationEncoder, type Scenario, Simulator } from '../../env/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';

const TRADES = ['grocery', 'ecommerce', 'manufacturing', 'pharmacy', 'energy', 'education', 'cash', 'warehouse', 'factory', 'market'];

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

describe.each(TRADES)('the notes of %s', (id) => {
  /** [period] notes, forecasts and demand of all stock points and lanes, over a year and more. */
  const follow = ({ scenario }: LoadedScenario) => {
    const simulator = new Simulator({ scenario, lanes: lanesOf(scenario), seed: 4 });
    const { network, lanes, view } = simulator;
    const facing = network.nodes.flatMap(({ demand }, node) => (demand < 0 ? [] : [node]));
    const nothing = new Float64Array(network.arcs.length * lanes);
    return Array.from({ length: scenario.periods ?? 80 }, () => {
      const notes = facing.flatMap((node) =>
        Array.from({ length: lanes }, (_, lane) => view.notes(node, lane).map((note) => ({ ...note, place: `${node} ${lane}` }))).flat(),
      );
      const forecast = facing.map((node) => view.forecastMean(node, 1).slice());
      simulator.step(nothing);
      return { notes, forecast, demand: simulator.demand.slice() };
    });
  };

  it('are in words, and each is shown before its demand comes', async () => {
    const told = follow(await load(id));
    const firstShown = new Map<string, { readonly period: number; readonly from: number }>();
    told.forEach(({ notes }, period) => {
      for (const { text, from, place } of notes) {
        expect(text.split(' ').length).toBeGreaterThan(2);
        const key = `${place} ${text} ${from}`;
        if (!firstShown.has(key)) firstShown.set(key, { period, from });
      }
    });
    // What a run starts amid has been told before it.
    const announced = [...firstShown.values()].filter(({ period }) => period > 0);
    expect(announced.length).toBeGreaterThan(0);
    for (const { period, from } of announced) expect(period).toBeLessThan(from);
  }, 60_000);

  it('change what forecasts say where these are asked to count them, and never the demand', async () => {
    const told = follow(await load(id));
    const untold = follow(await load(id, 'notes=false'));
    expect(untold.map(({ demand }) => demand)).toEqual(told.map(({ demand }) => demand));
    expect(untold.map(({ forecast }) => forecast)).not.toEqual(told.map(({ forecast }) => forecast));
  }, 60_000);

  it('change what one of its baselines orders, and what its learned agent sees', async () => {
    const [told, untold] = [await load(id), await load(id, 'notes=false')];
    const follow = ({ scenario, document, agentInterface }: LoadedScenario) =>
      document.baselines.map((name) => {
        const policy = buildBaseline(name, Object.fromEntries(baselineFamily(name).parameters.map((parameter) => [parameter.name, 1])));
        const simulator = new Simulator({ scenario, lanes: lanesOf(scenario), seed: 4 });
        const encoder = createObservationEncoder(simulator.view, agentInterface.observation);
        const seen = new Float32Array(encoder.space.names.length * simulator.lanes);
        return Array.from({ length: scenario.periods ?? 60 }, () => {
          const orders = new Float64Array(simulator.network.arcs.length * simulator.lanes);
          policy.order(simulator.view, orders);
          encoder.encode(simulator.view, seen);
          simulator.step(orders);
          return { orders, seen: seen.slice() };
        });
      });
    const [one, other] = [follow(told), follow(untold)];
    const differs = (what: 'orders' | 'seen') =>
      one.some((periods, k) => periods.some((period, t) => period[what].some((value, i) => value !== other[k][t][what][i])));
    expect(differs('orders')).toBe(true);
    expect(differs('seen')).toBe(true);
  }, 60_000);
});

describe('what is peculiar to a trade', () => {
  it('manufacturing asks outside recalls for what the car parts were asked for: a month in two or so nothing, mean size 2.3', async () => {
    const { scenario } = await load('manufacturing');
    const simulator = new Simulator({ scenario, lanes: 1000, seed: 1 });
    const ordinary: number[] = [];
    const recalled: number[] = [];
    for (let month = 0; month < 100; month++) {
      const under = Array.from({ length: 1000 }, (_, lane) => simulator.view.notes(0, lane).filter(({ from }) => from <= month).length);
      simulator.step(new Float64Array(1000));
      simulator.demand.forEach((units, lane) => {
        if (under[lane] === 0) ordinary.push(units);
        else if (under[lane] === 1) recalled.push(units);
      });
    }
    expect(ordinary.length).toBeGreaterThan(80_000);
    const chance = (months: readonly number[]) => months.filter((units) => units > 0).length / months.length;
    const mean = (months: readonly number[]) => months.reduce((sum, units) => sum + units, 0) / months.length;
    expect(chance(ordinary)).toBeCloseTo(0.431, 2);
    expect(mean(ordinary) / chance(ordinary)).toBeCloseTo(2.31, 1);
    expect(mean(recalled) / mean(ordinary)).toBeCloseTo(3, 1);
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
