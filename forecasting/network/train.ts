import { createStream } from '../../env/index.ts';
import { LOSSES, type LossName } from './losses.ts';
import { createOptimiser, type OptimiserOptions } from './optimisers.ts';
import type { SalesNetwork } from './sales-network.ts';

/** Rows to train on: x is [row][feature] flat. */
export interface NetworkRows {
  readonly x: Float64Array;
  /** [row] log level that outputs are relative to. */
  readonly offset: Float64Array;
  /** [row] units. */
  readonly y: Float64Array;
  /** [row] */
  readonly item: Int32Array;
}

export interface TrainOptions {
  readonly loss: LossName;
  readonly optimiser?: OptimiserOptions;
  /** [item] vectors of texts; null: x alone. */
  readonly texts: readonly Float32Array[] | null;
  /** Rows learned from, and later ones on which training is stopped. */
  readonly learn: Int32Array;
  readonly check: Int32Array;
  /** Passes over a share of the rows, at most. Default: 40. */
  readonly epochs?: number;
  /** Rows in a pass, at most: validation comes round often however many rows there are. Default: 20,000. */
  readonly rowsPerEpoch?: number;
  readonly seed?: number;
}

export interface TrainResult {
  /** The pass whose parameters were kept; 0: those that it began with. */
  readonly bestEpoch: number;
  readonly epochs: number;
  /** Mean loss of the check rows. */
  readonly loss: number;
}

const BATCH = 64;
/** Passes without a better validation loss after which training stops. */
const PATIENCE = 5;
const MOST_CHECKS = 10_000;

/** Trains in place, and keeps the parameters with the least loss on the check rows. The same seed gives the same parameters. */
export function trainNetwork(network: SalesNetwork, rows: NetworkRows, options: TrainOptions): TrainResult {
  const { parameters } = network;
  const optimiser = createOptimiser(parameters.length, options.optimiser);
  const stream = createStream(options.seed ?? 0, 'minibatches');
  const order = options.learn.slice();
  const span = Math.min(order.length, options.rowsPerEpoch ?? 20_000);
  const epochs = options.epochs ?? 40;
  const gradient = new Float64Array(parameters.length);
  const best = parameters.slice();
  let bestEpoch = 0;
  let least = meanLoss(network, rows, options, options.check);
  let epoch = 0;
  while (epoch < epochs && epoch - bestEpoch < PATIENCE) {
    epoch++;
    for (let k = 0; k < span; k++) {
      const other = k + stream.integer(order.length - k);
      [order[k], order[other]] = [order[other], order[k]];
    }
    for (let from = 0; from < span; from += BATCH) {
      gradient.fill(0);
      const batch = order.subarray(from, Math.min(span, from + BATCH));
      addGradient(network, rows, options, batch, gradient);
      optimiser.step(parameters, gradient);
    }
    const loss = meanLoss(network, rows, options, options.check);
    if (loss < least) {
      least = loss;
      bestEpoch = epoch;
      best.set(parameters);
    }
  }
  parameters.set(best);
  return { bestEpoch, epochs: epoch, loss: least };
}

/** Adds the derivatives of the mean loss of these rows; returns that mean. */
export function addGradient(
  network: SalesNetwork,
  { x, offset, y, item }: NetworkRows,
  { loss, texts }: Pick<TrainOptions, 'loss' | 'texts'>,
  chosen: Int32Array,
  gradient: Float64Array,
): number {
  const { features, outputs } = network.shape;
  const out = new Float64Array(outputs);
  const byOutput = new Float64Array(outputs);
  let sum = 0;
  for (const row of chosen) {
    const z = texts === null ? null : texts[item[row]];
    network.predict(x, row * features, z, out);
    sum += LOSSES[loss].evaluate(out, offset[row], y[row], byOutput);
    for (let k = 0; k < outputs; k++) byOutput[k] /= chosen.length;
    network.backward(x, row * features, z, byOutput, gradient);
  }
  return sum / chosen.length;
}

function meanLoss(network: SalesNetwork, rows: NetworkRows, { loss, texts }: TrainOptions, chosen: Int32Array): number {
  const { features, outputs } = network.shape;
  const out = new Float64Array(outputs);
  const ignored = new Float64Array(outputs);
  const stride = Math.max(1, Math.ceil(chosen.length / MOST_CHECKS));
  let sum = 0;
  let count = 0;
  for (let k = 0; k < chosen.length; k += stride) {
    const row = chosen[k];
    network.predict(rows.x, row * features, texts === null ? null : texts[rows.item[row]], out);
    sum += LOSSES[loss].evaluate(out, rows.offset[row], rows.y[row], ignored);
    count++;
  }
  return count > 0 ? sum / count : 0;
}
