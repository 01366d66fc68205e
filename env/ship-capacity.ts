import type { Network } from './network.ts';

interface Stock {
  /** [arc][lane] [units] */
  readonly wanted: Float64Array;
  /** [node][lane] [units] */
  readonly onHand: Float64Array;
}

/** What locations can ship in a period, shared out to their items. */
export class ShipCapacity {
  readonly #network: Network;
  /** [node] the first node of a location that has a capacity: rows [item][lane], else null. */
  readonly #limits: readonly (readonly Float64Array[] | null)[];

  constructor(network: Network) {
    const { nodes, lanes, scenario } = network;
    this.#network = network;
    this.#limits = nodes.map(({ shipCapacity }, n) =>
      shipCapacity && n % scenario.items.length === 0 ? scenario.items.map(() => new Float64Array(lanes)) : null,
    );
  }

  /**
   * [item][lane] the most that a location can ship of each item, or null: any. Where its items could ship more than its capacity, each gets a part
   * in proportion to what it could ship, in whole units where all are whole; with allocation by priority, the first items go first.
   */
  limits(first: number, stock: Stock): readonly Float64Array[] | null {
    const rows = this.#limits[first];
    const { nodes, lanes } = this.#network;
    const { shipCapacity, allocation } = nodes[first];
    if (!rows || !shipCapacity) return null;
    for (let lane = 0; lane < lanes; lane++) {
      let possible = 0;
      let whole = Number.isInteger(shipCapacity[lane]);
      for (let k = 0; k < rows.length; k++) {
        rows[k][lane] = this.#possible(first + k, lane, stock);
        whole &&= Number.isInteger(rows[k][lane]);
        possible += rows[k][lane];
      }
      let left = shipCapacity[lane];
      if (possible <= left) continue;
      for (let k = 0; k < rows.length; k++) {
        const own = rows[k][lane];
        const share = allocation === 'priority' ? left : possible > 0 ? (left * own) / possible : 0;
        const part = Math.min(own, left, whole ? Math.round(share) : share);
        possible -= own;
        left -= part;
        rows[k][lane] = part;
      }
    }
    return rows;
  }

  #possible(node: number, lane: number, { wanted, onHand }: Stock): number {
    const { nodes, lanes } = this.#network;
    let asked = 0;
    for (const a of nodes[node].outbound) asked += wanted[a * lanes + lane];
    return Math.min(asked, onHand[node * lanes + lane]);
  }
}
