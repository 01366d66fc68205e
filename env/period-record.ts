import { type CostParts, costParts, partsInUse } from './costs.ts';
import type { Network } from './network.ts';

/** What happened in the last period of a simulation, as arrays that each period writes anew: read only for everybody else. */
export class PeriodRecord {
  readonly network: Network;
  readonly lanes: number;
  /** [lane] total cost of the last period, revenue deducted. */
  readonly cost: Float64Array;
  readonly costs: CostParts;
  /** [node][lane] of the last period [units]: demanded, served at once from stock, lost, and discarded because their life was over. */
  readonly demand: Float64Array;
  readonly served: Float64Array;
  readonly lost: Float64Array;
  readonly discarded: Float64Array;
  /** [node][lane] of the last period [units]: sent back by customers, in stock from the start of the next one. */
  readonly returned: Float64Array;
  /** [arc][lane] of the last period [units]: shipped, and ordered in vain because the sender had no more (what it owes is not in vain). */
  readonly shipped: Float64Array;
  readonly shortShipped: Float64Array;
  /** [arc][lane] of the last period [units]: what the link did not take of an order (capacity, batch, minimum, disruption), and orders lost on their way. */
  readonly clipped: Float64Array;
  readonly lostOrders: Float64Array;
  /** [arc][lane] of the last period [units]: received and of no use. */
  readonly wasted: Float64Array;
  /** [place][lane] of the last period [volume]: stock beyond the capacity of the network's places. */
  readonly overflow: Float64Array;
  /** [node][lane] [units] on hand when the last period ended, before the next one's receipts; null unless asked for. */
  readonly closingStock: Float64Array | null;
  readonly #parts: readonly (keyof CostParts)[];
  readonly #wastes: boolean;

  constructor({ network, closing }: { network: Network; closing: boolean }) {
    const { lanes, nodes, arcs, places } = network;
    const perNode = () => new Float64Array(nodes.length * lanes);
    const perArc = () => new Float64Array(arcs.length * lanes);
    this.network = network;
    this.lanes = lanes;
    this.cost = new Float64Array(lanes);
    this.costs = costParts(lanes);
    this.demand = perNode();
    this.served = perNode();
    this.lost = perNode();
    this.discarded = perNode();
    this.returned = perNode();
    this.shipped = perArc();
    this.shortShipped = perArc();
    this.clipped = perArc();
    this.lostOrders = perArc();
    this.wasted = perArc();
    this.overflow = new Float64Array(places.length * lanes);
    this.closingStock = closing ? perNode() : null;
    this.#parts = partsInUse(network);
    this.#wastes = arcs.some((arc) => arc.yield !== null);
  }

  /** Clears what a period adds up. */
  protected begin(): void {
    for (const part of this.#parts) this.costs[part].fill(0);
    if (this.#wastes) this.wasted.fill(0);
  }

  /** Adds the parts up to the period's cost. */
  protected total(): void {
    const { lanes, cost, costs } = this;
    cost.set(costs.holding);
    for (const part of this.#parts) {
      if (part === 'holding') continue;
      const values = costs[part];
      if (part === 'revenue') for (let lane = 0; lane < lanes; lane++) cost[lane] -= values[lane];
      else for (let lane = 0; lane < lanes; lane++) cost[lane] += values[lane];
    }
  }
}
