import { describe, expect, test } from 'vitest';
import type { DemandProcessSpec, Distribution } from '../../../env/index.ts';
import { createDemandProcess, meanReverting, processPhases, typicalDemand } from '../../../env/index.ts';
import { always, calibration, poisson, Walk } from './walk.ts';

const CHAIN = [
  [0.9, 0.1],
  [0.3, 0.7],
];
const markov = (known: boolean): DemandProcessSpec => ({ kind: 'markov', states: [poisson(3), poisson(15)], transition: CHAIN, known });
const gammaStates: readonly Distribution[] = [
  { name: 'gamma', mean: 4, cv: 0.4 },
  { name: 'lognormal', mean: 12, cv: 0.5 },
];
const promotions = (base: DemandProcessSpec, { listed = false, inForecast = true } = {}): DemandProcessSpec => ({
  kind: 'events',
  base,
  knownAhead: 2,
  notes: listed ? [{ text: 'Fair', from: 4, length: 2, multiplier: 3, every: 6 }] : [],
  random: {
    probability: 0.2,
    kinds: [
      { texts: ['Rain', 'Storm'], length: 1, multiplier: 0.4 },
      { texts: ['Half price'], length: 3, multiplier: 2.5, weight: 2 },
    ],
  },
  inForecast,
});
const forecasts = {
  rows: 2,
  span: 3,
  horizon: 1,
  mean: Float64Array.of(4, 8, 2, 40, 80, 20),
  variance: Float64Array.of(4, 16, 2, 90, 240, 20),
};

const PROCESSES: Readonly<Record<string, DemandProcessSpec>> = {
  'the same every period': always({ name: 'negative-binomial', mean: 6, variance: 14 }),
  'continuous demand': always({ name: 'normal', mean: 3, sd: 2 }),
  'intermittent demand': always({ name: 'intermittent', probability: 0.3, size: { name: 'geometric', mean: 4 } }),
  'a season': { kind: 'seasonal', base: always(poisson(8)), factors: [0.5, 1, 1.75, 0.75] },
  'a season of units that stay whole': { kind: 'seasonal', base: always({ name: 'uniform', low: 1, high: 9 }), factors: [0.65, 1.35] },
  'a season of a rounded distribution': {
    kind: 'seasonal',
    base: always({ name: 'gamma', mean: 4, cv: 0.5, rounded: true }),
    factors: [0.5, 1.5],
  },
  'a trend': { kind: 'trend', base: always({ name: 'gamma', mean: 10, cv: 0.4 }), perPeriod: 0.1, until: 8 },
  'a compound trend of a season': {
    kind: 'trend',
    base: { kind: 'seasonal', base: always({ name: 'geometric', mean: 5 }), factors: [1, 2] },
    perPeriod: -0.05,
    until: 20,
    compound: true,
  },
  'a known state': markov(true),
  'a hidden state': markov(false),
  'a hidden state behind continuous demand': { kind: 'markov', states: gammaStates, transition: CHAIN, known: false },
  'events that come by chance': promotions(always(poisson(10))),
  'events that forecasts leave to the notes': promotions(always(poisson(10)), { inForecast: false }),
  'events on a known state in a season': promotions({ kind: 'seasonal', base: markov(true), factors: [1, 0.5] }),
  'drawn from forecasts': { kind: 'forecast', forecasts },
  'a season of what is drawn from forecasts': { kind: 'seasonal', base: { kind: 'forecast', forecasts }, factors: [1.5, 0.8] },
};

describe.each([...Object.entries(PROCESSES), ['listed events', promotions(always(poisson(10)), { listed: true })] as const])(
  '%s',
  (_, spec) => {
    test('has forecasts whose mean and variance hold', () => {
      const { bias, spread } = calibration(spec, 0);
      expect(Math.abs(bias)).toBeLessThan(4);
      expect(Math.abs(spread)).toBeLessThan(4);
    });

    test('depends on the period, its state and its uniform numbers, and on nothing else', () => {
      const [one, other] = [new Walk(spec, { lanes: 3 }), new Walk(spec, { lanes: 3 })];
      for (let period = 0; period < 9; period++) {
        other.forecast(2);
        other.typical();
        expect([...one.step()]).toEqual([...other.step()]);
      }
    });
  },
);

describe.each(Object.entries(PROCESSES).filter(([name]) => !name.includes('from forecasts')))('%s', (_, spec) => {
  test.each([1, 3, 5])('is foreseen %d periods ahead', (ahead) => {
    const { bias, spread } = calibration(spec, ahead);
    expect(Math.abs(bias)).toBeLessThan(4);
    expect(Math.abs(spread)).toBeLessThan(4);
  });
});

