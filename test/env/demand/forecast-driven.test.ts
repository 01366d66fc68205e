import { describe, expect, it } from 'vitest';
import { baselineFamily, buildBaseline, tune } from '../../../agents/index.ts';
import {
  countQuantile,
  createDemandProcess,
  createStream,
  type DemandProcessSpec,
  type ForecastPaths,
  type Scenario,
  Simulator,
  UserError,
} from '../../../env/index.ts';

/** P(Z <= z) = 0.9332 for z = 1.5 (any table of the normal distribution). */
const Z = 1.5;
const CHANCE = 0.9331927987311419;

type Forecasts = Extract<DemandProcessSpec, { readonly kind: 'forecast' }>;

/** One row and one period: three periods ahead with these means, and what else is given. */
function forecasts(means: readonly number[], more: Partial<ForecastPaths> = {}): ForecastPaths {
  const mean = Float64Array.from(means);
  return { rows: 1, span: 1, horizon: means.length, mean, variance: mean.map((m) => m + 0.2 * m * m), counts: true, ...more };
}

function shop(demand: Forecasts, leadTime = 0): Scenario {
  return {
    id: 'shop',
    title: 'a shop',
    periods: null,
    warmUp: 0,
    items: [{ id: 'item' }],
    locations: [{ id: 'shop', holdingCost: 1, shortage: { kind: 'lost', cost: 9 }, initialStock: 0 }],
    links: [{ from: 'supplier', to: 'shop', leadTime }],
    demand: [{ location: 'shop', process: demand }],
  };
}

function quantile(paths: ForecastPaths, ahead: number, z = Z): number {
  const { view } = new Simulator({ scenario: shop({ kind: 'forecast', forecasts: paths }), lanes: 1 });
  const out = new Float64Array(1);
  expect(view.coverQuantile(0, Int32Array.of(ahead), Float64Array.of(z), out)).toBe(true);
  return out[0];
}

/** Nothing happens, or 100 are asked for, each with half the chance. */
const eitherOr = {
  parts: {
    start: Int32Array.of(0, 2),
    weight: Float64Array.of(0.5, 0.5),
    mean: Float64Array.of(0, 100),
    variance: Float64Array.of(0, 100),
  },
  variance: Float64Array.of(2550),
};

describe('the quantile of what an order must last for', () => {
  it('is that of the negative binomial of one period', () => {
    expect(quantile(forecasts([20, 20, 20]), 0)).toBe(countQuantile(20, 100, CHANCE));
  });

  it('counts what periods have in common', () => {
    const alone = quantile(forecasts([20, 20, 20]), 2);
    expect(alone).toBe(countQuantile(60, 300, CHANCE));
    expect(quantile(forecasts([20, 20, 20], { common: Float64Array.of(0.1) }), 2)).toBe(countQuantile(60, 300 + 6 * 0.1 * 400, CHANCE));
  });

  it('is that of the mixture, not of one distribution around its mean', () => {
    const paths = forecasts([50], eitherOr);
    expect(quantile(paths, 0, -1)).toBe(0);
    // The upper half is Poisson with mean 100: its 0.8664 quantile.
    expect(quantile(paths, 0)).toBe(countQuantile(100, 100, 2 * CHANCE - 1));
  });

  it('of two mixtures is reached as often as it says', () => {
    const parts = {
      start: Int32Array.of(0, 2, 4),
      weight: Float64Array.of(0.7, 0.3, 0.4, 0.6),
      mean: Float64Array.of(10, 40, 5, 20),
      variance: Float64Array.of(15, 80, 5, 50),
    };
    const high = quantile(forecasts([19, 14], { parts }), 1);
    const stream = createStream(1, 'two mixtures');
    const one = (k: number) => {
      const at = stream.next() < parts.weight[k] ? k : k + 1;
      return countQuantile(parts.mean[at], parts.variance[at], stream.next());
    };
    let within = 0;
    for (let draw = 0; draw < 20_000; draw++) if (one(0) + one(2) <= high) within++;
    expect(within / 20_000).toBeGreaterThan(CHANCE - 0.006);
    expect(within / 20_000).toBeLessThan(CHANCE + 0.012);
  });

  it('is not told where mean and variance are all that is known', () => {
    const { view } = new Simulator({
      scenario: shop({ kind: 'forecast', forecasts: forecasts([20], { counts: undefined }) }),
      lanes: 1,
    });
    expect(view.coverQuantile(0, [0], [Z], new Float64Array(1))).toBe(false);
  });
});

