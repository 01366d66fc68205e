import { Adam, clipNorm, type Mlp } from '../../../neural/index.ts';
import type { ActionDistribution, Actions } from '../action-distribution.ts';
import { checkFinite } from '../finite.ts';
import type { ValueScale } from '../value-scale.ts';
import type { PpoConfig } from './config.ts';
import type { Rollout } from './rollout.ts';

/** Sums over the rows of an update, to be averaged into metrics. */
export interface UpdateSums {
  rows: number;
  minibatches: number;
  policyLoss: number;
  valueLoss: number;
  entropy: number;
  /** Estimate of KL(old, new): mean of ratio - 1 - log ratio. */
  divergence: number;
  clipped: number;
  actorNorm: number;
  criticNorm: number;
}

export interface UpdateRates {
  readonly learningRate: number;
  readonly entropy: number;
  /** For messages. */
  readonly steps: number;
}

interface Minibatch {
  readonly rows: Int32Array;
  readonly observations: Float32Array;
  readonly actions: Actions;
  readonly masks: Uint8Array | undefined;
}

/** The networks that PPO learns, and one gradient step of each. */
export class PpoLearner {
  readonly actor: Mlp;
  /** Null where the actor's last output is the value. */
  readonly critic: Mlp | null;
  /** The actor's parameters, then the distribution's free numbers. */
  readonly actorParameters: Float32Array;
  readonly free: Float32Array;
  readonly actorAdam: Adam;
  readonly criticAdam: Adam | null;
  readonly #config: PpoConfig;
  readonly #distribution: ActionDistribution;
  readonly #actorGradient: Float32Array;
  readonly #criticGradient: Float32Array;
  /** Outputs of the actor from one row to the next. */
  readonly #stride: number;

  /** The actor must stand on the first part of `actorParameters`. */
  constructor({
    actor,
    critic,
    actorParameters,
    distribution,
    config,
  }: {
    readonly actor: Mlp;
    readonly critic: Mlp | null;
    readonly actorParameters: Float32Array;
    readonly distribution: ActionDistribution;
    readonly config: PpoConfig;
  }) {
    this.actor = actor;
    this.critic = critic;
    this.actorParameters = actorParameters;
    this.free = actorParameters.subarray(actor.parameters.length);
    this.actorAdam = new Adam(actorParameters.length, { epsilon: config.adamEpsilon });
    this.criticAdam = critic === null ? null : new Adam(critic.parameters.length, { epsilon: config.adamEpsilon });
    this.#config = config;
    this.#distribution = distribution;
    this.#actorGradient = new Float32Array(actorParameters.length);
    this.#criticGradient = new Float32Array(critic?.parameters.length ?? 0);
    this.#stride = actor.shape.outputs;
  }

  /** The value network's outputs for observations [row][feature], one a row. */
  predictValues(observations: Float32Array, rows: number): Float32Array {
    if (this.critic !== null) return this.critic.predict(observations, rows);
    const outputs = this.actor.predict(observations, rows);
    const stride = this.#stride;
    return Float32Array.from({ length: rows }, (_, row) => outputs[(row + 1) * stride - 1]);
  }

