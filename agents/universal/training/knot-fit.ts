import { createStream, type RandomStream } from '../../../env/index.ts';
import { Adam, heWeights, Mlp, type NetworkShape, type TensorBackend } from '../../../neural/index.ts';
import { shuffle } from '../../learning/minibatches.ts';
import { FEATURES, ITEM_FEATURES, STATE_FEATURES } from '../features.ts';
import { KNOTS, type OrderScale, orderScale, triedOrders } from '../order-knots.ts';

/** What orders cost in the states of many items; rows are states, `states` of them per item. */
export interface FamilyTries {
  readonly states: number;
  /** [item][feature] */
  readonly itemFeatures: Float32Array;
  /** [item] largest order */
  readonly largest: Int32Array;
  /** [row][feature] */
  readonly stateFeatures: Float32Array;
  /** [row][knot] as in ItemTries */
  readonly costs: Float64Array;
  /** [row] */
  readonly noise: Float64Array;
}

export interface FitConfig {
  readonly hidden: readonly [number, number];
  readonly epochs: number;
  readonly minibatch: number;
  /** Falls to a hundredth of it, linearly. */
  readonly learningRate: number;
  /** Orders this many standard errors dearer than the cheapest get 1 / e of its weight. */
  readonly sharpness: number;
}

export interface KnotFitOptions {
  readonly tensors: TensorBackend;
  readonly tries: FamilyTries;
  readonly config: FitConfig;
  readonly seed: number;
  /** Told after each epoch: part done, and the mean divergence from the targets [nats]. */
  readonly onEpoch?: (part: number, divergence: number) => void | Promise<void>;
}

export interface KnotFit {
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
  /** [nats] of the last epoch. */
  readonly divergence: number;
}

/** Brings a network's values at the knots, as shares of whole orders, to what tries say of them. The same seed gives the same weights. */
export async function fitKnots({ tensors, tries, config, seed, onEpoch }: KnotFitOptions): Promise<KnotFit> {
  const { hidden, epochs, minibatch, learningRate } = config;
  const shape: NetworkShape = { inputs: FEATURES, hidden, outputs: KNOTS, activation: 'relu' };
  const network = new Mlp(tensors, shape, heWeights(shape, createStream(seed, 'universal weights'), { lastGain: 0.1 }));
  const adam = new Adam(network.parameters.length);
  const rows = new TargetRows(tries, config.sharpness);
  const random = createStream(seed, 'universal minibatches');
  const batches = Math.max(1, Math.floor(rows.count / minibatch));
  let divergence = Number.NaN;
  for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
    rows.shuffle(random);
    let sum = 0;
    for (let batch = 0; batch < batches; batch++, step++) {
      sum += fitStep({ network, adam, rows, learningRate: learningRate * (1 - (0.99 * step) / (batches * epochs)) }, batch, minibatch);
    }
    divergence = sum / batches;
    await onEpoch?.((epoch + 1) / epochs, divergence);
  }
  network.dispose();
  return { shape, parameters: network.parameters, divergence };
}

interface Step {
  readonly network: Mlp;
  readonly adam: Adam;
  readonly rows: TargetRows;
  readonly learningRate: number;
}

function fitStep({ network, adam, rows, learningRate }: Step, batch: number, minibatch: number): number {
  const own = rows.order.subarray(batch * minibatch, (batch + 1) * minibatch);
  let divergence = 0;
  const gradient = network.gradient(rows.inputs(own), own.length, (outputs, byOutput) => {
    for (let i = 0; i < own.length; i++) divergence += rows.compare(own[i], { outputs, byOutput, at: i * KNOTS, weight: 1 / own.length });
  });
  adam.step(network.parameters, gradient, learningRate);
  network.refresh();
  return divergence / own.length;
}

interface Comparison {
  readonly outputs: Float32Array;
  readonly byOutput: Float32Array;
  readonly at: number;
  readonly weight: number;
}

