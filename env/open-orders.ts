import type { CostParts } from './costs.ts';
import type { Network } from './network.ts';
import { FixedPipeline } from './pipeline.ts';

/**
 * Orders between locations that have not been shipped: those that have not reached their sender yet, and what senders owe. Only arcs that can have
 * any take part; where there are none, nothing is worked out.
 */
export class OpenOrders {
  /** Can there be any? */
  readonly any: boolean;
  /** Do orders that cannot be shipped cost anything? */
  readonly charges: boolean;
  /** [node][lane] [units] ordered by a node and not shipped to it; owed by a node to others. */
  readonly awaited: Float64Array;
  readonly owed: Float64Array;
  /** Everything that the future depends on, [row][lane]. */
  readonly state: readonly Float64Array[];
  readonly #network: Network;
  readonly #posted: readonly number[];
  readonly #owing: readonly number[];
  readonly #charged: readonly number[];
  /** [arc] orders on their way to the sender. */
  readonly #post: readonly (FixedPipeline | null)[];
  /** [arc][lane] [units] on their way to the sender, owed by it, and what senders are to ship in the period. */
  readonly #underway: Float64Array;
  readonly #due: Float64Array;
  readonly #wanted: Float64Array;
  readonly #reached: Float64Array;
  readonly #open: Float64Array;

  constructor(network: Network) {
    const { arcs, nodes, lanes } = network;
    const late = arcs.map(({ orderDelay, initialOrders }) => initialOrders.length > 0 || orderDelay.some((periods) => periods > 0));
    this.#network = network;
    this.#posted = arcs.flatMap((_, a) => (late[a] ? [a] : []));
    this.#owing = arcs.flatMap(({ from }, a) => (from >= 0 && nodes[from].owes ? [a] : []));
    this.#charged = arcs.flatMap(({ from }, a) => (from >= 0 && nodes[from].chargesShortShipped ? [a] : []));
    this.any = this.#posted.length > 0 || this.#owing.length > 0;
    this.charges = this.#charged.length > 0;
    const cells = this.any ? arcs.length * lanes : 0;
    this.#post = arcs.map(({ orderDelay, initialOrders }, a) => {
      if (!late[a]) return null;
      const longest = orderDelay.reduce((most, periods) => Math.max(most, periods), initialOrders.length);
      return new FixedPipeline({ leadTime: orderDelay, maxLeadTime: longest }, { lanes, countsTransit: false });
    });
    this.awaited = new Float64Array(nodes.length * lanes);
    this.owed = new Float64Array(nodes.length * lanes);
    this.#underway = new Float64Array(cells);
    this.#due = new Float64Array(cells);
    this.#wanted = new Float64Array(cells);
    this.#open = new Float64Array(Math.max(cells, lanes));
    this.#reached = new Float64Array(lanes);
    this.state = this.any
      ? [this.awaited, this.owed, this.#underway, this.#due, ...this.#post.flatMap((post) => (post ? post.state : []))]
      : [];
  }

  /** [lane] ordered on an arc and not shipped yet. */
  unshipped(arc: number): Float64Array {
    const { lanes } = this.#network;
    const at = this.any ? arc * lanes : 0;
    const row = this.#open.subarray(at, at + lanes);
    for (let lane = 0; this.any && lane < lanes; lane++) row[lane] = this.#underway[at + lane] + this.#due[at + lane];
    return row;
  }

  /** Starts a lane with the orders that the scenario has on their way, and nothing owed. */
  start(lane: number, clock: number): void {
    const { arcs, nodes, lanes } = this.#network;
    if (!this.any) return;
    for (let n = 0; n < nodes.length; n++) {
      this.awaited[n * lanes + lane] = 0;
      this.owed[n * lanes + lane] = 0;
    }
    for (const a of this.#owing) this.#due[a * lanes + lane] = 0;
    for (const a of this.#posted) {
      const post = this.#post[a];
      post?.clear(lane);
      let sum = 0;
      arcs[a].initialOrders.forEach((units, period) => {
        post?.put(clock + period, lane, units[lane]);
        sum += units[lane];
      });
      this.#underway[a * lanes + lane] = sum;
      this.awaited[arcs[a].to * lanes + lane] += sum;
    }
  }

  /** Takes in the orders of a period, [arc][lane]: those that reach their senders in it come back, with what was owed before. */
  reach(clock: number, orders: Float64Array): Float64Array {
    const { lanes } = this.#network;
    const wanted = this.#wanted;
    const reached = this.#reached;
    wanted.set(orders);
    for (const a of this.#posted) {
      const at = a * lanes;
      this.#post[a]?.ship(clock, orders, at);
      this.#post[a]?.take(clock, reached);
      for (let lane = 0; lane < lanes; lane++) {
        this.#underway[at + lane] += orders[at + lane] - reached[lane];
        wanted[at + lane] = reached[lane];
      }
    }
    for (const a of this.#owing) {
      for (let i = a * lanes; i < (a + 1) * lanes; i++) wanted[i] += this.#due[i];
    }
    return wanted;
  }

  /** Charges what could not be shipped, [arc][lane], at the sender's shortage cost where it has one for it. */
  charge(shortShipped: Float64Array, { shortage }: CostParts): void {
    const { arcs, nodes, lanes } = this.#network;
    for (const a of this.#charged) {
      const { shortageCost } = nodes[arcs[a].from];
      for (let lane = 0; lane < lanes; lane++) shortage[lane] += shortageCost[lane] * shortShipped[a * lanes + lane];
    }
  }

  /** What senders that owe could not ship, [arc][lane], is owed from now on and no longer short. */
  settle(shortShipped: Float64Array): void {
    const { arcs, lanes } = this.#network;
    this.awaited.fill(0);
    this.owed.fill(0);
    for (const a of this.#owing) {
      const { from } = arcs[a];
      for (let lane = 0; lane < lanes; lane++) {
        const units = shortShipped[a * lanes + lane];
        shortShipped[a * lanes + lane] = 0;
        this.#due[a * lanes + lane] = units;
        this.owed[from * lanes + lane] += units;
        this.awaited[arcs[a].to * lanes + lane] += units;
      }
    }
    for (const a of this.#posted) {
      for (let lane = 0; lane < lanes; lane++) this.awaited[arcs[a].to * lanes + lane] += this.#underway[a * lanes + lane];
    }
  }
}
