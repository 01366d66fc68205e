import type { Network } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { ValueIterationOptions } from './value-iteration.ts';

/** What computes an optimum, by the name that a scenario and a result call it. */
export type SolverName = 'newsvendor' | 'zheng-federgruen' | 'clark-scarf' | 'wagner-whitin' | 'value-iteration';

/** `exact`: to rounding errors. `bounds`: the cost lies between bounds that are told, because numbers were cut or laid on a grid. */
export type AnswerQuality = 'exact' | 'bounds';

export interface SolverOptions extends ValueIterationOptions {
  /** Value iteration refuses scenarios with more states. Default 400,000. */
  readonly maxStates?: number;
}

export interface ExactSolution {
  readonly solver: SolverName;
  /** [money/period] under the best policy: the long-run average, or that of the periods of a scenario that ends. */
  readonly costPerPeriod: number;
  /** It lies between these. */
  readonly bounds: readonly [number, number];
  /** Of the Markov decision process; 0 where none was needed. */
  readonly states: number;
  readonly transitions: number;
  readonly sweeps: number;
  readonly seconds: number;
  readonly policy: Policy;
}

/** What a solver finds, before it is timed and named. */
export type Answer = Pick<ExactSolution, 'costPerPeriod' | 'bounds' | 'policy'> &
  Partial<Pick<ExactSolution, 'states' | 'transitions' | 'sweeps'>>;

/** One way to compute an optimum: which scenarios it covers, how good its answer is, and the answer. */
export interface Solver {
  readonly name: SolverName;
  readonly title: string;
  readonly answer: AnswerQuality;
  /** Why it cannot take a network of one lane, or undefined where it can. Cheap: nothing is solved, sizes are estimated. */
  covers(network: Network, options?: SolverOptions): string | undefined;
  /**
   * Solves a network that it covers.
   * @throws UserError where that takes more than it holds, or no policy has a finite cost
   */
  solve(network: Network, options: SolverOptions): Answer;
}
