import { RunningMoments } from './running-moments.ts';

/**
 * Rewards as a learner sees them: divided by the lane's own scale, then centred on their running mean and divided by their running deviation.
 * Centring on a constant changes no ordering between policies as long as nothing ends; where an episode ends of its own accord, `end` is the value of
 * what follows, so that it changes none there either.
 */
export class RewardScale {
  readonly moments: RunningMoments;
  readonly #laneScale: Float64Array;
  readonly #discount: number;

  constructor({ laneScale, discount, rate }: { readonly laneScale: Float64Array; readonly discount: number; readonly rate: number }) {
    this.moments = new RunningMoments({ rate });
    this.#laneScale = laneScale;
    this.#discount = discount;
  }

  /** Divides a raw reward by its lane's scale. */
  perLane(reward: number, lane: number): number {
    return reward / this.#laneScale[lane];
  }

  /** A reward from one that is per lane already. */
  centred(perLane: number): number {
    return (perLane - this.centre) / this.moments.deviation;
  }

  /** Without discounting, the value of what follows an end would be infinite: then rewards are not centred. */
  get centre(): number {
    return this.#discount < 1 ? this.moments.mean : 0;
  }

  /** The value after an end: raw rewards of 0 for ever. */
  get end(): number {
    return this.#discount < 1 ? -this.centre / this.moments.deviation / (1 - this.#discount) : 0;
  }
}
