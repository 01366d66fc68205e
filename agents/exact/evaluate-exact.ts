import { compileNetwork, type Scenario, Simulator, UserError } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import { expand } from './expand.ts';
import { periodOutcomes } from './outcomes.ts';
import { SimulatorStepper } from './simulator-stepper.ts';
import { MAX_STATES } from './solve-states.ts';
import type { SolverOptions } from './solver.ts';
import { stateLayout } from './state-layout.ts';
import { StateWindow } from './state-window.ts';
import { stockModel, whyNotSingleStockPoint } from './stock-model.ts';
import { iterateValues } from './value-iteration.ts';

export interface ExactCost {
  /** [money/period] long-run average. */
  readonly costPerPeriod: number;
  readonly bounds: readonly [number, number];
  /** States that the policy can reach. */
  readonly states: number;
}

/** States whose orders are asked for at once. */
const CHUNK = 512;

/**
 * The long-run average cost of a policy, without sampling: the same process as in solveExact, with the one order per state that the policy gives.
 * The policy must go by stock and pipeline alone, and give the same order whenever it sees them.
 * @throws UserError where the scenario is not covered, or the policy reaches more than `maxStates` states
 */
export function evaluateExact(scenario: Scenario, policy: Policy, { maxStates = MAX_STATES, ...options }: SolverOptions = {}): ExactCost {
  const reason = whyNotSingleStockPoint(scenario);
  if (reason) throw new UserError(`no exact cost in "${scenario.id}": ${reason}; simulate the policy instead`);
  const model = stockModel(compileNetwork(scenario, 1));
  const layout = stateLayout(model.network);
  const stepper = new SimulatorStepper(model, 8192);
  const asked = new StateWindow(new Simulator({ scenario, lanes: CHUNK }));
  const { width, arcs } = stepper;
  const askedOrders = new Float64Array(arcs * CHUNK);
  const start = new Float64Array(width);
  start[layout.ages - 1] = model.initialStock;
  for (const component of layout.available) if (component >= 0) start[component] = 1;
  const { process } = expand(
    stepper,
    start,
    {
      choices(rows, count) {
        for (let lane = 0; lane < count; lane++) {
          for (let k = 0; k < width; k++) asked.state[k * CHUNK + lane] = rows[lane * width + k];
        }
        asked.show();
        askedOrders.fill(0);
        policy.order(asked.view, askedOrders);
        return Array.from({ length: count }, (_, lane) => Float64Array.from({ length: arcs }, (_, arc) => askedOrders[arc * CHUNK + lane]));
      },
      outcomes: periodOutcomes(model),
    },
    maxStates,
  );
  const { costPerPeriod, bounds, converged, sweeps } = iterateValues(process, options);
  if (!converged)
    throw new Error(`the cost of "${policy.name}" is only known to lie between ${bounds[0]} and ${bounds[1]} after ${sweeps} sweeps`);
  return { costPerPeriod, bounds, states: process.states };
}
