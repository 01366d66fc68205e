import { type Scenario, UserError } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import { backlogOptimum, solvedByReorderPoint } from './backlog-optimum.ts';
import type { DecisionProcess } from './decision-process.ts';
import { type Expansion, expand, MOST_TRANSITIONS } from './expand.ts';
import { orderChoices } from './order-choices.ts';
import { demandOutcomes } from './outcomes.ts';
import { SimulatorStepper } from './simulator-stepper.ts';
import { modelSize, type OrderBounds, orderBounds, type StockModel, stockModel, widened } from './stock-model.ts';
import { tablePolicy } from './table-policy.ts';
import { iterateValues, type ValueIterationOptions, type ValueIterationResult } from './value-iteration.ts';

export interface SolveExactOptions extends ValueIterationOptions {
  /** Refuses scenarios with more states. Default 400,000. */
  readonly maxStates?: number;
  /** Default `any`: a closed solution where there is one. */
  readonly method?: 'any' | 'value-iteration';
}

export interface ExactSolution {
  readonly solver: 'value-iteration' | 'zheng-federgruen';
  /** [money/period] long-run average under the best policy. */
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

export const MAX_STATES = 400_000;

/**
 * The cheapest policy of a single stock point with stationary demand and its long-run average cost: under full backlog with one source by the
 * algorithm of Zheng and Federgruen, elsewhere by value iteration over the Markov decision process that the simulator itself spans.
 * @throws UserError where the scenario is not covered, or has more than `maxStates` states
 */
export function solveExact(
  scenario: Scenario,
  { maxStates = MAX_STATES, method = 'any', ...options }: SolveExactOptions = {},
): ExactSolution {
  const began = performance.now();
  const model = stockModel(scenario);
  const seconds = () => (performance.now() - began) / 1000;
  let bounds = orderBounds(model);
  if (method === 'any' && solvedByReorderPoint(model)) {
    const { costPerPeriod, policy } = backlogOptimum(model);
    const solver = 'zheng-federgruen';
    return {
      solver,
      costPerPeriod,
      bounds: [costPerPeriod, costPerPeriod],
      states: 0,
      transitions: 0,
      sweeps: 0,
      seconds: seconds(),
      policy,
    };
  }
  for (;;) {
    const expansion = expandWithin(model, bounds, maxStates);
    const result = iterateValues(expansion.process, options);
    if (bounds.proved || !touches(expansion, result, bounds)) return solution(expansion, result, seconds());
    bounds = widened(bounds);
  }
}

function expandWithin(model: StockModel, bounds: OrderBounds, maxStates: number): Expansion {
  const { leadTimes } = model;
  if (model.backlogged === 0) refuseIfLarge(model, bounds, maxStates);
  const stepper = new SimulatorStepper(model, 8192);
  const { width, arcs } = stepper;
  const start = new Float64Array(width);
  start[0] = Math.min(Math.floor(model.initialStock), bounds.highestPosition);
  const choicesAt = orderChoices(bounds, arcs);
  const outcomesOf = demandOutcomes(model);
  return expand(
    stepper,
    start,
    {
      choices: (rows, count) => Array.from({ length: count }, (_, i) => choicesAt(sum(rows, i * width, (i + 1) * width))),
      outcomes: (row, orders, choice) => outcomesOf(row[0] + receivedAtOnce(leadTimes, orders, choice)),
    },
    maxStates,
  );
}

function refuseIfLarge(model: StockModel, bounds: OrderBounds, maxStates: number): void {
  const { states, transitions } = modelSize(model, bounds);
  if (states <= maxStates && transitions <= MOST_TRANSITIONS) return;
  const count = (value: number) => value.toLocaleString('en');
  throw new UserError(
    `"${model.scenario.id}" has about ${count(states)} states and ${count(transitions)} transitions, more than the ${count(maxStates)} and ` +
      `${count(MOST_TRANSITIONS)} that the exact solver takes: use a shorter lead time, a smaller mean demand or a smaller fixed cost`,
  );
}

/** What a choice's orders add to stock before demand: those of arcs without a lead time. */
export function receivedAtOnce(leadTimes: readonly number[], orders: Float64Array, choice: number): number {
  let received = 0;
  for (let arc = 0; arc < leadTimes.length; arc++) if (leadTimes[arc] === 0) received += orders[choice * leadTimes.length + arc];
  return received;
}

/** Does the best policy order as much, or up to as high or low a position, as it was let, in a state that it visits? */
function touches({ process, table }: Expansion, { best }: ValueIterationResult, bounds: OrderBounds): boolean {
  const arcs = process.orders.length / process.cost.length;
  const row = new Float64Array(table.width);
  for (const state of visited(process, best)) {
    table.read(state, row);
    let position = sum(row, 0, row.length);
    for (let arc = 0; arc < arcs; arc++) {
      const order = process.orders[best[state] * arcs + arc];
      if (order > 0 && order >= bounds.largestOrder) return true;
      position += order;
    }
    if (position >= bounds.highestPosition || (bounds.lowestPosition < 0 && position <= bounds.lowestPosition)) return true;
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

function solution({ process, table }: Expansion, result: ValueIterationResult, seconds: number): ExactSolution {
  if (!result.converged) {
    throw new Error(
      `value iteration stopped after ${result.sweeps} sweeps with the cost between ${result.bounds[0]} and ${result.bounds[1]}`,
    );
  }
  const { costPerPeriod, bounds, sweeps, best } = result;
  const parameters = { solver: 'value-iteration', states: process.states };
  return {
    solver: 'value-iteration',
    costPerPeriod,
    bounds,
    states: process.states,
    transitions: process.next.length,
    sweeps,
    seconds,
    policy: tablePolicy({ name: 'optimal', parameters, process, table, best }),
  };
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let k = from; k < to; k++) total += values[k];
  return total;
}
