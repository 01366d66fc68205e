/**
 * The module that an exported policy consists of, beside its weights. Plain JavaScript that runs anywhere: it sums in the same order and rounds at the same
 * places as the agent itself, so that its actions are the same ones.
 */
export const STANDALONE_POLICY = `// An ordering policy exported by Replenish. It needs nothing but the weights beside it.
import { weights } from './weights.js';

/** What the policy looks at, in order. */
export const features = weights.features;
/** What it chooses: { kind: 'discrete', name, count }, { kind: 'multi-discrete', names, counts } or { kind: 'box', names, low, high }. */
export const actionSpace = weights.actionSpace;

const components = actionSpace.kind === 'discrete' ? 1 : actionSpace.names.length;
const counts = actionSpace.kind === 'discrete' ? [actionSpace.count] : (actionSpace.counts ?? []);
const choices = counts.reduce((sum, count) => sum + count, 0);
const layers = weights.layers.map((layer) => ({ ...layer, weights: Float32Array.from(layer.weights), biases: Float32Array.from(layer.biases) }));

/**
 * The actions for observations [row][feature]: an array [row][component]. masks, [row][component][choice] with 1 where allowed, may be left out.
 */
export function act(observations, masks) {
  const rows = observations.length / features.length;
  if (!Number.isInteger(rows)) throw new RangeError('expected ' + features.length + ' numbers a row: ' + features.join(', '));
  const actions = [];
  for (let row = 0; row < rows; row++) {
    const outputs = run(Float32Array.from(observations.slice(row * features.length, (row + 1) * features.length)));
    const allowed = masks && masks.slice(row * choices, (row + 1) * choices);
    if (weights.head === 'values') actions.push(...bestListed(outputs, allowed));
    else if (actionSpace.kind === 'box') for (let k = 0; k < components; k++) actions.push(quantity(outputs, k));
    else actions.push(...eachComponent(outputs, allowed));
  }
  return actions;
}

/** The network's outputs for one observation. */
export function run(observation) {
  let values = scaled(observation);
  layers.forEach(({ inputs, outputs, weights: w, biases }, index) => {
    const next = new Float32Array(outputs);
    for (let j = 0; j < outputs; j++) {
      let sum = biases[j];
      for (let i = 0; i < inputs; i++) sum += values[i] * w[i * outputs + j];
      next[j] = sum;
    }
    if (index < layers.length - 1) for (let j = 0; j < outputs; j++) next[j] = weights.activation === 'tanh' ? Math.tanh(next[j]) : next[j] < 0 ? 0 : next[j];
    values = next;
  });
  return values;
}

function scaled(observation) {
  const { scaler } = weights;
  if (scaler === null) return observation;
  return observation.map((value, f) => Math.min(Math.max((value - scaler.mean[f]) * scaler.scale[f], -scaler.limit), scaler.limit));
}

function eachComponent(outputs, allowed) {
  const actions = [];
  let output = 0;
  let mask = 0;
  counts.forEach((count, c) => {
    const start = actionSpace.kind === 'discrete' ? actionSpace.start : actionSpace.starts?.[c];
    const may = allowed && allowed.slice(mask, mask + count);
    actions.push(start === undefined ? largest(outputs.slice(output, output + count), may) : nearest(start + ((count - 1) / 2) * outputs[output], count, may));
    output += start === undefined ? count : 1;
    mask += count;
  });
  return actions;
}

function nearest(mean, count, may) {
  const rounded = Math.min(Math.max(Math.round(mean), 0), count - 1);
  if (!may || may[rounded] === 1) return rounded;
  let best = -1;
  for (let k = 0; k < count; k++) if (may[k] === 1 && (best < 0 || Math.abs(k - mean) < Math.abs(best - mean))) best = k;
  return Math.max(best, 0);
}

function largest(values, may) {
  let best = -1;
  for (let k = 0; k < values.length; k++) if ((!may || may[k] === 1) && (best < 0 || values[k] > values[best])) best = k;
  return Math.max(best, 0);
}

/** Of the combinations of choices, the last component counting fastest, the one of the largest value. */
function bestListed(values, allowed) {
  const split = (combination) => {
    const parts = [];
    for (let c = counts.length - 1, left = combination; c >= 0; left = Math.floor(left / counts[c]), c--) parts.unshift(left % counts[c]);
    return parts;
  };
  const starts = counts.map((_, c) => counts.slice(0, c).reduce((sum, count) => sum + count, 0));
  const may = allowed && Array.from(values, (_, k) => (split(k).every((choice, c) => allowed[starts[c] + choice] === 1) ? 1 : 0));
  return split(largest(values, may));
}

function quantity(outputs, k) {
  const { low, high } = actionSpace;
  const bounded = Number.isFinite(low[k]) && Number.isFinite(high[k]);
  const mean = (bounded ? (low[k] + high[k]) / 2 : 0) + (bounded ? (high[k] - low[k]) / 2 : 1) * outputs[k];
  return Math.min(Math.max(mean, low[k]), high[k]);
}
`;
