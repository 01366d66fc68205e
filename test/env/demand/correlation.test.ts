import { describe, expect, test } from 'vitest';
import { type DemandCorrelation, type Scenario, Simulator } from '../../../env/index.ts';

const PLACES = ['north', 'south', 'west'];

function shops(demandCorrelation?: DemandCorrelation): Scenario {
  const distribution = { name: 'normal', mean: 100, sd: 10 } as const;
  return {
    id: 'shops',
    title: 'Three shops',
    periods: null,
    warmUp: 0,
    items: [{ id: 'item' }],
    locations: PLACES.map((id) => ({ id, holdingCost: 1, shortage: { kind: 'lost', cost: 4 }, initialStock: 0 })),
    links: PLACES.map((to) => ({ from: 'supplier', to, leadTime: 0 })),
    demand: PLACES.map((location) => ({ location, process: { kind: 'stationary', distribution } })),
    demandCorrelation,
  };
}

/** [place] demands of many lanes and periods. */
function draw(scenario: Scenario, lanes = 2000, periods = 10): number[][] {
  const simulator = new Simulator({ scenario, lanes, seed: 3 });
  const seen: number[][] = PLACES.map(() => []);
  for (let period = 0; period < periods; period++) {
    simulator.step(new Float64Array(PLACES.length * lanes));
    seen.forEach((row, n) => {
      row.push(...simulator.demand.subarray(n * lanes, (n + 1) * lanes));
    });
  }
  return seen;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    mean(x.map((value, k) => (value - mx) * (y[k] - my)));
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

describe('demands that go together', () => {
  const matrix = [
    [1, 0.8, -0.3],
    [0.8, 1, 0],
    [-0.3, 0, 1],
  ];

  test('have the correlations that are given', () => {
    const [north, south, west] = draw(shops(matrix));
    expect(correlation(north, south)).toBeCloseTo(0.8, 1.7);
    expect(correlation(north, west)).toBeCloseTo(-0.3, 1.7);
    expect(correlation(south, west)).toBeCloseTo(0, 1.7);
  });

  test('have the same between any two where one number is given, and none where none is', () => {
    const together = draw(shops(0.5));
    const apart = draw(shops());
    expect(correlation(together[0], together[2])).toBeCloseTo(0.5, 1.7);
    expect(correlation(apart[0], apart[2])).toBeCloseTo(0, 1.7);
  });

  test('follow one factor as each is said to', () => {
    const [north, south, west] = draw(shops([0.9, 0.8, -0.5]));
    expect(correlation(north, south)).toBeCloseTo(0.72, 1.7);
    expect(correlation(south, west)).toBeCloseTo(-0.4, 1.7);
  });

  test('each keep their own distribution', () => {
    for (const demands of draw(shops(matrix))) {
      expect(mean(demands)).toBeCloseTo(100, 0);
      expect(Math.sqrt(mean(demands.map((d) => (d - 100) ** 2)))).toBeCloseTo(10, 0);
    }
  });

  test('can be one and the same', () => {
    const [north, south] = draw(shops(1), 20, 5);
    north.forEach((demand, k) => {
      expect(south[k]).toBeCloseTo(demand, 5);
    });
  });

  test('follow given uniform numbers, which stay as they are', () => {
    const uniforms = Float64Array.of(0.5, 0.5, 0.5);
    const simulator = new Simulator({ scenario: shops(matrix), lanes: 1 });
    simulator.step(new Float64Array(3), uniforms);
    for (const demand of simulator.demand) expect(demand).toBeCloseTo(100, 9);
    expect([...uniforms]).toEqual([0.5, 0.5, 0.5]);
  });

  test.each<[string, DemandCorrelation, RegExp]>([
    [
      'a matrix of another size',
      [
        [1, 0],
        [0, 1],
      ],
      /^demandCorrelation: rows of 2, 2 numbers; expected 3 rows of 3/,
    ],
    [
      'no ones on the diagonal',
      [
        [2, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      /^demandCorrelation\.0\.0: 2; expected 1 on the diagonal/,
    ],
    [
      'two sides that differ',
      [
        [1, 0.5, 0],
        [0.4, 1, 0],
        [0, 0, 1],
      ],
      /^demandCorrelation\.0\.1: 0\.5; expected the same as demandCorrelation\.1\.0, 0\.4/,
    ],
    [
      'what no three demands can have',
      [
        [1, 0.9, -0.9],
        [0.9, 1, 0.9],
        [-0.9, 0.9, 1],
      ],
      /expected a correlation matrix .*move the correlations towards 0/,
    ],
    ['too few factors', [0.5, 0.5], /^demandCorrelation: 2 numbers; expected 3, one for each demand/],
    ['one number too low for three', -0.9, /expected a correlation matrix/],
  ])('%s is refused', (_, wrong, message) => {
    expect(() => new Simulator({ scenario: shops(wrong), lanes: 1 })).toThrow(message);
  });
});
