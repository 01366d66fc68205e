import { createStream, type VectorEnvironment } from '../../../env/index.ts';
import { Mlp, type NetworkShape, orthogonalWeights, type TensorBackend } from '../../../neural/index.ts';
import { type ActionDistribution, createActionDistribution } from '../action-distribution.ts';
import type { PpoConfig } from './config.ts';
import { PpoLearner } from './update.ts';

/** New networks: actor and critic, separate or one with the value as its last output, the actor beginning near 0 so that the first policy is the distribution's own start. */
export function createLearner({
  tensors,
  features,
  distribution,
  config,
  seed,
}: {
  tensors: TensorBackend;
  features: number;
  distribution: ActionDistribution;
  config: PpoConfig;
  seed: number;
}): PpoLearner {
  const { hidden, activation, shared } = config;
  const shape = (outputs: number): NetworkShape => ({ inputs: features, hidden, outputs, activation });
  const actorShape = shape(distribution.outputs + (shared ? 1 : 0));
  const weights = orthogonalWeights(actorShape, createStream(seed, 'actor weights'), { lastGain: 0.01 });
  const actorParameters = new Float32Array(weights.length + distribution.initialFree.length);
  actorParameters.set(weights);
  actorParameters.set(distribution.initialFree, weights.length);
  const criticShape = shape(1);
  const critic = () => new Mlp(tensors, criticShape, orthogonalWeights(criticShape, createStream(seed, 'critic weights')));
  return new PpoLearner({
    actor: new Mlp(tensors, actorShape, actorParameters.subarray(0, weights.length)),
    critic: shared ? null : critic(),
    actorParameters,
    distribution,
    config,
  });
}

/** A shared network puts out the value after what the distribution reads. */
export function createDistribution({ actionSpace }: VectorEnvironment, { shared }: PpoConfig): ActionDistribution {
  const { outputs } = createActionDistribution(actionSpace);
  return createActionDistribution(actionSpace, { stride: outputs + (shared ? 1 : 0) });
}
