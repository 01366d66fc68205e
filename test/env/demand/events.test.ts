import { describe, expect, test } from 'vitest';
import { type DemandProcessSpec, type Scenario, Simulator, typicalDemand } from '../../../env/index.ts';
import { shop } from '../shop.ts';
import { always, poisson, Walk } from './walk.ts';

const steady = always({ name: 'deterministic', value: 10 });
const fair: DemandProcessSpec = {
  kind: 'events',
  base: steady,
  knownAhead: 2,
  notes: [{ text: 'Summer fair', from: 3, length: 2, multiplier: 3 }],
};
const weather: DemandProcessSpec = {
  kind: 'events',
  base: always(poisson(10)),
  knownAhead: 3,
  random: {
    probability: 0.3,
    kinds: [
      { texts: ['Rain', 'Storm'], length: 1, multiplier: 0 },
      { texts: ['Heat wave'], length: 3, multiplier: 3 },
    ],
  },
};
const facing = (process: DemandProcessSpec): Scenario => ({ ...shop({}), demand: [{ location: 'shop', process }] });

describe('listed events', () => {
  test('multiply the demand of their periods', () => {
    const walk = new Walk(fair);
    expect(Array.from({ length: 6 }, () => walk.step()[0])).toEqual([10, 10, 10, 30, 30, 10]);
  });

  test('are foreseen from when they are announced, and not before', () => {
    const walk = new Walk(fair);
    expect([2, 3, 4].map((ahead) => walk.forecast(ahead).mean[0])).toEqual([10, 10, 10]);
    walk.step();
    expect([1, 2, 3, 4].map((ahead) => walk.forecast(ahead).mean[0])).toEqual([10, 30, 30, 10]);
  });

  test('are announced in their words until they are over', () => {
    const simulator = new Simulator({ scenario: facing(fair), lanes: 1 });
    const seen: string[] = [];
    for (let period = 0; period < 6; period++) {
      seen.push(
        simulator.view
          .notes(0, 0)
          .map(({ text, from, length }) => `${text} ${from}+${length}`)
          .join(),
      );
      simulator.step(new Float64Array(1));
    }
    expect(seen).toEqual(['', 'Summer fair 3+2', 'Summer fair 3+2', 'Summer fair 3+2', 'Summer fair 3+2', '']);
  });

  test('that come again do so, and count in the long run by the part of time that they take', () => {
    const yearly: DemandProcessSpec = { ...fair, notes: [{ text: 'Fair', from: 1, length: 1, multiplier: 2, every: 4 }] };
    const walk = new Walk(yearly);
    expect(Array.from({ length: 7 }, () => walk.step()[0])).toEqual([10, 20, 10, 10, 10, 20, 10]);
    expect(walk.process.notes(7, 0).map(({ from }) => from)).toEqual([9]);
    expect(typicalDemand(yearly).mean).toBeCloseTo(12.5, 9);
  });

  test('can be left to the notes: then forecasts do not count them', () => {
    const walk = new Walk({ ...fair, inForecast: false }, { from: 3 });
    expect(walk.forecast().mean[0]).toBe(10);
    expect(walk.step()[0]).toBe(30);
  });
});

describe('events that come by chance', () => {
  test('are announced when they will come: what is announced is what happens', () => {
    const walk = new Walk(weather, { lanes: 200 });
    let rains = 0;
    for (let period = 0; period < 20; period++) {
      const announced = Array.from({ length: 200 }, (_, lane) => walk.process.notes(period, lane));
      const demand = walk.step();
      announced.forEach((notes, lane) => {
        const raining = notes.some(({ text, from }) => from === period && /Rain|Storm/.test(text));
        if (raining) rains++;
        if (raining) expect(demand[lane]).toBe(0);
        for (const { from, length } of notes) expect([from + length > period, from <= period + 3]).toEqual([true, true]);
      });
    }
    expect(rains / (200 * 20)).toBeCloseTo(0.3 / 2, 1.5);
  });

  test('stay announced in the same words until they are over', () => {
    const walk = new Walk(weather, { lanes: 50 });
    for (let period = 0; period < 10; period++) {
      const before = Array.from({ length: 50 }, (_, lane) => walk.process.notes(period, lane));
      walk.step();
      before.forEach((notes, lane) => {
        const lasting = notes.filter(({ from, length }) => from + length > period + 1);
        expect(walk.process.notes(period + 1, lane).slice(0, lasting.length)).toEqual(lasting);
      });
    }
  });

  test('use every wording', () => {
    const walk = new Walk(weather, { lanes: 300 });
    const texts = Array.from({ length: 300 }, (_, lane) => walk.process.notes(0, lane)).flat();
    expect([...new Set(texts.map(({ text }) => text))].sort()).toEqual(['Heat wave', 'Rain', 'Storm']);
  });
});

describe.each([
  ['events', weather],
  [
    'a hidden state',
    {
      kind: 'markov',
      states: [poisson(2), poisson(20)],
      transition: [
        [0.8, 0.2],
        [0.4, 0.6],
      ],
      known: false,
    },
  ],
] as const)('the state of %s', (_, process) => {
  const options = { scenario: facing(process), lanes: 6, seed: 5 };
  const orders = new Float64Array(6).fill(8);
  const read = ({ demand, view }: Simulator) => [
    ...demand,
    ...view.forecastMean(0, 0),
    ...view.forecastMean(0, 4),
    ...Array.from({ length: 6 }, (_, lane) => view.notes(0, lane).length),
  ];
  const goOn = (simulator: Simulator) =>
    Array.from({ length: 8 }, () => {
      simulator.step(orders);
      return read(simulator);
    });

  test('is saved and restored with the lane', () => {
    const simulator = new Simulator(options);
    for (let period = 0; period < 7; period++) simulator.step(orders);
    const saved = simulator.save();
    const expected = goOn(simulator);
    const restored = new Simulator({ ...options, seed: 99 });
    restored.restore(saved);
    expect(goOn(restored)).toEqual(expected);
  });

  test('is copied with the lane', () => {
    const simulator = new Simulator(options);
    for (let period = 0; period < 7; period++) simulator.step(orders);
    const copy = new Simulator({ ...options, seed: 99 });
    copy.copyLanes(simulator, Int32Array.of(3, 3, 0, 1, 2, 5));
    simulator.step(orders);
    copy.step(orders);
    expect([...copy.demand]).toEqual([3, 3, 0, 1, 2, 5].map((lane) => simulator.demand[lane]));
  });

  test('is the same in a lane of many and in a simulator of its own', () => {
    const many = new Simulator(options);
    const alone = new Simulator({ ...options, lanes: 1, seed: 5 + 4 });
    for (let period = 0; period < 10; period++) {
      many.step(orders);
      alone.step(orders.subarray(0, 1));
      expect(alone.demand[0]).toBe(many.demand[4]);
      expect(alone.view.forecastMean(0, 2)[0]).toBe(many.view.forecastMean(0, 2)[4]);
    }
  });

  test('does not depend on what is ordered', () => {
    const [some, none] = [new Simulator(options), new Simulator(options)];
    for (let period = 0; period < 10; period++) {
      some.step(orders);
      none.step(new Float64Array(6));
      expect([...some.demand]).toEqual([...none.demand]);
    }
  });
});
