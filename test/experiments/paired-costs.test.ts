import { describe, expect, it } from 'vitest';
import { baseStock, forecastBaseStock } from '../../agents/index.ts';
import { pairedCosts } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const { scenario: told } = await loadScenario('grocery');
const { scenario: untold } = await loadScenario('grocery', { set: ['notes=false'] });
const size = { lanes: 16, periods: 100, seed: 3 };

describe('paired costs', () => {
  it('meet the same demand in scenarios that differ in what is known of it: who does not look costs the same, to the cent', () => {
    const policy = baseStock({ S: 45 });
    const { trial, reference, difference } = pairedCosts({
      trial: { scenario: untold, policy },
      reference: { scenario: told, policy },
      ...size,
    });
    expect(difference).toMatchObject({ mean: 0, ci95: [0, 0] });
    expect(trial).toEqual(reference);
  });

  it('show with an interval what being told saves who orders by the forecast', () => {
    const policy = forecastBaseStock({ z: 0.4 });
    const { trial, reference, difference } = pairedCosts({
      trial: { scenario: untold, policy },
      reference: { scenario: told, policy },
      ...size,
    });
    expect(difference.mean).toBeCloseTo(trial.mean - reference.mean, 9);
    expect(difference.ci95?.[0]).toBeGreaterThan(0);
  });
});