describe('a forecast-driven base stock', () => {
  function firstOrder(paths: ForecastPaths, leadTime: number): number {
    const { view } = new Simulator({ scenario: shop({ kind: 'forecast', forecasts: paths }, leadTime), lanes: 1 });
    const orders = new Float64Array(1);
    buildBaseline('forecast', { z: Z }).order(view, orders);
    return orders[0];
  }

  it('orders up to the quantile over lead time and review', () => {
    expect(firstOrder(forecasts([20, 20, 20], { common: Float64Array.of(0.1) }), 2)).toBe(countQuantile(60, 540, CHANCE));
    expect(firstOrder(forecasts([50], eitherOr), 0)).toBe(countQuantile(100, 100, 2 * CHANCE - 1));
  });

  it('goes by mean and standard deviation where no more is known', () => {
    expect(firstOrder(forecasts([20, 20], { counts: undefined }), 1)).toBe(Math.round(40 + Z * Math.sqrt(200)));
  });

  it('is tuned with the mixture in sight', () => {
    const { parameters } = tune({
      scenario: shop({ kind: 'forecast', forecasts: forecasts([50], eitherOr) }),
      family: baselineFamily('forecast').name,
      laneSteps: 200_000,
      exactStates: 0,
    });
    // h = 1, p = 9: stock that is kept is worth its quantile at 0.9, which is 0.8 of the upper half. Nothing is written off, but next week's order is less.
    const up = quantile(forecasts([50], eitherOr), 0, Number(parameters.z));
    expect(Math.abs(up - countQuantile(100, 100, 0.8))).toBeLessThanOrEqual(2);
  });
});

describe('demand that is not as it was forecast', () => {
  const law = forecasts([80], { variance: Float64Array.of(80) });
  const process: Forecasts = { kind: 'forecast', forecasts: forecasts([20, 20]), law };

  it('comes from the law, and is expected as forecast', () => {
    const lanes = 1000;
    const simulator = new Simulator({ scenario: shop(process), lanes });
    expect(simulator.view.forecastMean(0, 0)[0]).toBe(20);
    expect(simulator.view.typicalMean[0]).toBe(80);
    simulator.step(new Float64Array(lanes));
    expect(simulator.demand.reduce((sum, units) => sum + units, 0) / lanes).toBeCloseTo(80, -1);
  });

  it('is refused where the law has another shape', () => {
    const longer = { ...law, span: 2 };
    expect(() => createDemandProcess({ ...process, law: longer }, Int32Array.of(0))).toThrow(UserError);
  });
});

describe('announced notes', () => {
  const paths = { ...forecasts([1]), rows: 2, span: 6, mean: new Float64Array(12).fill(1), variance: new Float64Array(12).fill(1) };
  const notes = [
    { text: 'parade', from: 3, length: 1, known: 2 },
    { text: 'recall of the second item', from: 1, length: 2, known: 1, rows: [1] },
  ];
  const process = createDemandProcess({ kind: 'forecast', forecasts: paths, notes }, Int32Array.of(0, 1));

  it('are known from their day until they are over, to those whom they are about', () => {
    const texts = (lane: number) => [0, 1, 2, 3, 4].map((period) => process.notes(period, lane).map(({ text }) => text));
    expect(texts(0)).toEqual([[], [], ['parade'], ['parade'], []]);
    expect(texts(1)[1]).toEqual(['recall of the second item']);
  });

  it('come round with the forecasts', () => {
    expect(process.notes(8, 0)).toEqual([{ text: 'parade', from: 9, length: 1 }]);
  });
});
