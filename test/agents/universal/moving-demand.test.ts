import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemPlace } from '../../../agents/universal/item-facts.ts';
import { levelBasis } from '../../../agents/universal/quick-rule.ts';
import { FactorItem } from '../../../agents/universal/training/factor-item.ts';
import { FactorLanes } from '../../../agents/universal/training/factor-lanes.ts';
import { factorLaw } from '../../../agents/universal/training/factor-law.ts';
import { MovingDemand } from '../../../agents/universal/training/moving-demand.ts';
import { SimulatedLanes } from '../../../agents/universal/training/simulated-lanes.ts';
import {
  compileNetwork,
  createStream,
  type DemandProcessSpec,
  type Distribution,
  meanReverting,
  type Scenario,
  Simulator,
} from '../../../env/index.ts';
import { store } from '../lost-sales.ts';

const PERIODS = 60;
const AHEAD = 8;

interface Moves {
  readonly ratio: number;
  readonly amplitude: number;
  readonly season: number;
  readonly persistence: number;
  readonly deviation: number;
  readonly foreseen: boolean;
  readonly chance: number;
  readonly effect: number;
  readonly lasts: number;
  readonly knownAhead: number;
}

const moves: fc.Arbitrary<Moves> = fc.record({
  ratio: fc.double({ min: 1, max: 8, noNaN: true }),
  amplitude: fc.double({ min: 0, max: 0.9, noNaN: true }),
  season: fc.integer({ min: 2, max: 13 }),
  persistence: fc.double({ min: 0.1, max: 0.98, noNaN: true }),
  deviation: fc.double({ min: 0.05, max: 0.8, noNaN: true }),
  foreseen: fc.boolean(),
  chance: fc.constantFrom(0, 0.1, 0.4),
  effect: fc.double({ min: 1.2, max: 3, noNaN: true }),
  lasts: fc.integer({ min: 1, max: 3 }),
  knownAhead: fc.integer({ min: 0, max: 5 }),
});

/** Events that multiply a season, some periods ahead, that multiplies an index that multiplies a negative binomial demand. */
function moving(
  { ratio, amplitude, season, persistence, deviation, foreseen, chance, effect, lasts, knownAhead }: Moves,
  shift = 0,
): DemandProcessSpec {
  return {
    kind: 'events',
    knownAhead,
    random: {
      probability: chance,
      kinds: [
        { texts: ['more', 'much more'], length: lasts, multiplier: effect },
        { texts: ['less'], length: 1, multiplier: 1 / effect, weight: 2 },
      ],
    },
    base: {
      kind: 'seasonal',
      factors: Array.from({ length: season }, (_, t) => 1 + amplitude * Math.sin((2 * Math.PI * ((t + shift) % season)) / season)),
      base: {
        kind: 'index',
        elasticity: 1.5,
        foreseen,
        index: { id: 'trade', process: { ...meanReverting(persistence, deviation), start: 3 } },
        base: steady({ name: 'negative-binomial', mean: 4, variance: 4 * ratio }),
      },
    },
  };
}

const SOME: Moves = {
  ratio: 2,
  amplitude: 0.3,
  season: 7,
  persistence: 0.8,
  deviation: 0.3,
  foreseen: true,
  chance: 0.4,
  effect: 2,
  lasts: 2,
  knownAhead: 4,
};

function steady(distribution: Distribution): DemandProcessSpec {
  return { kind: 'stationary', distribution };
}

function storeOf(process: DemandProcessSpec): Scenario {
  const plain = store({ shortageCost: 9, leadTime: 3, initialStock: 0 });
  return { ...plain, demand: [{ ...plain.demand[0], process }] };
}

function itemOf(process: DemandProcessSpec): FactorItem {
  const law = factorLaw(process);
  if (law === undefined) throw new Error('expected a law');
  return new FactorItem(itemPlace(compileNetwork(storeOf(process), 1), 0, 0), law);
}

