import { COST_PARTS } from './costs.ts';
import type { Box, Space } from './spaces.ts';
import { createSupplyEnvironment, type SupplyEnvironmentOptions } from './supply-environment.ts';
import { UserError } from './user-error.ts';

/** What happened beside the observation: numbers by name. */
export type Info = Readonly<Record<string, number>>;

export interface StepResult {
  readonly observation: Float32Array;
  /** Minus cost (or profit) of the period, in money. */
  readonly reward: number;
  /** The episode reached an end of its own: nothing follows. */
  readonly terminated: boolean;
  /** A time limit cut the episode. */
  readonly truncated: boolean;
  readonly info: Info;
}

/** Gymnasium's environment contract. */
export interface Environment {
  readonly observationSpace: Box;
  readonly actionSpace: Space;
  /** Must come first, and after every end of an episode. Without a seed the random streams go on where they are. */
  reset(options?: { readonly seed?: number; readonly options?: Readonly<Record<string, unknown>> }): {
    observation: Float32Array;
    info: Info;
  };
  /** An action is one number per component of the action space. */
  step(action: number | ArrayLike<number>): StepResult;
}

/** A scenario as a single environment: a view of a vector environment of one lane. `reset` takes no further options. */
export function createEnvironment(options: Omit<SupplyEnvironmentOptions, 'lanes'>): Environment {
  const vector = createSupplyEnvironment({ ...options, lanes: 1 });
  const { simulator } = vector;
  let running = false;
  const period = (): Info => ({ period: simulator.view.period[0] });
  return {
    observationSpace: vector.observationSpace,
    actionSpace: vector.actionSpace,
    reset({ seed, options: given = {} } = {}) {
      const [unknown] = Object.keys(given);
      if (unknown !== undefined) throw new UserError(`reset option "${unknown}": this environment takes none; leave options out`);
      running = true;
      return { observation: vector.reset({ seed }).slice(), info: period() };
    },
    step(action) {
      if (!running) throw new Error('step before reset: the episode has ended or has not begun; call reset first');
      const now = simulator.view.period[0];
      const result = vector.step(typeof action === 'number' ? [action] : action);
      const truncated = result.truncated[0] === 1;
      const terminated = result.terminated[0] === 1;
      running = !truncated && !terminated;
      const info: Record<string, number> = { period: now, cost: simulator.cost[0] };
      for (const part of COST_PARTS) info[part] = simulator.costs[part][0];
      return {
        observation: (running ? result.observations : result.finalObservations).slice(),
        reward: result.rewards[0],
        terminated,
        truncated,
        info,
      };
    },
  };
}
