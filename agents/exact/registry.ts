import { compileNetwork, type Network, type Scenario, UserError } from '../../env/index.ts';
import { reorderPoints } from './backlog-optimum.ts';
import { clarkScarf } from './clark-scarf.ts';
import { newsvendor } from './newsvendor.ts';
import { valueIteration } from './solve-states.ts';
import type { ExactSolution, Solver, SolverName, SolverOptions } from './solver.ts';
import { wagnerWhitin } from './wagner-whitin.ts';

/** Everything that computes optima, the quick ones first. */
export const solvers: readonly Solver[] = [newsvendor, reorderPoints, clarkScarf, wagnerWhitin, valueIteration];

/** Which solver takes a scenario, or for each one why it does not. Nothing is solved. */
export type SolverChoice = { readonly solver: Solver } | { readonly solver: null; readonly reasons: Readonly<Record<string, string>> };

/** The first solver that covers a scenario. */
export function chooseSolver(scenario: Scenario): SolverChoice {
  return chooseFor(networkOf(scenario));
}

function chooseFor(network: Network, options: SolverOptions = {}): SolverChoice {
  const reasons: Record<string, string> = {};
  const lanes = network.scenario.laneNames?.length ?? 1;
  for (const solver of solvers) {
    const reason = lanes > 1 ? `it is a catalogue of ${lanes} items` : solver.covers(network, options);
    if (reason === undefined) return { solver };
    reasons[solver.name] = reason;
  }
  return { solver: null, reasons };
}

function networkOf(scenario: Scenario): Network {
  return compileNetwork(scenario, 1);
}

export interface SolveExactOptions extends SolverOptions {
  /** Default `any`: the first of the solvers that covers the scenario. */
  readonly method?: 'any' | SolverName;
}

/**
 * The cheapest policy of a scenario and what it costs.
 * @throws UserError where no solver covers the scenario, or it has more than `maxStates` states
 */
export function solveExact(scenario: Scenario, { method = 'any', ...options }: SolveExactOptions = {}): ExactSolution {
  const began = performance.now();
  const network = networkOf(scenario);
  const solver = method === 'any' ? solverOf(network, options) : named(network, method, options);
  const answer = solver.solve(network, options);
  const seconds = (performance.now() - began) / 1000;
  return { states: 0, transitions: 0, sweeps: 0, ...answer, solver: solver.name, seconds };
}

function solverOf(network: Network, options: SolverOptions): Solver {
  const choice = chooseFor(network, options);
  if (choice.solver) return choice.solver;
  throw new UserError(
    `no exact solution of "${network.scenario.id}": ${tellingReason(network, choice.reasons)}; take a family of policies instead, such as base-stock`,
  );
}

/** The reason of the solver that was made for such a scenario. */
function tellingReason({ scenario: { periods }, nodes }: Network, reasons: Readonly<Record<string, string>>): string {
  if (periods !== null) return `it ends after ${periods} periods, and ${reasons['wagner-whitin' satisfies SolverName]}`;
  const nearest: SolverName = nodes.length > 1 ? 'clark-scarf' : 'value-iteration';
  return reasons[nearest];
}

function named(network: Network, name: SolverName, options: SolverOptions): Solver {
  const solver = solvers.find((candidate) => candidate.name === name);
  if (!solver) throw new UserError(`solver "${name}": expected one of ${solvers.map((candidate) => candidate.name).join(', ')}`);
  const lanes = network.scenario.laneNames?.length ?? 1;
  const reason = lanes > 1 ? `it is a catalogue of ${lanes} items` : solver.covers(network, options);
  if (reason) throw new UserError(`"${name}" does not solve "${network.scenario.id}": ${reason}; leave the solver to be chosen`);
  return solver;
}
