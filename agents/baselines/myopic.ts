import { type Distribution, distributionTable, type Network, type StateView, UserError } from '../../env/index.ts';
import type { Policy, PolicyExplanation } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { type OrderPlan, plannedPolicy } from './planned-policy.ts';
import { singleSources, whyNotSingleSources } from './single-source.ts';

/**
 * Orders what makes the expected cost of the period in which the order arrives least, as if nothing came after it: the smallest order that brings
 * the probability of a shortage in that period down to h / (h + p - c), worked out exactly from stock and pipeline (Zipkin 2008; Morton 1971).
 */
export function myopic(): Policy {
  return plannedPolicy('myopic', (network) => new MyopicPlan(network));
}

/** Remembers the orders of the states it has met, which come again and again. */
class MyopicPlan implements OrderPlan {
  readonly #arc: number;
  readonly #node: number;
  readonly #lanes: readonly LaneNumbers[];
  readonly #known = new Map<string, number>();

  constructor(network: Network) {
    const [{ node, arc }] = singleSources(network);
    this.#node = node;
    this.#arc = arc;
    const { process } = network.scenario.demand[network.nodes[node].demand];
    if (process.kind !== 'stationary')
      throw new UserError('policy "myopic" needs demand with the same distribution in every period; choose another policy');
    const tables = new Map<string, DemandTable>();
    this.#lanes = Array.from({ length: network.lanes }, (_, lane) =>
      laneNumbers(network, { node, arc, lane, distribution: process.distribution }, tables),
    );
  }

  order(view: StateView, orders: Float64Array): void {
    const { lanes } = view;
    for (let lane = 0; lane < lanes; lane++) {
      const numbers = this.#lanes[lane];
      const { onHand, arriving } = this.#state(view, lane);
      const key = `${numbers.key} ${onHand} ${arriving.join(' ')}`;
      let order = this.#known.get(key);
      if (order === undefined) {
        order = myopicOrder(numbers, onHand, arriving);
        this.#known.set(key, order);
      }
      orders[this.#arc * lanes + lane] = order;
    }
  }

  /** What the period in which it arrives costs with each order, as far as it was tried and a little on. */
  explain(view: StateView, lane: number): PolicyExplanation {
    const numbers = this.#lanes[lane];
    const { onHand, arriving } = this.#state(view, lane);
    const taken = myopicOrder(numbers, onHand, arriving);
    const stock = stockAtArrival(numbers, onHand, arriving);
    const options = Array.from({ length: taken + 1 + BEYOND }, (_, order) => ({
      orders: [order],
      value: -costOfArrival(numbers, stock, order),
      taken: order === taken,
    }));
    return { choices: [{ of: 'value', arc: this.#arc, options: options.slice(Math.max(0, taken - BEYOND)) }] };
  }

  #state(view: StateView, lane: number): { readonly onHand: number; readonly arriving: readonly number[] } {
    const arriving: number[] = [];
    for (let periods = 1; periods < this.#lanes[lane].leadTime; periods++) arriving.push(view.arriving(this.#arc, periods)[lane]);
    return { onHand: view.onHand[this.#node * view.lanes + lane], arriving };
  }
}

/** Orders told on either side of the one taken. */
const BEYOND = 4;

interface LaneNumbers {
  readonly key: string;
  readonly leadTime: number;
  /** [money/unit/period] */
  readonly holdingCost: number;
  /** [money/unit] what a lost sale costs more than a unit. */
  readonly margin: number;
  /** Probability of a shortage at which another unit no longer pays. */
  readonly shortageLevel: number;
  readonly demand: Float64Array;
}

/** A table of demand probabilities with its number among the different ones there are. */
interface DemandTable {
  readonly number: number;
  readonly table: Float64Array;
}

interface LaneOf {
  readonly node: number;
  readonly arc: number;
  readonly lane: number;
  readonly distribution: Distribution;
}

function laneNumbers(network: Network, { node, arc, lane, distribution }: LaneOf, tables: Map<string, DemandTable>): LaneNumbers {
  const { holdingCost, shortageCost, price } = network.nodes[node];
  const { leadTime, unitCost } = network.arcs[arc];
  const margin = shortageCost[lane] + price[lane] - unitCost[lane];
  const shortageLevel = margin > 0 ? holdingCost[lane] / (holdingCost[lane] + margin) : 1;
  const table = distributionTable(distribution, network.represents[lane]);
  const tableKey = table.join(' ');
  const demand = tables.get(tableKey) ?? { number: tables.size, table };
  tables.set(tableKey, demand);
  return {
    key: `${demand.number} ${leadTime[lane]} ${shortageLevel}`,
    leadTime: leadTime[lane],
    holdingCost: holdingCost[lane],
    margin,
    shortageLevel,
    demand: demand.table,
  };
}

/** The smallest order z with P(demand of the arrival period > stock then + z) at most the level. */
function myopicOrder(numbers: LaneNumbers, onHand: number, arriving: readonly number[]): number {
  const { shortageLevel, demand } = numbers;
  if (shortageLevel >= 1) return 0;
  const stock = stockAtArrival(numbers, onHand, arriving);
  const above = tails(demand);
  for (let order = 0; ; order++) {
    let shortage = 0;
    for (let x = 0; x < stock.length; x++) shortage += stock[x] * (above[x + order] ?? 0);
    if (shortage <= shortageLevel) return order;
  }
}

/** [units] distribution of the stock that an order meets when it arrives. */
function stockAtArrival({ leadTime, demand }: LaneNumbers, onHand: number, arriving: readonly number[]): Float64Array {
  let stock = new Float64Array(Math.round(onHand) + 1);
  stock[stock.length - 1] = 1;
  for (let period = 0; period < leadTime; period++) stock = nextStock(stock, demand, Math.round(arriving[period] ?? 0));
  return stock;
}

/** [money] expected in the period in which an order arrives. */
function costOfArrival({ holdingCost, margin, demand }: LaneNumbers, stock: Float64Array, order: number): number {
  let cost = 0;
  for (let x = 0; x < stock.length; x++) {
    for (let d = 0; d < demand.length; d++) {
      const left = x + order - d;
      cost += stock[x] * demand[d] * (left > 0 ? holdingCost * left : -margin * left);
    }
  }
  return cost;
}

/** Distribution of stock a period later, after demand that is lost beyond the stock, and what arrives. */
export function nextStock(stock: Float64Array, demand: Float64Array, arrives: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(stock.length + arrives);
  for (let x = 0; x < stock.length; x++) {
    for (let d = 0; d < demand.length; d++) next[Math.max(0, x - d) + arrives] += stock[x] * demand[d];
  }
  return next;
}

/** [k] probability of a demand above k. */
function tails(demand: Float64Array): Float64Array {
  const above = new Float64Array(demand.length);
  for (let k = demand.length - 2; k >= 0; k--) above[k] = above[k + 1] + demand[k + 1];
  return above;
}

function whyNot(network: Network): string | undefined {
  const sources = whyNotSingleSources(network);
  if (sources) return sources;
  if (network.nodes.length > 1) return 'it knows a single stock point only';
  if (network.nodes[0].backlogged.some((part) => part > 0)) return 'it is made for lost sales (under backlog it is base stock)';
  if (network.scenario.demand[0]?.process.kind !== 'stationary') return 'it needs demand with the same distribution in every period';
  return undefined;
}

export const myopicFamily: BaselineFamily = {
  name: 'myopic',
  title: 'Myopic: least expected cost of the period in which the order arrives (lost sales)',
  parameters: [],
  whyNot,
  boundsStock: true,
  build: () => myopic(),
  search: null,
};
