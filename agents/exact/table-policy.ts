import type { StateView } from '../../env/index.ts';
import type { Policy, PolicyParameters } from '../policy.ts';
import type { DecisionProcess } from './decision-process.ts';
import type { StateTable } from './state-table.ts';
import { readStates, stateWidth } from './state-window.ts';

interface TablePolicyParts {
  readonly name: string;
  readonly parameters: PolicyParameters;
  readonly process: DecisionProcess;
  readonly table: StateTable;
  /** [state] the choice taken. */
  readonly best: Int32Array;
}

/**
 * A policy read from a table of states and their best orders. In a state that the table does not hold (more stock than the optimum ever keeps,
 * say) it orders on the first arc what lifts the inventory position to the lowest one that the table orders up to, at most its largest order:
 * nothing while there is too much, and in the end the system is back in the table.
 */
export function tablePolicy({ name, parameters, process, table, best }: TablePolicyParts): Policy {
  const arcs = process.orders.length / process.cost.length;
  const fallback = fallbackRule(process, table, best);
  const row = new Float64Array(table.width);
  let states = new Float64Array(0);
  return {
    name,
    parameters,
    order(view: StateView, orders: Float64Array): void {
      const { lanes } = view;
      if (stateWidth(view) !== table.width || view.network.arcs.length !== arcs) {
        throw new RangeError(
          `policy "${name}" was made for a state of ${table.width} numbers and ${arcs} arcs: solve the scenario that it is used in`,
        );
      }
      if (states.length !== lanes * table.width) states = new Float64Array(lanes * table.width);
      readStates(view, states);
      for (let lane = 0; lane < lanes; lane++) {
        for (let k = 0; k < table.width; k++) row[k] = states[k * lanes + lane];
        const state = table.find(row);
        if (state < 0) {
          orders[lane] = fallback(row);
          continue;
        }
        const choice = best[state];
        for (let arc = 0; arc < arcs; arc++) orders[arc * lanes + lane] = process.orders[choice * arcs + arc];
      }
    },
  };
}

function fallbackRule(process: DecisionProcess, table: StateTable, best: Int32Array): (row: Float64Array) => number {
  const arcs = process.orders.length / process.cost.length;
  const row = new Float64Array(table.width);
  let target = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let state = 0; state < process.states; state++) {
    const order = process.orders[best[state] * arcs];
    if (order <= 0) continue;
    table.read(state, row);
    target = Math.min(target, total(row) + order);
    largest = Math.max(largest, order);
  }
  if (target === Number.POSITIVE_INFINITY) return () => 0;
  return (state) => Math.max(0, Math.min(largest, target - total(state)));
}

function total(row: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += row[k];
  return sum;
}
