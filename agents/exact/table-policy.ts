import type { StateView } from '../../env/index.ts';
import type { Policy, PolicyExplanation, PolicyParameters } from '../policy.ts';
import type { DecisionProcess } from './decision-process.ts';
import { positionOf, type StateLayout, stateLayout, stockOf } from './state-layout.ts';
import { StateTable } from './state-table.ts';
import { readStates } from './state-window.ts';

/** A policy's states and their orders as plain numbers: what another process needs to order the same. */
export interface OrderTable {
  readonly name: string;
  readonly parameters: PolicyParameters;
  /** [units] The first component is looked up at its nearest multiple of this; 0: as it is. */
  readonly step: number;
  /** [state][component] */
  readonly states: Float64Array;
  /** [state][arc] [units] */
  readonly orders: Float64Array;
  /** Numbers per state, and arcs. */
  readonly width: number;
  readonly arcs: number;
}

interface TablePolicy extends Policy {
  readonly table: () => OrderTable;
}

/** The table behind a policy, or null where there is none. */
export function orderTable(policy: Policy): OrderTable | null {
  return isTablePolicy(policy) ? policy.table() : null;
}

function isTablePolicy(policy: Policy): policy is TablePolicy {
  return 'table' in policy;
}

/** The policy that a table was taken from. */
export function policyFromTable({ name, parameters, step, states, orders, width, arcs }: OrderTable): Policy {
  const table = new StateTable(width);
  const count = orders.length / arcs;
  for (let state = 0; state < count; state++) table.add(states.subarray(state * width, (state + 1) * width));
  const best = Int32Array.from({ length: count }, (_, state) => state);
  return tablePolicy({ name, parameters, step, table, best, process: { states: count, orders, cost: new Float64Array(count) } });
}

/** How much more stock states are looked up with to explain an order. */
const NEARBY = [-3, -2, -1, 0, 1, 2, 3];

interface TablePolicyParts {
  readonly name: string;
  readonly parameters: PolicyParameters;
  readonly process: Pick<DecisionProcess, 'states' | 'orders' | 'cost'>;
  readonly table: StateTable;
  /** [state] the choice taken. */
  readonly best: Int32Array;
  /** [units] The first component is looked up at its nearest multiple of this; 0: as it is. Default 0. */
  readonly step?: number;
}

/**
 * A policy read from a table of states and their best orders. In a state that the table does not hold (more stock than the optimum ever keeps,
 * say) it orders on the first arc what lifts the inventory position to the lowest one that the table orders up to, at most its largest order:
 * nothing while there is too much, and in the end the system is back in the table.
 */
export function tablePolicy({ name, parameters, process, table, best, step = 0 }: TablePolicyParts): TablePolicy {
  const arcs = process.orders.length / process.cost.length;
  let fallback: ((layout: StateLayout, row: Float64Array) => number) | null = null;
  const row = new Float64Array(table.width);
  let states = new Float64Array(0);
  const read = (view: StateView): StateLayout => {
    const layout = stateLayout(view.network);
    if (layout.width !== table.width || view.network.arcs.length !== arcs) {
      throw new RangeError(
        `policy "${name}" was made for a state of ${table.width} numbers and ${arcs} arcs: solve the scenario that it is used in`,
      );
    }
    if (states.length !== view.lanes * table.width) states = new Float64Array(view.lanes * table.width);
    readStates(view, states);
    return layout;
  };
  const readRow = (lane: number, lanes: number) => {
    for (let k = 0; k < table.width; k++) row[k] = states[k * lanes + lane];
    if (step > 0) row[0] = Math.round(row[0] / step) * step;
  };
  return {
    name,
    parameters,
    order(view: StateView, orders: Float64Array): void {
      const { lanes } = view;
      const layout = read(view);
      for (let lane = 0; lane < lanes; lane++) {
        readRow(lane, lanes);
        const state = table.find(row);
        if (state < 0) {
          fallback ??= fallbackRule(layout, { process, table, best });
          orders[lane] = fallback(layout, row);
          continue;
        }
        const choice = best[state];
        for (let arc = 0; arc < arcs; arc++) orders[arc * lanes + lane] = process.orders[choice * arcs + arc];
      }
    },
    explain(view: StateView, lane: number): PolicyExplanation {
      const layout = read(view);
      readRow(lane, view.lanes);
      const own = row.slice();
      const nearby = NEARBY.flatMap((change) => {
        // Of stock that ages, the freshest.
        row.set(own);
        row[layout.ages - 1] += change * (step > 0 ? step : 1);
        const state = table.find(row);
        if (state < 0) return [];
        const orders = [...process.orders.subarray(best[state] * arcs, (best[state] + 1) * arcs)];
        return [{ stock: stockOf(layout, row), orders, here: change === 0 }];
      });
      return { rules: [{ arc: 0, position: positionOf(layout, own) }], nearby };
    },
    table: () => {
      const states = new Float64Array(process.states * table.width);
      const taken = new Float64Array(process.states * arcs);
      for (let state = 0; state < process.states; state++) {
        table.read(state, row);
        states.set(row, state * table.width);
        taken.set(process.orders.subarray(best[state] * arcs, (best[state] + 1) * arcs), state * arcs);
      }
      return { name, parameters, step, states, orders: taken, width: table.width, arcs };
    },
  };
}

function fallbackRule(
  layout: StateLayout,
  { process, table, best }: Pick<TablePolicyParts, 'process' | 'table' | 'best'>,
): (layout: StateLayout, row: Float64Array) => number {
  const arcs = process.orders.length / process.cost.length;
  const row = new Float64Array(table.width);
  let target = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let state = 0; state < process.states; state++) {
    const order = process.orders[best[state] * arcs];
    if (order <= 0) continue;
    table.read(state, row);
    target = Math.min(target, positionOf(layout, row) + order);
    largest = Math.max(largest, order);
  }
  if (target === Number.POSITIVE_INFINITY) return () => 0;
  return (own, state) => Math.max(0, Math.min(largest, target - positionOf(own, state)));
}
