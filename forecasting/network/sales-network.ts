import { createStream } from '../../env/index.ts';

/** A network of one hidden layer on [x, z]. z goes through a head of low rank: hidden = tanh(W x + A B z + b), outputs = V hidden + c. */
export interface NetworkShape {
  /** Numbers in x. */
  readonly features: number;
  /** Numbers in z; 0 where there is no text. */
  readonly text: number;
  /** Rows of B: numbers that a text is reduced to. */
  readonly rank: number;
  readonly hidden: number;
  readonly outputs: number;
}

/** One flat array holds W [hidden][features], b, A [hidden][rank], B [rank][text], V [outputs][hidden] and c, in this order. */
export interface SalesNetwork {
  readonly shape: NetworkShape;
  readonly parameters: Float64Array;
  /** Writes the outputs for x[at], x[at + 1], ... and z to `out`. */
  predict(x: Float64Array, at: number, z: Float32Array | null, out: Float64Array): void;
  /** Adds to `gradient` what the derivatives by the outputs of the row predicted last amount to. */
  backward(x: Float64Array, at: number, z: Float32Array | null, byOutput: Float64Array, gradient: Float64Array): void;
}

/** Weights are drawn from the stream of that seed; outputs start at 0, so that an untrained network forecasts the item's level. */
export function createSalesNetwork(shape: NetworkShape, seed = 0): SalesNetwork {
  const { features, text, rank, hidden, outputs } = shape;
  const biases = hidden * features;
  const adapter = biases + hidden;
  const reducer = adapter + hidden * rank;
  const head = reducer + rank * text;
  const constants = head + outputs * hidden;
  const parameters = new Float64Array(constants + outputs);
  const stream = createStream(seed, 'initial weights');
  for (let k = 0; k < biases; k++) parameters[k] = stream.normal() / Math.sqrt(features);
  for (let k = adapter; k < reducer; k++) parameters[k] = stream.normal() / Math.sqrt(rank);
  for (let k = reducer; k < head; k++) parameters[k] = stream.normal();
  const values = new Float64Array(hidden);
  const reduced = new Float64Array(rank);
  const byHidden = new Float64Array(hidden);
  return {
    shape,
    parameters,
    predict(x, at, z, out) {
      reduced.fill(0);
      if (z) for (let r = 0; r < rank; r++) reduced[r] = dot(parameters, reducer + r * text, z, 0, text);
      for (let h = 0; h < hidden; h++) {
        const sum = parameters[biases + h] + dot(parameters, h * features, x, at, features);
        values[h] = Math.tanh(sum + dot(parameters, adapter + h * rank, reduced, 0, rank));
      }
      for (let o = 0; o < outputs; o++) out[o] = parameters[constants + o] + dot(parameters, head + o * hidden, values, 0, hidden);
    },
    backward(x, at, z, byOutput, gradient) {
      byHidden.fill(0);
      for (let o = 0; o < outputs; o++) {
        gradient[constants + o] += byOutput[o];
        add(gradient, head + o * hidden, values, 0, hidden, byOutput[o]);
        add(byHidden, 0, parameters, head + o * hidden, hidden, byOutput[o]);
      }
      for (let h = 0; h < hidden; h++) {
        byHidden[h] *= 1 - values[h] * values[h];
        gradient[biases + h] += byHidden[h];
        add(gradient, h * features, x, at, features, byHidden[h]);
        add(gradient, adapter + h * rank, reduced, 0, rank, byHidden[h]);
      }
      if (!z) return;
      for (let r = 0; r < rank; r++) {
        let byReduced = 0;
        for (let h = 0; h < hidden; h++) byReduced += byHidden[h] * parameters[adapter + h * rank + r];
        add(gradient, reducer + r * text, z, 0, text, byReduced);
      }
    },
  };
}

type Numbers = Float64Array | Float32Array;

function dot(a: Numbers, from: number, b: Numbers, at: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += a[from + k] * b[at + k];
  return sum;
}

function add(to: Float64Array, from: number, values: Numbers, at: number, count: number, times: number): void {
  for (let k = 0; k < count; k++) to[from + k] += times * values[at + k];
}
