import type { Arc, Network } from './network.ts';

/** Does an arc take every order as it is, in every period? */
export function takesAnyOrder({ minimumOrder, batch, capacity, disruptions }: Arc): boolean {
  const free = minimumOrder.every((units) => units === 0) && batch.every((units) => units === 0);
  return free && disruptions === null && capacity.every((units) => units === Number.POSITIVE_INFINITY);
}

/** Rounding errors of a quantity that count as none, in batches. */
const NEARLY = 1e-9;

/** An order cut to what an arc can carry [units]: to its capacity, then to whole batches. */
export function asFarAsPossible({ batch, capacity }: Arc, lane: number, order: number): number {
  const quantity = order > capacity[lane] ? capacity[lane] : order;
  if (batch[lane] === 0) return quantity;
  return Math.min(quantity, Math.floor(quantity / batch[lane] + NEARLY) * batch[lane]);
}

/** What an arc that takes orders takes of an order [units]: what it can carry of it, and nothing where that is less than the minimum. */
export function quantityTaken(arc: Arc, lane: number, order: number): number {
  const quantity = asFarAsPossible(arc, lane, order);
  return quantity < arc.minimumOrder[lane] ? 0 : quantity;
}

/** Orders as far as the links take them. Everything they do not take is counted. */
export class LinkRules {
  /** [arc][lane] [units] the orders that reach their senders, in the last period. */
  readonly taken: Float64Array;
  readonly #network: Network;
  readonly #arcs: readonly number[];

  constructor(network: Network) {
    this.#network = network;
    this.taken = new Float64Array(network.arcs.length * network.lanes);
    this.#arcs = network.arcs.flatMap((arc, a) => (takesAnyOrder(arc) && arc.lostOrders === null ? [] : [a]));
  }

  /** Are there links that may not take an order? */
  get any(): boolean {
    return this.#arcs.length > 0;
  }

  /**
   * Writes `taken`, `clipped` (what the rules cut off) and `lostOrders` (what was lost on its way to the sender), all [arc][lane]. `available`
   * [arc][lane] is 0 where a link is down; `draw` gives the row of uniform numbers of an arc whose orders can be lost.
   */
  apply(orders: Float64Array, { available, draw, clipped, lostOrders }: RulesInput): void {
    const { arcs, lanes } = this.#network;
    const { taken } = this;
    taken.set(orders);
    for (const a of this.#arcs) {
      const arc = arcs[a];
      const uniforms = arc.lostOrders ? draw(a) : null;
      for (let lane = 0; lane < lanes; lane++) {
        const i = a * lanes + lane;
        const quantity = available[i] === 0 ? 0 : quantityTaken(arc, lane, orders[i]);
        const lost = uniforms !== null && arc.lostOrders !== null && uniforms[lane] < arc.lostOrders[lane];
        clipped[i] = orders[i] - quantity;
        lostOrders[i] = lost ? quantity : 0;
        taken[i] = lost ? 0 : quantity;
      }
    }
  }
}

interface RulesInput {
  readonly available: Int32Array;
  readonly draw: (arc: number) => Float64Array;
  readonly clipped: Float64Array;
  readonly lostOrders: Float64Array;
}
