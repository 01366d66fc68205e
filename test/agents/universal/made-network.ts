import { UniversalNetwork } from '../../../agents/index.ts';
import type { FamilyBounds } from '../../../agents/universal/bounds.ts';
import { FEATURES, ITEM_FEATURES } from '../../../agents/universal/features.ts';
import { RULE_COEFFICIENTS } from '../../../agents/universal/guessed-rule.ts';
import { itemNetworkShape } from '../../../agents/universal/item-network.ts';
import { OUTPUTS } from '../../../agents/universal/order-scale.ts';
import { createStream } from '../../../env/index.ts';
import { heWeights, type NetworkShape } from '../../../neural/index.ts';

/** Items that lose their sales, and order for nothing what they will. */
export const LOST_SALES: FamilyBounds = {
  moves: [0, 0],
  waits: [0, 0],
  cycle: [0, 0],
  burden: [0, 0],
  least: [0, 0],
  lot: [0, 0],
  leadTimeSpread: [0, 0],
  crossing: [0, 0],
  shortageRatio: [1, 100],
  margin: [1, 1],
  leadTime: [0, 8],
  mean: [0.5, 20],
  varianceRatio: [0.2, 10],
};

/** Items of all kinds. */
export const ANY: FamilyBounds = {
  ...LOST_SALES,
  moves: [0, 1],
  waits: [0, 1],
  cycle: [0, 30],
  burden: [0, 1],
  least: [0, 20],
  lot: [0, 20],
  leadTimeSpread: [0, 3],
  crossing: [0, 1],
  margin: [1, 20],
  mean: [0.1, 40],
  varianceRatio: [0.2, 60],
};

/** A network of random weights: its orders are senseless, but are orders. */
export function madeNetwork({
  seed = 7,
  bounds = LOST_SALES,
}: {
  readonly seed?: number;
  readonly bounds?: FamilyBounds;
} = {}): UniversalNetwork {
  const shape: NetworkShape = { inputs: FEATURES, hidden: [12, 9], outputs: OUTPUTS, activation: 'relu' };
  const parameters = heWeights(shape, createStream(seed, 'test'));
  // The state weighs so much that orders differ from period to period.
  for (let k = ITEM_FEATURES * shape.hidden[0]; k < FEATURES * shape.hidden[0]; k++) parameters[k] *= 8;
  const itemShape = itemNetworkShape(6, shape.hidden);
  const item = { shape: itemShape, parameters: heWeights(itemShape, createStream(seed, 'test, item'), { lastGain: 0.5 }) };
  const rule = (value: number) => new Float32Array(RULE_COEFFICIENTS).fill(value);
  return new UniversalNetwork({
    shape,
    parameters,
    item,
    rule: { safety: rule(0.01), orders: rule(0.001), cap: rule(0.02) },
    perLevel: 12,
    bounds,
    origin: {},
  });
}
