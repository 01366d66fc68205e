import type { Policy } from '../agents/index.ts';
import { type CostParts, type Scenario, Simulator, type StateView } from '../env/index.ts';
import { Ledger } from '../experiments/index.ts';
import type { Piecework } from './piecework.ts';
import type { PolicyFrame } from './protocol.ts';
import type { ShownNetwork } from './watched-network.ts';

export interface PolicyRunOptions {
  readonly name: string;
  readonly policy: Policy;
  readonly scenario: Scenario;
  readonly lanes: number;
  readonly seed: number;
  /** The lane that is read off. */
  readonly shown: number;
}

/** What is kept of a state now and then, so that any period can be looked at again: at most so many, first so many periods apart. */
const KEPT = { states: 48, apart: 16 } as const;

/** One policy at work in a simulator of its own; the numbers of one lane are read off. */
export class PolicyRun {
  readonly name: string;
  readonly policy: Policy;
  readonly simulator: Simulator;
  readonly #options: PolicyRunOptions;
  readonly #orders: Float64Array;
  readonly #ledger: Ledger | null;
  readonly #states = new Map<number, ReturnType<Simulator['save']>>();
  #apart: number = KEPT.apart;
  #stepped = 0;
  #totalCost = 0;

  constructor(options: PolicyRunOptions) {
    const { name, policy, scenario, lanes, seed } = options;
    this.name = name;
    this.policy = policy;
    this.#options = options;
    this.simulator = new Simulator({ scenario, lanes, seed, closing: lanes === 1 });
    const { network } = this.simulator;
    this.#orders = new Float64Array(network.arcs.length * lanes);
    this.#ledger = lanes === 1 && network.nodes.length > 1 ? new Ledger(this.simulator) : null;
  }

  get view(): StateView {
    return this.simulator.view;
  }

  /** Plays a period that is not watched. */
  warm(): void {
    this.#remember();
    this.#order();
    this.simulator.step(this.#orders);
    this.#stepped++;
  }

  /** Plays the next period. */
  step(shown: ShownNetwork, parts: readonly (keyof CostParts)[]): PolicyFrame {
    this.#remember();
    const { view, network } = this.simulator;
    const nodes = shown.nodes.flat();
    const before = {
      onHand: this.#sum(view.onHand, nodes),
      backlog: this.#sum(view.backlog, nodes),
      onOrder: this.#sum(view.onOrder, nodes),
    };
    const each = shown.plain ? null : this.#locations(shown);
    this.#ledger?.open();
    this.#order();
    this.simulator.step(this.#orders);
    this.#stepped++;
    const rows = this.#ledger?.close(this.#orders);
    const cost = this.simulator.cost[this.#options.shown];
    this.#totalCost += cost;
    const lost = this.#sum(this.simulator.lost, nodes);
    const frame = {
      ...before,
      orders: this.#sum(this.#orders, shown.arcs.flat()),
      served: this.#sum(this.simulator.served, nodes),
      ...(lost > 0 ? { lost } : {}),
      cost,
      totalCost: this.#totalCost,
      costs: parts.map((part) => this.simulator.costs[part][this.#options.shown]),
    };
    if (each === null) return frame;
    const costs = rows === undefined ? [] : shown.nodes.map((own) => own.reduce((sum, n) => sum + rows[n].cost, 0));
    return {
      ...frame,
      locations: {
        onHand: each.onHand,
        backlog: each.backlog,
        ...(lost > 0 ? { lost: shown.nodes.map((own) => this.#sum(this.simulator.lost, own)) } : {}),
        cost: network.nodes.length === 1 ? [cost] : costs,
      },
      links: {
        orders: shown.arcs.map((own) => this.#sum(this.#orders, own)),
        inTransit: each.inTransit,
        shipped: shown.arcs.map((own) => this.#sum(this.simulator.shipped, own)),
      },
    };
  }

  /** [units] demanded in the last period by some stock points. */
  demand(nodes: readonly number[]): number {
    return this.#sum(this.simulator.demand, nodes);
  }

  /** The lane that is shown, over some rows of [row][lane]. */
  #sum(values: Float64Array, rows: readonly number[]): number {
    const { lanes, shown } = this.#options;
    let sum = 0;
    for (const row of rows) sum += values[row * lanes + shown];
    return sum;
  }

  #order(): void {
    this.#orders.fill(0);
    this.policy.order(this.simulator.view, this.#orders);
  }

  #locations({ nodes, arcs }: ShownNetwork) {
    const { view } = this.simulator;
    return {
      onHand: nodes.map((own) => this.#sum(view.onHand, own)),
      backlog: nodes.map((own) => this.#sum(view.backlog, own) + this.#sum(view.owed, own)),
      inTransit: arcs.map((own) => own.reduce((sum, arc) => sum + this.#onTheWay(arc), 0)),
    };
  }

  #onTheWay(arc: number): number {
    const { view, network } = this.simulator;
    let sum = 0;
    for (let age = 1; age <= network.arcs[arc].maxLeadTime; age++) sum += view.outstanding(arc, age)[this.#options.shown];
    return sum;
  }

  #remember(): void {
    if (this.#stepped % this.#apart !== 0) return;
    this.#states.set(this.#stepped, this.simulator.save());
    if (this.#states.size <= KEPT.states) return;
    this.#apart *= 2;
    for (const at of this.#states.keys()) if (at % this.#apart !== 0) this.#states.delete(at);
  }

  /** What the policy saw when the order of a period was due (0 is the first, warm-up included), and what it ordered for all lanes; a piece is a period. */
  *lookBack(period: number): Piecework<{ readonly view: StateView; readonly orders: Float64Array }> {
    const { scenario, lanes, seed } = this.#options;
    const again = new Simulator({ scenario, lanes, seed });
    const from = Math.max(0, ...[...this.#states.keys()].filter((at) => at <= period));
    const state = this.#states.get(from);
    if (state !== undefined) again.restore(state);
    const orders = new Float64Array(this.#orders.length);
    for (let at = from; ; at++) {
      orders.fill(0);
      this.policy.order(again.view, orders);
      if (at >= period) return { view: again.view, orders };
      again.step(orders);
      yield;
    }
  }
}
