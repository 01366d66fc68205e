import { type Network, UserError } from '../../env/index.ts';
import type { DecisionProcess } from './decision-process.ts';
import { type Expansion, expand } from './expand.ts';
import { FiniteLanding } from './landing.ts';
import { COARSEST, deepened, FINEST, type OrderBounds, orderBounds, whyTooLarge, widened } from './order-bounds.ts';
import { orderChoices } from './order-choices.ts';
import { periodOutcomes } from './outcomes.ts';
import { SimulatorStepper } from './simulator-stepper.ts';
import type { Answer, Solver, SolverOptions } from './solver.ts';
import { positionOf, stateLayout } from './state-layout.ts';
import { type StockModel, stockModel, whyNotStockModel, whyNotSupplied } from './stock-model.ts';
import { tablePolicy } from './table-policy.ts';
import { iterateValues, type ValueIterationOptions, type ValueIterationResult } from './value-iteration.ts';

export const MAX_STATES = 400_000;

interface Attempt {
  readonly expansion: Expansion;
  readonly result: ValueIterationResult;
  readonly bounds: OrderBounds;
  readonly forgot: boolean;
}

function covers(network: Network, { maxStates = MAX_STATES }: SolverOptions = {}): string | undefined {
  const reason = whyNotStockModel(network);
  if (reason) return reason;
  const model = stockModel(network);
  return whyNotSupplied(model) ?? whyTooLarge(model, orderBounds(model), maxStates);
}

function solve(network: Network, { maxStates = MAX_STATES, ...options }: SolverOptions): Answer {
  const model = stockModel(network);
  const effort = { maxStates, options };
  if (model.backlogged === 0 || model.backlogged === 1) {
    const wide = untilWide(model, { bounds: orderBounds(model), steps: 1, ...effort });
    const { last, error } = untilDeep(model, wide, { steps: 1, ...effort });
    return answer(model, last, error);
  }
  const coarse = untilWide(model, { bounds: orderBounds(model), steps: COARSEST, ...effort });
  const fine = untilWide(model, { bounds: coarse.bounds, steps: FINEST, ...effort });
  const { last, error } = untilDeep(model, fine, { steps: FINEST, ...effort });
  return answer(model, last, error + Math.abs(fine.result.costPerPeriod - coarse.result.costPerPeriod));
}

interface Effort {
  readonly maxStates: number;
  readonly options: ValueIterationOptions;
}

/** Solves within bounds that are widened until the best policy keeps clear of them. */
function untilWide(model: StockModel, { bounds, steps, ...effort }: Effort & { bounds: OrderBounds; steps: number }): Attempt {
  let attempt = solveWithin(model, bounds, steps, effort);
  while (!attempt.bounds.proved && touches(model, attempt)) attempt = solveWithin(model, widened(attempt.bounds), steps, effort);
  return attempt;
}

/** Tells more backlog apart until that makes no difference any more; the error is the last difference. */
function untilDeep(
  model: StockModel,
  first: Attempt,
  { steps, ...effort }: Effort & { steps: number },
): { readonly last: Attempt; readonly error: number } {
  let last = first;
  let error = 0;
  while (last.forgot) {
    const next = solveWithin(model, deepened(last.bounds), steps, effort);
    error = Math.abs(next.result.costPerPeriod - last.result.costPerPeriod);
    last = next;
    if (error <= 1e-7 * Math.abs(last.result.costPerPeriod)) break;
  }
  return { last, error };
}

function solveWithin(model: StockModel, bounds: OrderBounds, steps: number, { maxStates, options }: Effort): Attempt {
  const { network } = model;
  const reason = whyTooLarge(model, bounds, maxStates);
  if (reason) throw new UserError(`no exact solution of "${network.scenario.id}": ${reason}`);
  const stepper = new SimulatorStepper(model, 8192);
  const layout = stateLayout(network);
  const start = new Float64Array(layout.width);
  start[layout.ages - 1] = Math.min(Math.floor(model.initialStock), bounds.highestPosition);
  for (const component of layout.available) if (component >= 0) start[component] = 1;
  const choicesAt = orderChoices(bounds, network);
  const landing = model.backlogged === 0 ? undefined : new FiniteLanding(layout, { floor: bounds.floor, step: 1 / steps });
  const expansion = expand(
    stepper,
    start,
    {
      choices: (rows, count) => Array.from({ length: count }, (_, i) => choicesAt(rows, i * layout.width)),
      outcomes: periodOutcomes(model),
      landing,
    },
    maxStates,
  );
  return { expansion, result: iterateValues(expansion.process, options), bounds, forgot: landing?.forgot ?? false };
}

/**
 * Does the best policy order as much, or up to as high or low a position, as it was let, in a state that it visits? States that are met only when
 * supply fails again and again do not count.
 */
function touches({ network, demand }: StockModel, { expansion: { process, table }, result: { best }, bounds }: Attempt): boolean {
  const layout = stateLayout(network);
  const arcs = network.arcs.length;
  const row = new Float64Array(table.width);
  for (const state of visited(process, best)) {
    table.read(state, row);
    let position = positionOf(layout, row);
    const before = position;
    if (before < bounds.lowestPosition - demand.length) continue;
    for (let arc = 0; arc < arcs; arc++) {
      const order = process.orders[best[state] * arcs + arc];
      if (order > 0 && order >= bounds.largestOrder && network.arcs[arc].capacity[0] > order) return true;
      position += order;
    }
    if (position >= bounds.highestPosition && position > before) return true;
    const hasChoice = process.choiceStart[state + 1] > process.choiceStart[state] + 1;
    if (hasChoice && bounds.lowestPosition < 0 && position === bounds.lowestPosition) return true;
  }
  return false;
}

/** The states that the best policy keeps coming back to, found from the state that it is led to when there is no demand for long. */
function visited(process: DecisionProcess, best: Int32Array): Set<number> {
  let state = 0;
  for (let step = 0; step < 1000; step++) state = process.next[process.rowStart[best[state]]];
  const seen = new Set([state]);
  for (const at of seen) {
    for (let k = process.rowStart[best[at]]; k < process.rowStart[best[at] + 1]; k++) seen.add(process.next[k]);
  }
  return seen;
}

function answer({ backlogged }: StockModel, { expansion: { process, table }, result }: Attempt, error: number): Answer {
  if (!result.converged) {
    throw new Error(
      `value iteration stopped after ${result.sweeps} sweeps with the cost between ${result.bounds[0]} and ${result.bounds[1]}`,
    );
  }
  const { costPerPeriod, bounds, sweeps, best } = result;
  const parameters = { solver: 'value-iteration', states: process.states };
  const step = backlogged > 0 && backlogged < 1 ? 1 / FINEST : 0;
  return {
    costPerPeriod,
    bounds: [bounds[0] - error, bounds[1] + error],
    states: process.states,
    transitions: process.next.length,
    sweeps,
    policy: tablePolicy({ name: 'optimal', parameters, process, table, best, step }),
  };
}

/** One stock point with stationary demand: the Markov decision process that the simulator itself spans. */
export const valueIteration: Solver = {
  name: 'value-iteration',
  title: 'Value iteration over the states that the simulator reaches',
  answer: 'bounds',
  covers,
  solve,
};
