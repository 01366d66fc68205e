import { expectedFlow, type FlowPart, partsBelow } from './flow.ts';
import type { Node } from './network.ts';
import type { StateView } from './view.ts';

/**
 * What a state is worth by what was paid for it: stock on hand and on the way at what its cheapest way here costs, waiting customers at what they still bring, and
 * what is expected to come back. With its changes added, and the margin of all demand taken off, a period's reward tells what a decision did in that period:
 * what was laid out for stock is no loss before the stock is gone. Over many periods that adds up to the same but for what no decision changes (potential-based
 * shaping: Ng, Harada and Russell 1999; undiscounted, as costs per period are judged).
 */
export class StockWorth {
  /** [node][lane] [money/unit] */
  readonly #stock: Float64Array;
  readonly #waiting: Float64Array;
  readonly #margin: Float64Array;
  readonly #nodes: readonly Node[];
  readonly #parts: readonly (readonly FlowPart[])[];
  readonly #need: Float64Array;
  readonly #flow: Float64Array;
  readonly #lanes: number;

  private constructor({ network, lanes }: StateView, cost: Float64Array) {
    const { nodes } = network;
    this.#nodes = nodes;
    this.#parts = partsBelow(network);
    this.#need = new Float64Array(lanes);
    this.#flow = new Float64Array(lanes);
    this.#lanes = lanes;
    this.#stock = cost;
    this.#waiting = cost.map((own, i) => nodes[Math.floor(i / lanes)].price[i % lanes] - own);
    this.#margin = this.#waiting.map((own, i) => own - lossOfReturn(nodes[Math.floor(i / lanes)], i % lanes, cost[i]));
  }

  /** Null where nothing has a price: then rewards are as they are. */
  static of(view: StateView): StockWorth | null {
    const { nodes } = view.network;
    const cost = cheapestWays(view);
    const any = (values: Float64Array) => values.some((value) => value !== 0);
    return any(cost) || nodes.some(({ price, returns }) => any(price) || (returns !== null && any(returns.refund)))
      ? new StockWorth(view, cost)
      : null;
  }

  /** Writes the worth of every lane's state [lane] [money]. */
  write(view: StateView, out: Float64Array): void {
    const lanes = this.#lanes;
    out.fill(0);
    for (const [n, node] of this.#nodes.entries()) {
      this.#writeNeed(view, n);
      for (let lane = 0, i = n * lanes; lane < lanes; lane++, i++) {
        const stock = view.onHand[i] + view.onOrder[i];
        const beyond = Math.max(0, stock - this.#need[lane]);
        out[lane] += this.#stock[i] * stock + (node.salvageValue[lane] - this.#stock[i]) * beyond + this.#waiting[i] * view.backlog[i];
      }
      if (node.returns === null) continue;
      for (let ahead = 1; ahead < node.returns.after; ahead++) {
        const coming = view.returning(n, ahead);
        for (let lane = 0; lane < lanes; lane++) out[lane] += (this.#stock[n * lanes + lane] - node.returns.refund[lane]) * coming[lane];
      }
    }
  }

  /** [lane] units that are still expected to pass a stock point before the end: beyond them stock is worth what is paid for it then. */
  #writeNeed(view: StateView, n: number): void {
    const { periods } = view.network.scenario;
    const need = this.#need;
    need.fill(periods === null ? Number.POSITIVE_INFINITY : 0);
    if (periods === null) return;
    const parts = this.#parts[n];
    for (let lane = 0; lane < need.length; lane++) for (const { node } of parts) need[lane] += view.backlog[node * need.length + lane];
    for (let ahead = 0; ahead < periods; ahead++) {
      expectedFlow(view, parts, ahead, this.#flow);
      for (let lane = 0; lane < need.length; lane++) if (view.period[lane] + ahead < periods) need[lane] += this.#flow[lane];
    }
  }

  /** Takes off the margin of a period's demand [node][lane] [units], which no order changes. */
  takeMargin(demand: ArrayLike<number>, out: Float64Array): void {
    for (let i = 0; i < this.#margin.length; i++) out[i % this.#lanes] -= this.#margin[i] * demand[i];
  }
}

/** [money/unit] expected to be lost on a unit sold because it may come back. */
function lossOfReturn({ returns }: Node, lane: number, cost: number): number {
  return returns === null ? 0 : returns.part[lane] * (returns.refund[lane] - cost);
}

/** [node][lane] [money/unit] of the cheapest way from outside to a stock point, prices being as they usually are. */
function cheapestWays({ network: { nodes, arcs, order }, lanes }: StateView): Float64Array {
  const cost = new Float64Array(nodes.length * lanes);
  for (const n of order) {
    for (let lane = 0; lane < lanes; lane++) {
      const ways = nodes[n].inbound.map((a) => arcs[a].unitCost[lane] + (arcs[a].from < 0 ? 0 : cost[arcs[a].from * lanes + lane]));
      cost[n * lanes + lane] = ways.length === 0 ? 0 : Math.min(...ways);
    }
  }
  return cost;
}
