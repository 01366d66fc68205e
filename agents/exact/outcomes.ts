import type { Network } from '../../env/index.ts';
import type { Outcomes } from './expand.ts';
import { stateLayout, stockOf } from './state-layout.ts';
import type { StockModel } from './stock-model.ts';
import { isSure, SupplyChances } from './supply-chance.ts';

/** What to try after a choice of orders: every demand with everything that supply can bring. */
export function periodOutcomes(model: StockModel): (row: Float64Array, orders: Float64Array, choice: number) => Outcomes {
  const { network } = model;
  const layout = stateLayout(network);
  const demandOf = demandOutcomes(model);
  const demandFor = (row: Float64Array, orders: Float64Array, choice: number) =>
    demandOf(stockOf(layout, row) + receivedAtOnce(network, orders, choice));
  if (isSure(network)) return demandFor;
  const chances = new SupplyChances(network);
  return (row, orders, choice) => together(demandFor(row, orders, choice), chances.outcomes(row, orders, choice * network.arcs.length));
}

function together(
  demands: Outcomes,
  supply: { readonly probability: readonly number[]; readonly uniforms: readonly Float64Array[] },
): Outcomes {
  const demand: number[] = [];
  const probability: number[] = [];
  const uniforms: Float64Array[] = [];
  for (let s = 0; s < supply.probability.length; s++) {
    for (let d = 0; d < demands.demand.length; d++) {
      demand.push(demands.demand[d]);
      probability.push(supply.probability[s] * demands.probability[d]);
      uniforms.push(supply.uniforms[s]);
    }
  }
  return { demand, probability, uniforms };
}

/** The most that a choice's orders can add to stock before demand: those of arcs that can deliver at once. */
function receivedAtOnce({ arcs }: Network, orders: Float64Array, choice: number): number {
  let received = 0;
  for (let arc = 0; arc < arcs.length; arc++) if (arcs[arc].minLeadTime === 0) received += orders[choice * arcs.length + arc];
  return received;
}

/**
 * The demands to try against a stock. Where unmet demand is lost, every demand of the stock or more leaves nothing and costs in proportion to
 * what it lacks: these are tried once, at their mean, which is exact. Elsewhere every demand is tried.
 */
function demandOutcomes({ demand, backlogged }: StockModel): (stock: number) => Outcomes {
  const all: Outcomes = { demand: Float64Array.from(demand, (_, k) => k), probability: demand };
  if (backlogged > 0) return () => all;
  const known = new Map<number, Outcomes>();
  return (stock) => {
    if (stock >= demand.length - 1 || !Number.isInteger(stock)) return all;
    let outcomes = known.get(stock);
    if (!outcomes) {
      outcomes = withTailAsOne(demand, stock);
      known.set(stock, outcomes);
    }
    return outcomes;
  };
}

function withTailAsOne(demand: Float64Array, stock: number): Outcomes {
  const values = Float64Array.from({ length: stock + 1 }, (_, k) => k);
  const probability = demand.slice(0, stock + 1);
  let tail = 0;
  let sum = 0;
  for (let k = stock; k < demand.length; k++) {
    tail += demand[k];
    sum += k * demand[k];
  }
  probability[stock] = tail;
  if (tail > 0) values[stock] = sum / tail;
  return { demand: values, probability };
}
