import { describe, expect, it } from 'vitest';
import { evaluateExact, tune } from '../../../agents/index.ts';
import { type ForecastPaths, type Scenario, UserError } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';

const small = { laneSteps: 200_000 };

describe('tuning a single store', () => {
  const scenario = store({ shortageCost: 4, leadTime: 1 });

  it('finds the published best parameters and their exact cost', () => {
    expect(tune({ scenario, family: 'base-stock', ...small })).toMatchObject({ parameters: { S: 12 }, how: 'exact', standardError: 0 });
    expect(tune({ scenario, family: 'capped-base-stock', ...small })).toMatchObject({ parameters: { S: 12, r: 6 }, how: 'exact' });
    expect(tune({ scenario, family: 'base-stock', ...small }).costPerPeriod).toBeCloseTo(4.1628, 4);
  });

  it('gives by simulation alone a cost whose interval holds the exact one', () => {
    const { policy, costPerPeriod, standardError, how } = tune({ scenario, family: 'capped-base-stock', exactStates: 0 });
    expect(how).toBe('simulation search');
    const exact = evaluateExact(scenario, policy).costPerPeriod;
    expect(Math.abs(costPerPeriod - exact)).toBeLessThan(2.4 * standardError);
    expect(exact).toBeLessThan(4.0654 * 1.01);
  });

  /** Orders 4 a period against Poisson 5: loses 1 a period at 4 each and holds 1.2748 (stationary distribution of stock, truncated at 300). */
  it('finds the best constant order', () => {
    const { parameters, costPerPeriod, standardError } = tune({ scenario: store({ shortageCost: 4, leadTime: 4 }), family: 'constant' });
    expect(parameters.r).toBe(4);
    expect(Math.abs(costPerPeriod - 5.2748)).toBeLessThan(3 * standardError);
  });

  it('finds the same when run again with the same seed', () => {
    const options = { scenario, family: 's-nQ', exactStates: 0, seed: 7, ...small };
    const [a, b] = [tune(options), tune(options)];
    expect([a.parameters, a.costPerPeriod, a.standardError]).toEqual([b.parameters, b.costPerPeriod, b.standardError]);
  });

  it('balances a fixed cost', () => {
    const dear = store({ holdingCost: 1, shortageCost: 9, fixedCost: 64, kind: 'backlog', demand: { name: 'poisson', mean: 10 } });
    const { parameters, costPerPeriod } = tune({ scenario: dear, family: 's-S', ...small });
    expect(parameters).toEqual({ s: 6, S: 40 });
    expect(costPerPeriod).toBeCloseTo(35.022, 3);
  });
});

describe('tuning a catalogue', () => {
  /** Two items, the second with ten times the demand and dearer shortages. */
  const catalogue: Scenario = {
    ...store({ shortageCost: 4, leadTime: 1 }),
    laneNames: [{ id: 'slow' }, { id: 'fast' }],
    locations: [{ id: 'shop', holdingCost: 1, shortage: { kind: 'lost', cost: [4, 19] }, initialStock: 0 }],
    demand: [{ location: 'shop', process: { kind: 'stationary', distribution: { name: 'poisson', mean: [5, 50] } } }],
  };

  it('finds each item its own parameters', () => {
    const { parameters, how } = tune({ scenario: catalogue, family: 'base-stock', laneSteps: 2_000_000 });
    expect(how).toBe('simulation search');
    const [slow, fast] = Array.from(parameters.S as ArrayLike<number>);
    expect(slow).toBe(12);
    const alone = store({ shortageCost: 19, leadTime: 1, demand: { name: 'poisson', mean: 50 } });
    const best = tune({ scenario: alone, family: 'base-stock', ...small });
    expect(Math.abs(fast - Number(best.parameters.S))).toBeLessThanOrEqual(3);
  });

  it('tunes on demand that forecasts drive, and the forecast-driven policy then beats plain base stock', () => {
    const swinging: Scenario = {
      ...catalogue,
      demand: [{ location: 'shop', process: { kind: 'forecast', forecasts: swings() } }],
    };
    const forecast = tune({ scenario: swinging, family: 'forecast', ...small });
    const plain = tune({ scenario: swinging, family: 'base-stock', ...small });
    expect(Array.from(forecast.parameters.z as ArrayLike<number>)).toHaveLength(2);
    expect(forecast.costPerPeriod).toBeLessThan(0.8 * plain.costPerPeriod);
  });

  /** A mean that is 2 for ten periods and 30 for ten, known ahead. */
  function swings(): ForecastPaths {
    const [rows, span, horizon] = [2, 20, 3];
    const mean = new Float64Array(rows * span * horizon);
    for (let i = 0; i < mean.length; i++) mean[i] = (Math.floor(i / horizon) + (i % horizon)) % 20 < 10 ? 2 : 30;
    return { rows, span, horizon, mean, variance: mean };
  }
});

describe('tuning refuses and stops', () => {
  it('an unknown family, and one that does not fit', () => {
    expect(() => tune({ scenario: store({ shortageCost: 4 }), family: 'best' })).toThrow(UserError);
    expect(() => tune({ scenario: store({ shortageCost: 4, kind: 'backlog' }), family: 'myopic' })).toThrow(/made for lost sales/);
  });

  it('when its signal is raised', () => {
    const signal = AbortSignal.abort(new Error('enough'));
    expect(() => tune({ scenario: store({ shortageCost: 4 }), family: 's-S', signal })).toThrow('enough');
  });
});