  /** Lets the scale of values follow new targets; what the network says of values stays as it was. */
  followValues(valueScale: ValueScale, targets: Float64Array): void {
    if (this.critic !== null) valueScale.update(targets, [this.critic]);
    else valueScale.update(targets, [this.actor], { firstOutput: this.#stride - 1 });
  }

  /** One gradient step of policy and values on some rows of a rollout, whose advantages and returns are ready. */
  step(rollout: Rollout, rows: Int32Array, valueScale: ValueScale, rates: UpdateRates, sums: UpdateSums): void {
    const minibatch = gather(rollout, rows, this.#distribution.choices);
    sums.rows += rows.length;
    sums.minibatches++;
    this.#stepActor(rollout, minibatch, valueScale, rates, sums);
    if (this.critic !== null && this.criticAdam !== null) {
      this.#stepCritic({ critic: this.critic, adam: this.criticAdam }, rollout, minibatch, valueScale, rates, sums);
    }
  }

  #stepActor(
    rollout: Rollout,
    minibatch: Minibatch,
    valueScale: ValueScale,
    { learningRate, entropy, steps }: UpdateRates,
    sums: UpdateSums,
  ): void {
    const { rows, observations } = minibatch;
    const gradient = this.#actorGradient;
    const split = this.actor.parameters.length;
    const byFree = gradient.subarray(split);
    byFree.fill(0);
    const advantages = this.#advantagesOf(rollout, rows);
    this.actor.gradient(
      observations,
      rows.length,
      (outputs, byOutput) => {
        this.#policyGradient({ rollout, minibatch, advantages, entropy }, outputs, { byOutput, byFree }, sums);
        if (this.critic === null)
          this.#valueGradient({ rollout, rows, valueScale, weight: this.#config.valueWeight }, outputs, byOutput, sums);
      },
      gradient.subarray(0, split),
    );
    const norm = clipNorm(gradient, this.#config.gradientNorm);
    checkFinite(norm, "The norm of the actor's gradient", steps);
    sums.actorNorm += norm;
    this.actorAdam.step(this.actorParameters, gradient, learningRate);
    this.actor.refresh();
  }

  /** The clipped objective (Schulman et al. 2017, equation 7) less the entropy bonus, as a loss to be made small. */
  #policyGradient(
    { rollout, minibatch, advantages, entropy }: { rollout: Rollout; minibatch: Minibatch; advantages: Float64Array; entropy: number },
    outputs: Float32Array,
    gradients: { readonly byOutput: Float32Array; readonly byFree: Float32Array },
    sums: UpdateSums,
  ): void {
    const { clip } = this.#config;
    const { rows, actions, masks } = minibatch;
    const distribution = this.#distribution;
    const count = rows.length;
    const place = { outputs, row: 0, free: this.free, actions };
    const derivatives = { byLogProbability: 0, byEntropy: -entropy / count };
    for (let row = 0; row < count; row++) {
      const logRatio = distribution.logProbability(outputs, row, this.free, actions, masks) - rollout.logProbabilities[rows[row]];
      const ratio = Math.exp(logRatio);
      const advantage = advantages[row];
      const beyond = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
      place.row = row;
      derivatives.byLogProbability = beyond ? 0 : (-advantage * ratio) / count;
      distribution.backward(derivatives, place, gradients);
      sums.policyLoss -= advantage * (beyond ? (advantage > 0 ? 1 + clip : 1 - clip) : ratio);
      sums.entropy += distribution.entropy;
      sums.divergence += ratio - 1 - logRatio;
      if (Math.abs(ratio - 1) > clip) sums.clipped++;
    }
  }

  #stepCritic(
    { critic, adam }: { readonly critic: Mlp; readonly adam: Adam },
    rollout: Rollout,
    { rows, observations }: Minibatch,
    valueScale: ValueScale,
    { learningRate, steps }: UpdateRates,
    sums: UpdateSums,
  ): void {
    const gradient = this.#criticGradient;
    critic.gradient(
      observations,
      rows.length,
      (outputs, byOutput) => this.#valueGradient({ rollout, rows, valueScale, weight: 1 }, outputs, byOutput, sums),
      gradient,
    );
    const norm = clipNorm(gradient, this.#config.gradientNorm);
    checkFinite(norm, "The norm of the critic's gradient", steps);
    sums.criticNorm += norm;
    adam.step(critic.parameters, gradient, learningRate);
    critic.refresh();
  }

  /** Half the squared error of the last output of every row. */
  #valueGradient(
    { rollout, rows, valueScale, weight }: { rollout: Rollout; rows: Int32Array; valueScale: ValueScale; weight: number },
    outputs: Float32Array,
    byOutput: Float32Array,
    sums: UpdateSums,
  ): void {
    const stride = outputs.length / rows.length;
    for (let row = 0; row < rows.length; row++) {
      const at = (row + 1) * stride - 1;
      const error = outputs[at] - valueScale.toOutput(rollout.returns[rows[row]]);
      byOutput[at] = (weight * error) / rows.length;
      sums.valueLoss += 0.5 * error * error;
    }
  }

  #advantagesOf(rollout: Rollout, rows: Int32Array): Float64Array {
    const count = rows.length;
    const advantages = new Float64Array(count);
    for (let row = 0; row < count; row++) advantages[row] = rollout.advantages[rows[row]];
    if (!this.#config.normaliseAdvantages || count < 2) return advantages;
    let mean = 0;
    for (let row = 0; row < count; row++) mean += advantages[row] / count;
    let variance = 0;
    for (let row = 0; row < count; row++) variance += (advantages[row] - mean) ** 2 / count;
    const scale = 1 / (Math.sqrt(variance) + 1e-8);
    for (let row = 0; row < count; row++) advantages[row] = (advantages[row] - mean) * scale;
    return advantages;
  }
}

function gather({ observations, actions, masks, masked, features, components }: Rollout, rows: Int32Array, choices: number): Minibatch {
  const count = rows.length;
  const some = {
    rows,
    observations: new Float32Array(count * features),
    actions: actions instanceof Int32Array ? new Int32Array(count * components) : new Float64Array(count * components),
    masks: masked ? new Uint8Array(count * choices) : undefined,
  };
  for (let row = 0; row < count; row++) {
    const source = rows[row];
    for (let f = 0; f < features; f++) some.observations[row * features + f] = observations[source * features + f];
    for (let c = 0; c < components; c++) some.actions[row * components + c] = actions[source * components + c];
    if (some.masks !== undefined) for (let k = 0; k < choices; k++) some.masks[row * choices + k] = masks[source * choices + k];
  }
  return some;
}
