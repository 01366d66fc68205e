import type { Outcomes } from './expand.ts';
import type { StockModel } from './stock-model.ts';

/**
 * The demands to try against a stock. Where unmet demand is lost, every demand of the stock or more leaves nothing and costs in proportion to
 * what it lacks: these are tried once, at their mean, which is exact. Elsewhere every demand is tried.
 */
export function demandOutcomes(model: StockModel): (stock: number) => Outcomes {
  const { demand, backlogged } = model;
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
