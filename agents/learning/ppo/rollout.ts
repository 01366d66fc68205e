import { componentCount, type Space } from '../../../env/index.ts';
import { type Actions, createActions } from '../action-distribution.ts';

export interface RolloutShape extends Pick<Rollout, 'periods' | 'lanes' | 'features'> {
  readonly actionSpace: Space;
  /** Width of the masks; 0 where there are none. */
  readonly choices: number;
}

/** What was seen in the periods between two updates. Arrays are [period][lane], flat, with features or action components innermost. */
export class Rollout {
  readonly periods: number;
  readonly lanes: number;
  readonly features: number;
  readonly components: number;
  /** As the networks read them. */
  readonly observations: Float32Array;
  /** As drawn: of a box, possibly beyond its bounds. */
  readonly actions: Actions;
  /** [period][lane][choice] 1 where allowed; empty where the environment does not say. */
  readonly masks: Uint8Array;
  /** Was any action forbidden? Where none was, masks need not be looked at. */
  masked = false;
  /** Were demands tried on copies of the lanes? */
  triedAhead = false;
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
  /** What the critic should have said. */
  readonly returns: Float64Array;

  constructor({ periods, lanes, features, actionSpace, choices }: RolloutShape) {
    this.periods = periods;
    this.lanes = lanes;
    this.features = features;
    this.components = componentCount(actionSpace);
    const rows = periods * lanes;
    this.observations = new Float32Array(rows * features);
    this.actions = createActions(actionSpace, rows);
    this.masks = new Uint8Array(rows * choices);
    this.logProbabilities = new Float64Array(rows);
    this.rewards = new Float64Array(rows);
    this.nextValues = new Float64Array(rows);
    this.endShares = new Float64Array(rows);
    this.ended = new Uint8Array(rows);
    this.values = new Float64Array(rows);
    this.advantages = new Float64Array(rows);
    this.returns = new Float64Array(rows);
  }

  get rows(): number {
    return this.periods * this.lanes;
  }

  /** Where nothing was tried ahead and the episode went on, what followed a period is the next one's state: its value is known already. */
  followOn(): void {
    const { lanes, ended, values, nextValues } = this;
    for (let i = 0; i < this.rows - lanes; i++) if (ended[i] === 0) nextValues[i] = values[i + lanes];
  }
}
