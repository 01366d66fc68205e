import type { CostParts } from './costs.ts';
import type { Network } from './network.ts';
import type { ShelfLife } from './shelf-life.ts';

export interface StockPointsParts {
  readonly network: Network;
  /** [node] or null where units keep. */
  readonly shelves: readonly (ShelfLife | null)[];
  /** [node][lane] [units]: read. */
  readonly demand: Float64Array;
  /** [node][lane] [units] of the period: written. */
  readonly served: Float64Array;
  readonly lost: Float64Array;
  readonly discarded: Float64Array;
  readonly costs: CostParts;
}

/** The stock of all nodes, and what demand does to it. Arrays are [node][lane], in units. */
export class StockPoints {
  readonly onHand: Float64Array;
  readonly backlog: Float64Array;
  readonly lastDemand: Float64Array;
  readonly #parts: StockPointsParts;
  /** The nodes' numbers side by side, [node][lane]: a pass over many small nodes then reads straight on. */
  readonly #holdingCost: Float64Array;
  readonly #shortageCost: Float64Array;
  readonly #backlogged: Float64Array;
  readonly #sold: readonly number[];
  readonly #ageing: readonly number[];
  readonly #salvaged: readonly number[];

  constructor(parts: StockPointsParts) {
    const { nodes, lanes } = parts.network;
    const cells = nodes.length * lanes;
    const flat = (field: 'holdingCost' | 'shortageCost' | 'backlogged') => {
      const values = new Float64Array(cells);
      nodes.forEach((node, n) => {
        values.set(node[field], n * lanes);
      });
      return values;
    };
    this.#parts = parts;
    this.onHand = new Float64Array(cells);
    this.backlog = new Float64Array(cells);
    this.lastDemand = new Float64Array(cells);
    this.#holdingCost = flat('holdingCost');
    this.#shortageCost = flat('shortageCost');
    this.#backlogged = flat('backlogged');
    this.#sold = nodes.flatMap(({ price }, n) => (price.some((value) => value > 0) ? [n] : []));
    this.#ageing = nodes.flatMap((_, n) => (parts.shelves[n] ? [n] : []));
    this.#salvaged = nodes.flatMap(({ salvageValue }, n) => (salvageValue.some((value) => value > 0) ? [n] : []));
  }

  /** Starts a lane of a node with fresh stock. */
  start(node: number, lane: number, stock: number): void {
    const i = node * this.#parts.network.lanes + lane;
    this.onHand[i] = stock;
    this.backlog[i] = 0;
    this.lastDemand[i] = 0;
    const shelf = this.#parts.shelves[node];
    shelf?.clear(lane);
    shelf?.add(lane, stock);
  }

  /** Hot: backlog first, then new demand; then stock and shortage are charged. */
  serve(): void {
    const { network, demand, served, lost, costs } = this.#parts;
    this.#earn();
    this.#issue();
    const { lanes } = network;
    const { onHand, backlog, lastDemand } = this;
    const holdingCost = this.#holdingCost;
    const shortageCost = this.#shortageCost;
    const backlogged = this.#backlogged;
    const { holding, shortage } = costs;
    for (let at = 0; at < demand.length; at += lanes) {
      for (let lane = 0; lane < lanes; lane++) {
        const i = at + lane;
        const wanted = demand[i];
        const owed = backlog[i];
        const stock = onHand[i];
        const servedOwed = stock < owed ? stock : owed;
        const left = stock - servedOwed;
        const servedNow = left < wanted ? left : wanted;
        const unmet = wanted - servedNow;
        const waits = unmet * backlogged[i];
        const stillOwed = owed - servedOwed + waits;
        onHand[i] = left - servedNow;
        backlog[i] = stillOwed;
        lastDemand[i] = wanted;
        served[i] = servedNow;
        lost[i] = unmet - waits;
        holding[lane] += holdingCost[i] * (left - servedNow);
        shortage[lane] += shortageCost[i] * (unmet - waits + stillOwed);
      }
    }
  }

  /** Charges the price of what is about to be served. */
  #earn(): void {
    const { network, demand, costs } = this.#parts;
    const { lanes, nodes } = network;
    for (const n of this.#sold) {
      const { price } = nodes[n];
      for (let lane = 0; lane < lanes; lane++) {
        const i = n * lanes + lane;
        costs.revenue[lane] += price[lane] * Math.min(this.onHand[i], this.backlog[i] + demand[i]);
      }
    }
  }

  /** Takes what is about to be served off the shelves. */
  #issue(): void {
    const { network, shelves, demand } = this.#parts;
    const { lanes } = network;
    for (const n of this.#ageing) {
      for (let lane = 0; lane < lanes; lane++) {
        const i = n * lanes + lane;
        shelves[n]?.issue(lane, Math.min(this.onHand[i], this.backlog[i] + demand[i]));
      }
    }
  }

  /** Units at the end of their life go, at the cost of disposal; nothing is charged for holding them. */
  discardExpired(): void {
    const { network, shelves, discarded, costs } = this.#parts;
    const { lanes, nodes } = network;
    for (const n of this.#ageing) {
      const { holdingCost, disposalCost } = nodes[n];
      shelves[n]?.age(discarded.subarray(n * lanes, (n + 1) * lanes));
      for (let lane = 0; lane < lanes; lane++) {
        const units = discarded[n * lanes + lane];
        if (units === 0) continue;
        this.onHand[n * lanes + lane] -= units;
        costs.holding[lane] -= holdingCost[lane] * units;
        costs.disposal[lane] += disposalCost[lane] * units;
      }
    }
  }

  /** In a lane's last period, what is left earns its salvage value. */
  salvage(period: Int32Array, periods: number): void {
    const { nodes, lanes } = this.#parts.network;
    const { revenue } = this.#parts.costs;
    for (const n of this.#salvaged) {
      const { salvageValue } = nodes[n];
      for (let lane = 0; lane < lanes; lane++) {
        if (period[lane] + 1 === periods) revenue[lane] += salvageValue[lane] * this.onHand[n * lanes + lane];
      }
    }
  }
}
