/** What was seen in the periods between two updates. Arrays are [period][lane], flat, with features or action components innermost. */
export class Rollout {
  readonly periods: number;
  readonly lanes: number;
  readonly features: number;
  readonly components: number;
  /** As the networks read them. */
  readonly observations: Float32Array;
  readonly actions: Int32Array;
  readonly logProbabilities: Float64Array;
  /** Per lane scale; averaged over the demands tried where there is a lookahead. */
  readonly rewards: Float64Array;
  /** Value of what followed, as far as the episode went on; likewise averaged. */
  readonly nextValues: Float64Array;
  /** Part of the outcomes in which the episode ended of its own accord, 0 to 1. */
  readonly endShares: Float64Array;
  /** 1 where the lane started anew after this period. */
  readonly ended: Uint8Array;
  readonly values: Float64Array;
  readonly advantages: Float64Array;

  constructor({ periods, lanes, features, components }: Pick<Rollout, 'periods' | 'lanes' | 'features' | 'components'>) {
    this.periods = periods;
    this.lanes = lanes;
    this.features = features;
    this.components = components;
    const rows = periods * lanes;
    this.observations = new Float32Array(rows * features);
    this.actions = new Int32Array(rows * components);
    this.logProbabilities = new Float64Array(rows);
    this.rewards = new Float64Array(rows);
    this.nextValues = new Float64Array(rows);
    this.endShares = new Float64Array(rows);
    this.ended = new Uint8Array(rows);
    this.values = new Float64Array(rows);
    this.advantages = new Float64Array(rows);
  }

  get rows(): number {
    return this.periods * this.lanes;
  }
}
