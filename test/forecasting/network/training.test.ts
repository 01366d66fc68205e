import { describe, expect, test } from 'vitest';
import { createStream } from '../../../env/index.ts';
import { createSalesNetwork, LOSSES, type LossName, type NetworkTraining, trainNetwork } from '../../../forecasting/index.ts';

/** Sales of items of which half sell three times what the other half do, which only their texts tell. */
function madeUpRows() {
  const stream = createStream(5, 'rows');
  const texts = Array.from({ length: 40 }, (_, i) => Float32Array.from([i % 2 ? 1 : -1, 0.1 * stream.normal(), 0.1 * stream.normal()]));
  const item = Int32Array.from({ length: 800 }, (_, row) => row % 40);
  const y = Float64Array.from(item, (i) => Math.floor(-(i % 2 ? 12 : 4) * Math.log(1 - stream.next())));
  const rows = { x: Float64Array.from(item, () => stream.normal()), offset: new Float64Array(800).fill(Math.log(7)), y, item };
  return { rows, texts, learn: Int32Array.from({ length: 600 }, (_, k) => k), check: Int32Array.from({ length: 200 }, (_, k) => 600 + k) };
}

function trained(loss: LossName, options: Partial<NetworkTraining> = {}) {
  const { rows, texts, learn, check } = madeUpRows();
  const read = options.texts === undefined ? texts : options.texts;
  const shape = { features: 1, text: read ? 3 : 0, rank: read ? 2 : 0, hidden: 6, outputs: LOSSES[loss].outputs };
  const network = createSalesNetwork(shape, 2);
  const result = trainNetwork(network, rows, { loss, texts: read, learn, check, ...options });
  return { network, result };
}

describe.each(['squared', 'negative-binomial', 'pinball', 'cross-entropy'] as const)('%s', (loss) => {
  test('is lower on later rows after training than before it', () => {
    expect(trained(loss).result.loss).toBeLessThan(trained(loss, { epochs: 0 }).result.loss);
  });

  test('trained twice is the same', () => {
    expect(trained(loss).network.parameters).toEqual(trained(loss).network.parameters);
  });
});

test('what only texts tell is learned from them', () => {
  expect(trained('negative-binomial').result.loss).toBeLessThan(trained('negative-binomial', { texts: null }).result.loss - 0.1);
});

test('stochastic gradient descent learns as well', () => {
  const sgd = { kind: 'sgd', learningRate: 0.02 } as const;
  expect(trained('negative-binomial', { optimiser: sgd }).result.loss).toBeLessThan(
    trained('negative-binomial', { epochs: 0 }).result.loss - 0.1,
  );
});

test('the parameters that forecast the later rows best are kept, not the last ones', () => {
  const wild = trained('squared', { optimiser: { kind: 'sgd', learningRate: 3 } });
  expect(wild.result.bestEpoch).toBeLessThan(wild.result.epochs);
  expect(wild.result.loss).toBeLessThanOrEqual(trained('squared', { epochs: 0 }).result.loss);
});