describe('the long run', () => {
  test.each(['a season', 'a season of units that stay whole', 'a known state', 'a hidden state'])(
    'of %s is what demand comes to',
    (name) => {
      const walk = new Walk(PROCESSES[name], { lanes: 500 });
      const demands: number[] = [];
      for (let period = 0; period < 120; period++) demands.push(...walk.step());
      const mean = demands.reduce((sum, d) => sum + d, 0) / demands.length;
      const variance = demands.reduce((sum, d) => sum + (d - mean) ** 2, 0) / demands.length;
      expect(walk.typical().mean / mean).toBeCloseTo(1, 1.7);
      expect(walk.typical().variance / variance).toBeCloseTo(1, 1.5);
    },
  );

  test('of a Markov chain weighs the states by the time spent in them', () => {
    expect(typicalDemand(markov(true)).mean).toBeCloseTo(0.75 * 3 + 0.25 * 15, 9);
    const alternating: DemandProcessSpec = {
      kind: 'markov',
      states: [poisson(2), poisson(4)],
      transition: [
        [0, 1],
        [1, 0],
      ],
      known: true,
    };
    expect(typicalDemand(alternating).mean).toBeCloseTo(3, 9);
  });

  test('of a trend is its last level', () => {
    expect(typicalDemand(PROCESSES['a trend']).mean).toBeCloseTo(18, 9);
  });
});

describe('seasons and trends', () => {
  test('factors go round, and multiply each other where one stands on another', () => {
    const spec: DemandProcessSpec = {
      kind: 'trend',
      base: { kind: 'seasonal', base: always({ name: 'deterministic', value: 10 }), factors: [1, 2, 0.5] },
      perPeriod: 0.1,
      until: 2,
    };
    const walk = new Walk(spec);
    expect(Array.from({ length: 5 }, () => walk.step()[0])).toEqual([10, 22, 6, 12, 24]);
    expect(processPhases(spec)).toBe(3);
  });

  test('a factor per lane is one per lane', () => {
    const walk = new Walk({ kind: 'seasonal', base: always({ name: 'deterministic', value: 10 }), factors: [[1, 3]] }, { lanes: 2 });
    expect([...walk.step()]).toEqual([10, 30]);
  });

  test('forecasts look along the season from the period that it is', () => {
    const walk = new Walk({ kind: 'seasonal', base: always(poisson(10)), factors: [1, 2, 3] }, { from: 1 });
    expect([0, 1, 2].map((ahead) => walk.forecast(ahead).mean[0])).toEqual([20, 30, 10]);
    expect([0, 1, 2].map((ahead) => walk.forecast(ahead).variance[0])).toEqual([20, 30, 10]);
  });
});

describe('given demand', () => {
  test.each([
    ['repeat', [4, 8, 4, 8]],
    ['last', [4, 8, 8, 8]],
    ['nothing', [4, 8, 0, 0]],
  ] as const)('that is known in advance is followed by: %s', (after, expected) => {
    const walk = new Walk({ kind: 'list', values: [4, 8], after });
    expect([0, 1, 2, 3].map((ahead) => walk.forecast(ahead).mean[0])).toEqual(expected);
    expect(walk.forecast(1).variance[0]).toBe(0);
    expect(expected.map(() => walk.step()[0])).toEqual(expected);
  });

  test('that is replayed can be multiplied, in whole units', () => {
    const record = { rows: 1, span: 2, horizon: 1, mean: Float64Array.of(5, 5), variance: Float64Array.of(5, 5) };
    const replay: DemandProcessSpec = { kind: 'replay', values: Float64Array.of(3, 7), forecasts: record };
    const walk = new Walk({ kind: 'seasonal', base: replay, factors: [1.5] });
    expect([walk.step()[0], walk.step()[0]]).toEqual([5, 11]);
    expect(walk.forecast().mean[0]).toBe(7.5);
  });

  test('that is replayed usually is what was forecast before, not what is going to be', () => {
    const now = { rows: 1, span: 2, horizon: 1, mean: Float64Array.of(50, 90), variance: Float64Array.of(60, 99) };
    const before = { rows: 1, span: 3, horizon: 1, mean: Float64Array.of(4, 8, 3), variance: Float64Array.of(4, 16, 3) };
    const replay: DemandProcessSpec = { kind: 'replay', values: Float64Array.of(70, 80), forecasts: now, before };
    expect(typicalDemand(replay).mean).toBeCloseTo(5, 12);
    expect(typicalDemand(replay).variance).toBeCloseTo((4 + 16 + 3) / 3 + (16 + 64 + 9) / 3 - 25, 12);
    expect(typicalDemand({ ...replay, before: undefined }).mean).toBeCloseTo(70, 12);
    expect(new Walk(replay).forecast().mean[0]).toBe(50);
    expect(() => createDemandProcess({ ...replay, before: { ...before, rows: 2 } }, Int32Array.of(0))).toThrow(
      'before: 2 rows; expected those of the forecasts, 1',
    );
  });

  const BASES: Readonly<Record<string, (base: DemandProcessSpec) => DemandProcessSpec>> = {
    nothing: (base) => base,
    'a season': (base) => ({ kind: 'seasonal', base, factors: [1, 2] }),
    'a trend': (base) => ({ kind: 'trend', base, perPeriod: 0.1, until: 4 }),
    'an index': (base) => ({ kind: 'index', base, index: { id: 'trade', process: meanReverting(0.9, 0.2) }, elasticity: 1 }),
    events: (base) => promotions(base),
  };
  test.each(Object.keys(BASES))('that is replayed says under %s whether what is usual is known from the past alone', (around) => {
    const replay: DemandProcessSpec = { kind: 'replay', values: Float64Array.of(3, 7, 5, 2, 9, 4), forecasts };
    const isPast = (spec: DemandProcessSpec) => createDemandProcess(BASES[around](spec), Int32Array.of(0)).typicalIsPast ?? false;
    expect(isPast(replay)).toBe(false);
    expect(isPast({ ...replay, before: forecasts })).toBe(true);
  });
});