/** Rows to fit: what goes in, and the shares that orders should have. */
class TargetRows {
  readonly count: number;
  /** Rows in the order in which they are gone through. */
  readonly order: Int32Array;
  readonly #tries: FamilyTries;
  /** [row][knot] */
  readonly #targets: Float32Array;
  readonly #scales = new Map<number, { readonly orders: readonly number[]; readonly scale: OrderScale }>();
  readonly #values = new Float64Array(KNOTS);

  constructor(tries: FamilyTries, sharpness: number) {
    this.#tries = tries;
    this.count = tries.noise.length;
    this.order = Int32Array.from({ length: this.count }, (_, row) => row);
    this.#targets = new Float32Array(this.count * KNOTS);
    for (let row = 0; row < this.count; row++) {
      const costs = tries.costs.subarray(row * KNOTS, (row + 1) * KNOTS);
      writeShares(costs, sharpness * tries.noise[row], this.#targets.subarray(row * KNOTS, (row + 1) * KNOTS));
    }
  }

  shuffle(random: RandomStream): void {
    shuffle(this.order, random);
  }

  /** [row][feature] of some rows. */
  inputs(rows: Int32Array): Float32Array {
    const { itemFeatures, stateFeatures, states } = this.#tries;
    const inputs = new Float32Array(rows.length * FEATURES);
    rows.forEach((row, i) => {
      const item = Math.floor(row / states);
      inputs.set(itemFeatures.subarray(item * ITEM_FEATURES, (item + 1) * ITEM_FEATURES), i * FEATURES);
      inputs.set(stateFeatures.subarray(row * STATE_FEATURES, (row + 1) * STATE_FEATURES), i * FEATURES + ITEM_FEATURES);
    });
    return inputs;
  }

  /** Adds the derivative of a row's cross-entropy by the outputs; gives its divergence. */
  compare(row: number, { outputs, byOutput, at, weight }: Comparison): number {
    const { orders, scale } = this.#ordersOf(this.#tries.largest[Math.floor(row / this.#tries.states)]);
    const { below, part } = scale;
    const values = this.#values;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < orders.length; k++) {
      const order = orders[k];
      const knot = at + below[order];
      values[k] = outputs[knot] * (1 - part[order]) + outputs[knot + 1] * part[order];
      if (values[k] > most) most = values[k];
    }
    let sum = 0;
    for (let k = 0; k < orders.length; k++) sum += Math.exp(values[k] - most);
    const shift = most + Math.log(sum);
    let divergence = 0;
    for (let k = 0; k < orders.length; k++) {
      const target = this.#targets[row * KNOTS + k];
      const log = values[k] - shift;
      const slope = (Math.exp(log) - target) * weight;
      const knot = at + below[orders[k]];
      byOutput[knot] += slope * (1 - part[orders[k]]);
      byOutput[knot + 1] += slope * part[orders[k]];
      if (target > 1e-12) divergence += target * (Math.log(target) - log);
    }
    return divergence;
  }

  #ordersOf(largest: number): { readonly orders: readonly number[]; readonly scale: OrderScale } {
    const known = this.#scales.get(largest) ?? { orders: triedOrders(largest), scale: orderScale(largest) };
    this.#scales.set(largest, known);
    return known;
  }
}

/** Shares of orders by their costs: the cheaper, the more, and the sharper, the less the costs are in doubt. */
function writeShares(costs: Float64Array, temperature: number, to: Float32Array): void {
  let least = Number.POSITIVE_INFINITY;
  for (const cost of costs) if (cost < least) least = cost;
  let sum = 0;
  for (let k = 0; k < costs.length; k++) {
    to[k] = Number.isNaN(costs[k]) ? 0 : Math.exp((least - costs[k]) / Math.max(1e-9, temperature));
    sum += to[k];
  }
  for (let k = 0; k < costs.length; k++) to[k] /= sum;
}
