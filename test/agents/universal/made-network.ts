import { UniversalNetwork } from '../../../agents/index.ts';
import { FEATURES, ITEM_FEATURES } from '../../../agents/universal/features.ts';
import { KNOTS } from '../../../agents/universal/order-scale.ts';
import { RULE_INPUTS } from '../../../agents/universal/quick-rule.ts';
import { createStream } from '../../../env/index.ts';
import { heWeights, type NetworkShape } from '../../../neural/index.ts';

/** A network of random weights, for items of family 1: its orders are senseless, but are orders. */
export function madeNetwork(seed = 7): UniversalNetwork {
  const shape: NetworkShape = { inputs: FEATURES, hidden: [12, 9], outputs: KNOTS, activation: 'relu' };
  const parameters = heWeights(shape, createStream(seed, 'test'));
  // The state weighs so much that orders differ from period to period.
  for (let k = ITEM_FEATURES * shape.hidden[0]; k < FEATURES * shape.hidden[0]; k++) parameters[k] *= 8;
  return new UniversalNetwork({
    shape,
    parameters,
    rule: { S: new Float64Array(RULE_INPUTS).fill(0.01), r: new Float64Array(RULE_INPUTS).fill(0.02) },
    bounds: { shortageRatio: [1, 100], leadTime: [0, 8], mean: [0.5, 20], varianceRatio: [0.2, 10] },
    origin: {},
  });
}
