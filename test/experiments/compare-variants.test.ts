import { describe, expect, it } from 'vitest';
import { compare, compareVariants, readVary } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const small = { periods: 200, lanes: 16, seed: 3 };
const load = (set: readonly string[]) => loadScenario('lost-sales', { set });
const policies = ['base-stock:S=12', 'constant:r=5'];

describe('variants of a scenario', () => {
  it('are compared as they would be one by one, on the same random numbers', async () => {
    const { results, variants, lanes, periods } = await compareVariants({
      vary: [readVary('shortageCost=4,19')],
      load,
      policies,
      ...small,
    });
    expect({ lanes, periods }).toEqual({ lanes: 16, periods: 200 });
    expect(variants.map(({ settings }) => settings)).toEqual([{ shortageCost: '4' }, { shortageCost: '19' }]);
    expect(results.map(({ policy }) => policy)).toEqual([
      'base-stock, shortageCost=4',
      'constant, shortageCost=4',
      'base-stock, shortageCost=19',
      'constant, shortageCost=19',
    ]);
    const alone = await compare({ loaded: await load(['shortageCost=19']), policies, ...small });
    expect(results.slice(2).map(({ costPerPeriod, ci95 }) => [costPerPeriod, ci95])).toEqual(
      alone.results.map(({ costPerPeriod, ci95 }) => [costPerPeriod, ci95]),
    );
  });

  it('differ from the first by what the same policy costs more, lane by lane', async () => {
    const { results, differences } = await compareVariants({ vary: [readVary('shortageCost=4,19')], load, policies, ...small });
    expect(differences.map(({ policy, reference }) => [policy, reference])).toEqual([
      ['base-stock, shortageCost=19', 'base-stock, shortageCost=4'],
      ['constant, shortageCost=19', 'constant, shortageCost=4'],
    ]);
    expect(differences[0].mean).toBeCloseTo(results[2].costPerPeriod - results[0].costPerPeriod, 10);
    // The same demand is lost at another price: the holding costs cancel, and with them their share of chance.
    expect(results[2].costs.holding).toBe(results[0].costs.holding);
    const half = (ci95: readonly [number, number] | null) => (ci95 === null ? Number.NaN : ci95[1] - ci95[0]);
    expect(half(differences[0].ci95)).toBeLessThan(half(results[2].ci95) + half(results[0].ci95));
  });

  it('make a grid where several things vary', async () => {
    const vary = ['leadTime=1..3', 'shortageCost=4,9'].map(readVary);
    const { variants } = await compareVariants({ vary, load, policies: ['constant:r=5'], ...small });
    expect(variants.map(({ settings }) => Object.values(settings).join(' '))).toEqual(['1 4', '1 9', '2 4', '2 9', '3 4', '3 9']);
  });

  it.each([
    ['leadTime', /--vary leadTime: expected name=value,value or name=first..last/],
    ['leadTime=', /expected name=value/],
    ['leadTime=4..1', /expected name=value/],
    ['leadTime=1,,2', /expected name=value/],
    ['leadTime=1,2,1', /1 is given twice/],
  ])('%s is refused', (given, message) => {
    expect(() => readVary(given)).toThrow(message);
  });

  it('of nothing are refused, and far too many', async () => {
    await expect(compareVariants({ vary: [], load })).rejects.toThrow(/nothing to vary/);
    await expect(compareVariants({ vary: [readVary('leadTime=0..5000')], load })).rejects.toThrow(/at most 1000/);
  });
});
