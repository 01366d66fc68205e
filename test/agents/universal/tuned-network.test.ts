import { expect, test } from 'vitest';
import { ITEM_FEATURES, STATE_FEATURES } from '../../../agents/index.ts';
import { OUTPUTS } from '../../../agents/universal/order-scale.ts';
import { TunedNetwork } from '../../../agents/universal/training/tuned-network.ts';
import { firstParameters } from '../../../agents/universal/training/tuned-shape.ts';
import { createStream } from '../../../env/index.ts';
import { openTensors } from '../../../neural/index.ts';
import { plainTuned } from './plain-tuned.ts';

const ITEM_OF = Int32Array.of(0, 0, 1, 2, 2, 2, 0);
const ITEMS = 3;

async function example() {
  const random = createStream(3, 'example');
  const shape = { hidden: [9, 7], itemHidden: 5 } as const;
  const parameters = firstParameters(shape, random).map((weight) => 3 * weight + 0.1 * random.normal());
  const network = new TunedNetwork(await openTensors(), shape, parameters);
  const states = {
    items: ITEMS,
    itemFeatures: Float32Array.from({ length: ITEMS * ITEM_FEATURES }, () => random.normal() / 4),
    rows: ITEM_OF.length,
    stateFeatures: Float32Array.from({ length: ITEM_OF.length * STATE_FEATURES }, () => random.normal() / 4),
    itemOf: ITEM_OF,
  };
  const weights = Float32Array.from({ length: ITEM_OF.length * OUTPUTS }, () => random.normal());
  return { network, states, weights };
}

test('its outputs are those of the network written out for each state alone', async () => {
  const { network, states } = await example();
  let outputs = new Float32Array(0);
  network.gradient(states, (values) => {
    outputs = Float32Array.from(values);
  });
  ITEM_OF.forEach((item, row) => {
    const ofItem = states.itemFeatures.subarray(item * ITEM_FEATURES, (item + 1) * ITEM_FEATURES);
    const ofState = states.stateFeatures.subarray(row * STATE_FEATURES, (row + 1) * STATE_FEATURES);
    plainTuned(network.parts(), ofItem, ofState).forEach((value, k) => {
      expect(outputs[row * OUTPUTS + k]).toBeCloseTo(value, 4);
    });
  });
});

test('its gradient is what the loss changes by when a parameter does', async () => {
  const { network, states, weights } = await example();
  const loss = (): number => {
    let sum = 0;
    network.gradient(states, (outputs) => {
      outputs.forEach((value, k) => {
        sum += weights[k] * value;
      });
    });
    return sum;
  };
  const gradient = network.gradient(states, (_, byOutput) => byOutput.set(weights)).slice();
  const step = 1e-3;
  const off = Array.from(gradient.keys()).filter((k) => {
    const before = network.parameters[k];
    network.parameters[k] = before + step;
    const above = loss();
    network.parameters[k] = before - step;
    const below = loss();
    network.parameters[k] = before;
    return Math.abs((above - below) / (2 * step) - gradient[k]) > 0.02 + 0.02 * Math.abs(gradient[k]);
  });
  expect(off).toEqual([]);
  expect(gradient.filter((slope) => Math.abs(slope) > 0.1).length).toBeGreaterThan(500);
});
