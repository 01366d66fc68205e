import { describe, expect, test } from 'vitest';
import { outsideReason, universal } from '../../../agents/index.ts';
import { type DemandProcessSpec, type Scenario, Simulator } from '../../../env/index.ts';
import { store } from '../../agents/lost-sales.ts';
import { ANY, madeNetwork } from './made-network.ts';

const policy = universal({ networks: [madeNetwork({ bounds: ANY })], force: true });
const one = store({ shortageCost: 9, leadTime: 2, fixedCost: 20 });

function facing(process: DemandProcessSpec, { batch }: { readonly batch?: number } = {}): Scenario {
  return { ...one, links: [{ ...one.links[0], batch }], demand: [{ location: 'shop', process }] };
}

/** What the network holds of each order in the first period. */
function chances(process: DemandProcessSpec) {
  const { view } = new Simulator({ scenario: facing(process), lanes: 1 });
  return policy.explain?.(view, 0).choices?.flatMap(({ options }) => options);
}

function forecasts(mean: number, span: number, ratio = 4) {
  const cells = 3 * span;
  return { rows: 1, span, horizon: 3, mean: new Float64Array(cells).fill(mean), variance: new Float64Array(cells).fill(ratio * mean) };
}

/** Forecasts of `now` where `usual` was forecast before. */
function grownFrom(usual: number, now: number, ratio?: number): DemandProcessSpec {
  const values = new Float64Array(6).fill(now);
  return { kind: 'replay', values, forecasts: forecasts(now, 6, ratio), before: forecasts(usual, 9, ratio) };
}

describe('what an item usually sells', () => {
  test('is believed up to twice, and down to half, of what is forecast by now, where it is known from the past alone', () => {
    expect(chances(grownFrom(0.5, 12))).toEqual(chances(grownFrom(5, 12)));
    expect(chances(grownFrom(20, 5))).toEqual(chances(grownFrom(12, 5)));
    expect(chances(grownFrom(5, 12))).not.toEqual(chances(grownFrom(12, 12)));
    expect(chances(grownFrom(12, 5))).not.toEqual(chances(grownFrom(5, 5)));
  });

  test('is believed however far from that where the process is like that in the long run', () => {
    const season = (peak: number): DemandProcessSpec => ({
      kind: 'seasonal',
      base: { kind: 'stationary', distribution: { name: 'negative-binomial', mean: 3, variance: 12 } },
      factors: [...new Array<number>(14).fill(1), peak],
    });
    expect(chances(season(30))).not.toEqual(chances(season(60)));
  });

  test('says no more which units a new item is ordered in that sells much', () => {
    expect(chances(grownFrom(1, 200))).toEqual(chances(grownFrom(90, 200)));
  });

  test('says whose item it is, whatever is forecast in the period in which it is first looked at', () => {
    const verdicts = (usual: number, ratio: number, batch?: number, bounds = ANY) =>
      [2, 5, 20, 70, 240].map((now) => outsideReason(facing(grownFrom(usual, now, ratio), { batch }), [madeNetwork({ bounds })])?.reason);
    const none = new Array<undefined>(5).fill(undefined);
    expect(verdicts(5, 4)).toEqual(none);
    expect(verdicts(5, 1)).toEqual(none);
    expect(verdicts(50, 4)).toEqual(none);
    const plain = verdicts(5, 4, 10, { ...ANY, lot: [0, 0] });
    expect(plain[0]).toMatch(/batch over mean demand 2; expected 0/);
    expect(new Set(plain).size).toBe(1);
    const slow = verdicts(5, 4, undefined, { ...ANY, mean: [6, 40], cycle: [0, 1] });
    expect(slow[0]).toMatch(/periods of demand in an order/);
    expect(new Set(slow).size).toBe(1);
  });
});
