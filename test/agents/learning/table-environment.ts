import type { Box, EnvironmentState, Lookahead, Space, VectorEnvironment, VectorStep } from '../../../env/index.ts';

/** What an action in a state leads to. */
export interface Outcome {
  readonly reward: number;
  /** The next state; ignored after an end. */
  readonly next?: number;
  /** The episode ends of its own accord, or a time limit cuts it; the lane then starts anew in state 0. */
  readonly end?: 'terminated' | 'truncated';
}

/** A tiny environment without chance: outcomes[state][action], states seen as one-hot vectors. */
export class TableEnvironment implements VectorEnvironment {
  readonly lanes: number;
  readonly observationSpace: Box;
  readonly actionSpace: Space;
  readonly rewardScale: Float64Array;
  readonly #outcomes: readonly (readonly Outcome[])[];
  readonly #state: Int32Array;

  constructor({ lanes, outcomes, actionSpace }: { lanes: number; outcomes: readonly (readonly Outcome[])[]; actionSpace?: Space }) {
    const states = outcomes.length;
    this.lanes = lanes;
    this.#outcomes = outcomes;
    this.#state = new Int32Array(lanes);
    this.observationSpace = {
      kind: 'box',
      names: outcomes.map((_, state) => `in state ${state}`),
      low: new Float64Array(states),
      high: new Float64Array(states).fill(1),
    };
    this.actionSpace = actionSpace ?? { kind: 'discrete', name: 'choice', count: outcomes[0].length };
    this.rewardScale = new Float64Array(lanes).fill(1);
  }

  reset(): Float32Array {
    this.#state.fill(0);
    return this.#observe(this.#state);
  }

  step(actions: ArrayLike<number>): VectorStep {
    const outcomes = Array.from(this.#state, (state, lane) => this.#outcomes[state][actions[lane]]);
    const last = Int32Array.from(outcomes, ({ next = 0 }) => next);
    outcomes.forEach(({ end }, lane) => {
      this.#state[lane] = end === undefined ? last[lane] : 0;
    });
    return {
      observations: this.#observe(this.#state),
      rewards: Float64Array.from(outcomes, ({ reward }) => reward),
      terminated: Uint8Array.from(outcomes, ({ end }) => (end === 'terminated' ? 1 : 0)),
      truncated: Uint8Array.from(outcomes, ({ end }) => (end === 'truncated' ? 1 : 0)),
      finalObservations: this.#observe(last),
    };
  }

  save(): EnvironmentState {
    return { state: this.#state.slice() };
  }

  restore({ state }: EnvironmentState): void {
    this.#state.set(state);
  }

  /** Where each lane stands. */
  protected get states(): Int32Array {
    return this.#state;
  }

  protected outcome(state: number, action: number): Outcome {
    return this.#outcomes[state][action];
  }

  #observe(states: Int32Array): Float32Array {
    const count = this.#outcomes.length;
    const observations = new Float32Array(states.length * count);
    states.forEach((state, lane) => {
      observations[lane * count + state] = 1;
    });
    return observations;
  }
}

/** The same, able to look ahead: without chance every draw is alike. */
export class ForesightedTable extends TableEnvironment {
  lookahead(actions: ArrayLike<number>, draws: number): Lookahead {
    const states = this.observationSpace.names.length;
    const rows = this.lanes * draws;
    const ahead = {
      draws,
      observations: new Float32Array(rows * states),
      rewards: new Float64Array(rows),
      terminated: new Uint8Array(rows),
    };
    for (let row = 0; row < rows; row++) {
      const lane = Math.floor(row / draws);
      const { reward, next = 0, end } = this.outcome(this.states[lane], actions[lane]);
      ahead.observations[row * states + next] = 1;
      ahead.rewards[row] = reward;
      ahead.terminated[row] = end === 'terminated' ? 1 : 0;
    }
    return ahead;
  }
}

/** One state, four actions, the third the best. */
export const ONE_STATE: readonly (readonly Outcome[])[] = [[{ reward: 0 }, { reward: 0.2 }, { reward: 1 }, { reward: 0.5 }]];

/** In state 0 the modest reward ends the episode at once; nothing now leads to state 1, and from there to more. */
export const TWO_STEPS: readonly (readonly Outcome[])[] = [
  [
    { reward: 0.5, end: 'terminated' },
    { reward: 0, next: 1 },
  ],
  [
    { reward: 0, end: 'terminated' },
    { reward: 1, end: 'terminated' },
  ],
];

/** Take 1 and be ended in the way given, or 0.6 and go on. What is best depends on whether life goes on after the end. */
export function endOrGoOn(end: 'terminated' | 'truncated'): readonly (readonly Outcome[])[] {
  return [[{ reward: 1, end }, { reward: 0.6 }]];
}

/** What a greedy policy does in every state. */
export function choices(policy: { act(observations: Float32Array, lanes: number, actions: Int32Array): void }, states: number): number[] {
  const observations = new Float32Array(states * states);
  for (let state = 0; state < states; state++) observations[state * states + state] = 1;
  const actions = new Int32Array(states);
  policy.act(observations, states, actions);
  return [...actions];
}
