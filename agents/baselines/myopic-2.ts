import { distributionTable, type Network, type StateView, UserError } from '../../env/index.ts';
import type { Policy, PolicyExplanation } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { myopicFamily, nextStock } from './myopic.ts';
import { type OrderPlan, plannedPolicy } from './planned-policy.ts';
import { singleSources } from './single-source.ts';

/**
 * Orders what makes the expected cost of the period in which the order arrives and of the one after it least, the next order being a myopic one
 * (Morton 1971, "The near-myopic nature of the lagged-proportional-cost inventory problem with lost sales"; Zipkin 2008).
 */
export function myopic2(): Policy {
  return plannedPolicy('myopic-2', (network) => new NearMyopicPlan(network));
}

class NearMyopicPlan implements OrderPlan {
  readonly #node: number;
  readonly #arc: number;
  readonly #lanes: readonly Outlook[];

  constructor(network: Network) {
    const [{ node, arc }] = singleSources(network);
    this.#node = node;
    this.#arc = arc;
    const { process } = network.scenario.demand[network.nodes[node].demand];
    if (process.kind !== 'stationary')
      throw new UserError('policy "myopic-2" needs demand with the same distribution in every period; choose another policy');
    const { holdingCost, shortageCost, price } = network.nodes[node];
    const { leadTime, unitCost } = network.arcs[arc];
    const known = new Map<string, Outlook>();
    this.#lanes = Array.from({ length: network.lanes }, (_, lane) => {
      const demand = distributionTable(process.distribution, network.represents[lane]);
      const margin = shortageCost[lane] + price[lane] - unitCost[lane];
      const key = [holdingCost[lane], margin, leadTime[lane], ...demand].join(' ');
      const outlook = known.get(key) ?? new Outlook({ demand, holdingCost: holdingCost[lane], margin, leadTime: leadTime[lane] });
      known.set(key, outlook);
      return outlook;
    });
  }

  order(view: StateView, orders: Float64Array): void {
    const { lanes } = view;
    for (let lane = 0; lane < lanes; lane++) {
      orders[this.#arc * lanes + lane] = this.#lanes[lane].order(this.#state(view, lane));
    }
  }

  explain(view: StateView, lane: number): PolicyExplanation {
    const state = this.#state(view, lane);
    const taken = this.#lanes[lane].order(state);
    const options = this.#lanes[lane].costs(state).map((cost, order) => ({ orders: [order], value: -cost, taken: order === taken }));
    return { choices: [{ of: 'value', arc: this.#arc, options }] };
  }

  #state(view: StateView, lane: number): number[] {
    const state = [Math.round(view.onHand[this.#node * view.lanes + lane])];
    for (let periods = 1; periods < this.#lanes[lane].leadTime; periods++) state.push(Math.round(view.arriving(this.#arc, periods)[lane]));
    return state;
  }
}

interface OutlookNumbers {
  readonly demand: Float64Array;
  readonly holdingCost: number;
  /** [money/unit] what a lost sale costs more than a unit. */
  readonly margin: number;
  readonly leadTime: number;
}

/** What orders cost in the periods in which they arrive. A state is the stock on hand, then what arrives in the next periods. */
class Outlook {
  readonly leadTime: number;
  readonly #numbers: OutlookNumbers;
  readonly #mean: number;
  /** [stock] cost of a period that starts with it. */
  readonly #periodCost: number[] = [];
  readonly #orders = new Map<string, number>();
  readonly #least = new Map<string, Myopic>();

  constructor(numbers: OutlookNumbers) {
    this.#numbers = numbers;
    this.leadTime = numbers.leadTime;
    this.#mean = numbers.demand.reduce((sum, p, d) => sum + p * d, 0);
  }

  order(state: readonly number[]): number {
    const key = state.join(' ');
    const found = this.#orders.get(key);
    if (found !== undefined) return found;
    const costs = this.costs(state);
    const best = costs.indexOf(Math.min(...costs));
    this.#orders.set(key, best);
    return best;
  }

  /** [order] expected cost of the two periods, for all orders that can be the best. */
  costs(state: readonly number[]): number[] {
    const { order: most, stock } = this.#myopic(state);
    return Array.from({ length: most + 1 }, (_, order) => this.#arrivalCost(stock, order) + this.#costAfter(state, order));
  }

  /** Expected cost of the period after the arrival, the next order being myopic. */
  #costAfter(state: readonly number[], order: number): number {
    const { demand } = this.#numbers;
    const coming = [...state.slice(1), order];
    const before = state[0] + (this.leadTime === 0 ? order : 0);
    let cost = 0;
    let tail = 1;
    for (let d = 0; d <= before && d < demand.length; d++) {
      const probability = d === before || d === demand.length - 1 ? tail : demand[d];
      tail -= demand[d];
      const left = before - d;
      const next = this.leadTime === 0 ? [left] : [left + coming[0], ...coming.slice(1)];
      cost += probability * this.#myopic(next).cost;
    }
    return cost;
  }

  #myopic(state: readonly number[]): Myopic {
    const key = state.join(' ');
    const found = this.#least.get(key);
    if (found) return found;
    let stock = new Float64Array(state[0] + 1);
    stock[state[0]] = 1;
    for (let period = 0; period < this.leadTime; period++) stock = nextStock(stock, this.#numbers.demand, state[period + 1] ?? 0);
    let order = 0;
    let cost = this.#arrivalCost(stock, 0);
    for (;;) {
      const more = this.#arrivalCost(stock, order + 1);
      if (more >= cost) break;
      cost = more;
      order++;
    }
    const made = { order, cost, stock };
    this.#least.set(key, made);
    return made;
  }

  #arrivalCost(stock: Float64Array, order: number): number {
    let cost = 0;
    for (let x = 0; x < stock.length; x++) if (stock[x] > 0) cost += stock[x] * this.#costOf(x + order);
    return cost;
  }

  #costOf(stock: number): number {
    let cost = this.#periodCost[stock];
    if (cost !== undefined) return cost;
    const { demand, holdingCost, margin } = this.#numbers;
    let served = 0;
    for (let d = 0; d < demand.length; d++) served += demand[d] * Math.min(d, stock);
    cost = holdingCost * (stock - served) + margin * (this.#mean - served);
    this.#periodCost[stock] = cost;
    return cost;
  }
}

interface Myopic {
  readonly order: number;
  readonly cost: number;
  /** Distribution of the stock before the order arrives. */
  readonly stock: Float64Array;
}

export const myopic2Family: BaselineFamily = {
  name: 'myopic-2',
  title: 'Myopic over two periods: least expected cost of the period in which the order arrives and the next (lost sales)',
  parameters: [],
  whyNot: myopicFamily.whyNot,
  boundsStock: true,
  build: () => myopic2(),
  search: null,
};
