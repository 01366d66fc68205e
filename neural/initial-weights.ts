import type { RandomStream } from '../env/index.ts';
import { type Layer, layersOf, type NetworkShape, parameterCount } from './shape.ts';

/**
 * First weights: every layer an orthogonal matrix times a gain, biases 0 (Saxe, McClelland and Ganguli 2014). `lastGain` is that of the linear layer:
 * small (0.01) where all outputs should begin near 0; hidden layers have gain sqrt 2.
 */
export function orthogonalWeights(
  shape: NetworkShape,
  random: RandomStream,
  { lastGain = 1 }: { readonly lastGain?: number } = {},
): Float32Array {
  const parameters = new Float32Array(parameterCount(shape));
  const layers = layersOf(shape);
  layers.forEach((layer, index) => {
    const gain = index === layers.length - 1 ? lastGain : Math.SQRT2;
    fillOrthogonal(parameters, layer, gain, random);
  });
  return parameters;
}

/** First weights: every layer normal with variance 2 / inputs, biases 0 (He et al. 2015); the linear layer has variance lastGain^2 / inputs. */
export function heWeights(shape: NetworkShape, random: RandomStream, { lastGain = 1 }: { readonly lastGain?: number } = {}): Float32Array {
  const parameters = new Float32Array(parameterCount(shape));
  const layers = layersOf(shape);
  layers.forEach((layer, index) => {
    const spread = (index === layers.length - 1 ? lastGain : Math.SQRT2) / Math.sqrt(layer.inputs);
    for (let i = layer.weights; i < layer.biases; i++) parameters[i] = spread * random.normal();
  });
  return parameters;
}

function fillOrthogonal(parameters: Float32Array, { inputs, outputs, weights }: Layer, gain: number, random: RandomStream): void {
  const long = Math.max(inputs, outputs);
  const short = Math.min(inputs, outputs);
  const rows = orthonormalRows(short, long, random);
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++)
      parameters[weights + i * outputs + j] = gain * (inputs <= outputs ? rows[i * long + j] : rows[j * long + i]);
  }
}

/** `count` random orthonormal rows of a given length, by the modified Gram-Schmidt process on normal rows. */
function orthonormalRows(count: number, length: number, random: RandomStream): Float64Array {
  const rows = new Float64Array(count * length);
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * length, (i + 1) * length);
    for (let k = 0; k < length; k++) row[k] = random.normal();
    for (let j = 0; j < i; j++) {
      const other = rows.subarray(j * length, (j + 1) * length);
      const overlap = dot(row, other);
      for (let k = 0; k < length; k++) row[k] -= overlap * other[k];
    }
    const norm = Math.sqrt(dot(row, row));
    for (let k = 0; k < length; k++) row[k] /= norm;
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