describe('a hidden state', () => {
  test('is told from demand by Bayes and the chain', () => {
    const walk = new Walk(markov(false));
    const probability = (mean: number, k: number) =>
      Math.exp(k * Math.log(mean) - mean - Array.from({ length: k }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0));
    let calm = 0.75;
    for (let period = 0; period < 6; period++) {
      expect(walk.forecast().mean[0]).toBeCloseTo(calm * 3 + (1 - calm) * 15, 9);
      const seen = walk.step()[0];
      const posterior = (calm * probability(3, seen)) / (calm * probability(3, seen) + (1 - calm) * probability(15, seen));
      calm = posterior * 0.9 + (1 - posterior) * 0.3;
    }
  });

  test('that is known starts where it is said to', () => {
    const walk = new Walk({ kind: 'markov', states: [poisson(3), poisson(15)], transition: CHAIN, known: true, start: 1 }, { lanes: 20 });
    expect([...walk.forecast().mean]).toEqual(new Array(20).fill(15));
    expect(walk.forecast(1).mean[0]).toBeCloseTo(0.3 * 3 + 0.7 * 15, 12);
  });
});

describe('a process that is none is refused by its field and value', () => {
  const base = always(poisson(5));
  test.each<[string, DemandProcessSpec, RegExp]>([
    ['factors below 0', { kind: 'seasonal', base, factors: [1, -0.5] }, /^demand\.2\.factors\.1: -0\.5; expected a number of 0 or more/],
    ['no factors', { kind: 'seasonal', base, factors: [] }, /^demand\.2\.factors: an empty list/],
    ['a trend below 0', { kind: 'trend', base, perPeriod: -0.2, until: 10 }, /^demand\.2\.perPeriod: -0\.2; expected at least -0\.1/],
    ['half a period', { kind: 'trend', base, perPeriod: 0.2, until: 1.5 }, /^demand\.2\.until: 1\.5; expected a whole number of periods/],
    [
      'a row that sums to 0.9',
      { kind: 'markov', states: [poisson(1)], transition: [[0.9]], known: true },
      /^demand\.2\.transition\.0: 0\.9; expected probabilities that sum to 1, not 0\.9/,
    ],
    [
      'a matrix of another size',
      { kind: 'markov', states: [poisson(1), poisson(2)], transition: [[1]], known: true },
      /^demand\.2\.transition: 1 numbers in its rows; expected 2 rows of 2/,
    ],
    [
      'a state that is none',
      { kind: 'markov', states: [poisson(1), poisson(-2)], transition: CHAIN, known: true },
      /^demand\.2\.states\.1\.mean: -2; expected a number of 0 or more/,
    ],
    ['no events', { kind: 'events', base, knownAhead: 1 }, /^demand\.2: no events; expected notes, or random ones/],
    [
      'an event of no length',
      { kind: 'events', base, knownAhead: 1, notes: [{ text: 'Fair', from: 2, length: 0, multiplier: 2 }] },
      /^demand\.2\.notes\.0\.length: 0; expected a whole number of periods, 1 or more/,
    ],
    [
      'a chance above 1',
      { kind: 'events', base, knownAhead: 0, random: { probability: 2, kinds: [{ texts: ['Rain'], length: 1, multiplier: 2 }] } },
      /^demand\.2\.random\.probability: 2; expected a probability from 0 to 1/,
    ],
    ['a negative demand', { kind: 'list', values: [3, -1], after: 'last' }, /^demand\.2\.values\.1: -1; expected a number of 0 or more/],
  ])('%s', (_, spec, message) => {
    expect(() => createDemandProcess(spec, Int32Array.of(0), 'demand.2')).toThrow(message);
  });
});
