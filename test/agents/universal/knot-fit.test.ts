import { expect, test } from 'vitest';
import { type FamilyTries, type FitConfig, fitKnots, ITEM_FEATURES, MOST_TRIED, STATE_FEATURES } from '../../../agents/index.ts';
import { createStream } from '../../../env/index.ts';
import { openTensors } from '../../../neural/index.ts';
import { plainTuned } from './plain-tuned.ts';

const ROWS = 600;
const STATES = 4;
const PLACES = [10, 12, 14];
/** [money] that the last of three orders is cheaper by on average, and how far what came of it was from that. */
const CHEAPER = 0.4;
const DOUBT = 3;

/** Three orders in states of items that are alike, costs so noisy that in each state any of them may seem best. */
function doubtfulTries(): FamilyTries {
  const random = createStream(5, 'doubtful tries');
  const places = new Float32Array(ROWS * MOST_TRIED).fill(Number.NaN);
  const costs = new Float32Array(ROWS * MOST_TRIED).fill(Number.NaN);
  for (let row = 0; row < ROWS; row++)
    PLACES.forEach((place, k) => {
      places[row * MOST_TRIED + k] = place;
      costs[row * MOST_TRIED + k] = 20 + DOUBT * random.normal() - (k === PLACES.length - 1 ? CHEAPER : 0);
    });
  return {
    entries: Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / STATES)),
    itemFeatures: new Float32Array((ROWS / STATES) * ITEM_FEATURES).fill(0.5),
    stateFeatures: Float32Array.from({ length: ROWS * STATE_FEATURES }, () => random.normal()),
    places,
    costs,
    noise: new Float64Array(ROWS).fill(50 * DOUBT),
    period: new Float64Array(ROWS).fill(1),
  };
}

async function shareOfCheapest(regret: number): Promise<number> {
  const tries = doubtfulTries();
  const config: FitConfig = { hidden: [8, 8], itemHidden: 4, epochs: 60, minibatch: 100, learningRate: 0.01, sharpness: 2, regret };
  const { divergence, ...parts } = await fitKnots({ tensors: await openTensors(), tries, config, seed: 1 });
  expect(divergence).toBeGreaterThanOrEqual(0);
  const values = plainTuned(parts, new Float32Array(ITEM_FEATURES).fill(0.5), new Float32Array(STATE_FEATURES));
  const weights = PLACES.map((place) => Math.exp(values[place]));
  return weights[PLACES.length - 1] / weights.reduce((sum, weight) => sum + weight, 0);
}

test('where single states leave in doubt which order is cheapest, many of them say it', async () => {
  expect(await shareOfCheapest(0)).toBeCloseTo(1 / 3, 1);
  expect(await shareOfCheapest(20)).toBeGreaterThan(0.9);
});