function demandOf(process: DemandProcessSpec): MovingDemand<FactorLanes> {
  const item = itemOf(process);
  return new MovingDemand((lanes) => new FactorLanes(item, lanes));
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('demand that factors multiply', () => {
  test('draws and forecasts what the simulator does, from the same numbers', () => {
    fc.assert(
      fc.property(moves, fc.integer(), (drawn, seed) => {
        const item = itemOf(moving(drawn));
        const lanes = new FactorLanes(item, 1);
        const random = createStream(Math.abs(seed), 'numbers');
        lanes.start(random);
        const simulator = new Simulator({ scenario: storeOf(moving(drawn, lanes.period)), lanes: 1 });
        const { view } = simulator;
        const { forecast } = item;
        for (let t = 0; t < PERIODS; t++) {
          // What both began with is over by then.
          const alike = t >= drawn.lasts + drawn.knownAhead;
          for (let ahead = 0; alike && ahead < AHEAD; ahead++) {
            const of = [lanes.period, ahead, lanes.index[0], lanes.known(0, ahead)] as const;
            expect(forecast.mean(...of)).toBeCloseTo(view.forecastMean(0, ahead)[0], 9);
            expect(forecast.variance(...of)).toBeCloseTo(view.forecastVariance(0, ahead)[0], 8);
          }
          const numbers = Float64Array.of(random.next(), random.next());
          simulator.step(new Float64Array(1), numbers);
          const { demands } = lanes.follow(1, (_period, row, into) => into.fill(numbers[row]));
          if (alike) expect(demands[0]).toBe(view.lastDemand[0]);
        }
        const { usualMean, usualVariance } = forecast.usual;
        expect(usualMean).toBeCloseTo(view.typicalMean[0], 9);
        expect(usualVariance).toBeCloseTo(view.typicalVariance[0], 8);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  test('measures levels by what the item is known as, also where events are to come', () => {
    fc.assert(
      fc.property(moves, fc.integer(), (drawn, seed) => {
        const demand = demandOf(moving(drawn));
        demand.begin(createStream(Math.abs(seed), 'history'));
        for (let t = 0; t < 10; t++) {
          const { needed, spread, mean, sd, natural } = levelBasis(demand.facts());
          const own = demand.basis();
          expect([own.needed, own.spread, own.mean, own.sd, own.natural]).toEqual(
            [needed, spread, mean, sd, natural].map((value) => expect.closeTo(value, 9)),
          );
          const { basis } = demand.advance(1);
          expect(basis.needed[0]).toBe(own.needed);
        }
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  test('futures begin where the history stands, and leave it there', () => {
    const demand = demandOf(moving(SOME));
    demand.begin(createStream(5, 'history'));
    demand.advance(17);
    const before = demand.basis();
    const random = createStream(6, 'futures');
    const { basis, demands } = demand.branch({
      paths: 3,
      horizon: 20,
      uniforms: (_t, _row, into) => into.set(into.map(() => random.next())),
    });
    for (let path = 0; path < 3; path++) expect(basis.needed[path * 20]).toBe(before.needed);
    expect(new Set(demands).size).toBeGreaterThan(3);
    expect(demand.basis()).toEqual(before);
  });

  test('comes to as much as when the simulator draws it, and is forecast alike', () => {
    const process = moving(SOME);
    const simulated = new MovingDemand((lanes) => new SimulatedLanes(storeOf(process), lanes));
    const [own, other] = [demandOf(process), simulated].map((demand) => {
      const { demands, basis } = demand.histories(60_000, createStream(3, 'histories'));
      return { demand: average(demands), needed: average(basis.needed), spread: average(basis.spread) };
    });
    expect(own.demand / other.demand).toBeCloseTo(1, 1.3);
    expect(own.needed / other.needed).toBeCloseTo(1, 1.3);
    expect(own.spread / other.spread).toBeCloseTo(1, 1.3);
  });

  test.each<[string, DemandProcessSpec]>([
    ['a trend', { kind: 'trend', perPeriod: 0.01, until: 50, base: steady({ name: 'poisson', mean: 5 }) }],
    [
      'an event that is listed',
      { kind: 'events', knownAhead: 1, notes: [{ text: 'more', from: 3, length: 1, multiplier: 2 }], base: moving(SOME) },
    ],
    [
      'a spread that does not follow from the factor',
      { kind: 'seasonal', factors: [1, 2], base: steady({ name: 'binomial', trials: 8, probability: 0.5 }) },
    ],
  ])('%s is left to the simulator', (_what, process) => {
    expect(factorLaw(process)).toBeUndefined();
  });
});
