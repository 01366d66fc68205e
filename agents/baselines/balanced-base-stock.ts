import type { Network, StateView } from '../../env/index.ts';
import type { Policy, PolicyRule } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { ForecastCover } from './forecast-cover.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { echelonAmpleStock, echelonPosition, inventoryPosition, singleSources, whyNotSingleSources } from './single-source.ts';

/** A stock point of the outside source with those that it supplies, by their arcs. */
interface Tree {
  readonly node: number;
  readonly arc: number;
  readonly retailers: readonly number[];
  /** The warehouse and its retailers, as nodes. */
  readonly members: readonly number[];
}

/**
 * One warehouse, many retailers: the warehouse orders the whole system up to S; each retailer is to have the forecast of its lead time and one period
 * plus z standard deviations. What the warehouse cannot give to all is shared so that all have the same safety factor (Eppen and Schrage 1981; Federgruen
 * and Zipkin 1984, myopic allocation). Retailers' orders are whole units.
 */
export function balancedBaseStock({ S, z }: { readonly S: PerNode; readonly z: PerNode }): Policy {
  const system = new NodeParameter('S', S);
  const safety = new NodeParameter('z', z);
  const desks = new WeakMap<StateView, Desk>();
  const deskOf = (view: StateView): Desk => {
    const desk = desks.get(view) ?? new Desk(view);
    desks.set(view, desk);
    return desk;
  };
  return {
    name: 'balanced-base-stock',
    parameters: printed({ S, z }),
    order: (view, orders) => deskOf(view).order(orders, { system, safety }),
    explain: (view, lane) => ({ rules: deskOf(view).rules(lane, { system, safety }) }),
  };
}

/** The plan for one view: covers are read once per retailer and period. */
class Desk {
  readonly #view: StateView;
  readonly #trees: readonly Tree[];
  readonly #covers: readonly ForecastCover[];

  constructor(view: StateView) {
    this.#view = view;
    this.#trees = trees(view.network);
    this.#covers = view.network.arcs.map(() => new ForecastCover());
  }

  order(orders: Float64Array, { system, safety }: { system: NodeParameter; safety: NodeParameter }): void {
    const { network, lanes } = this.#view;
    for (const tree of this.#trees) {
      const level = system.over(network, tree.node);
      const wanted = safety.over(network, tree.node);
      for (const arc of tree.retailers) this.#covers[arc].read(this.#view, network.arcs[arc].to, arc);
      for (let lane = 0; lane < lanes; lane++) {
        const needed = Math.max(0, level[lane] - echelonPosition(this.#view, tree.node, tree.members, lane));
        orders[tree.arc * lanes + lane] = needed;
        const atOnce = network.arcs[tree.arc].leadTime[lane] === 0 ? needed : 0;
        this.#share(tree, lane, this.#view.onHand[tree.node * lanes + lane] + atOnce, wanted[lane], orders);
      }
    }
  }

  /** The levels that are wanted: where stock is short, retailers get less than what lifts them there. */
  rules(lane: number, { system, safety }: { system: NodeParameter; safety: NodeParameter }): PolicyRule[] {
    const { network } = this.#view;
    return this.#trees.flatMap(({ node, arc, retailers, members }) => [
      { arc, position: echelonPosition(this.#view, node, members, lane), orderUpTo: system.over(network, node)[lane] },
      ...retailers.map((out) => {
        const { to } = network.arcs[out];
        this.#covers[out].read(this.#view, to, out);
        const { mean, variance } = this.#covers[out];
        const orderUpTo = mean[lane] + safety.over(network, node)[lane] * Math.sqrt(variance[lane]);
        return { arc: out, position: inventoryPosition(this.#view, to, lane), orderUpTo };
      }),
    ]);
  }

  /** Orders of the retailers at the wanted safety factor, or where stock is short at the highest one for which it goes round. */
  #share(tree: Tree, lane: number, stock: number, wanted: number, orders: Float64Array): void {
    const { lanes } = this.#view;
    let needed = 0;
    for (const arc of tree.retailers) {
      const order = Math.round(this.#lacking(arc, lane, wanted));
      orders[arc * lanes + lane] = order;
      needed += order;
    }
    if (needed <= stock) return;
    const factor = this.#balance(tree, lane, stock, wanted);
    let left = stock;
    for (const arc of tree.retailers) {
      const order = Math.floor(this.#lacking(arc, lane, factor));
      orders[arc * lanes + lane] = order;
      left -= order;
    }
    for (; left >= 1; left--) {
      const neediest = tree.retailers.reduce((a, b) => (this.#gap(b, lane, factor, orders) > this.#gap(a, lane, factor, orders) ? b : a));
      orders[neediest * lanes + lane] += 1;
    }
  }

  #balance({ retailers }: Tree, lane: number, stock: number, wanted: number): number {
    let low = Math.min(wanted, 0) - LOWEST_FACTOR;
    let high = wanted;
    for (let step = 0; step < BISECTIONS; step++) {
      const middle = (low + high) / 2;
      let needed = 0;
      for (const arc of retailers) needed += this.#lacking(arc, lane, middle);
      if (needed <= stock) low = middle;
      else high = middle;
    }
    return low;
  }

  #gap(arc: number, lane: number, factor: number, orders: Float64Array): number {
    return this.#lacking(arc, lane, factor) - orders[arc * this.#view.lanes + lane];
  }

  #lacking(arc: number, lane: number, factor: number): number {
    const { mean, variance } = this.#covers[arc];
    const level = mean[lane] + factor * Math.sqrt(variance[lane]);
    return Math.max(0, level - inventoryPosition(this.#view, this.#view.network.arcs[arc].to, lane));
  }
}

const BISECTIONS = 30;

/** Standard deviations below which no retailer falls behind the others. */
const LOWEST_FACTOR = 20;

function trees(network: Network): Tree[] {
  return singleSources(network)
    .filter(({ arc }) => network.arcs[arc].from < 0)
    .map(({ node, arc }) => {
      const retailers = network.nodes[node].outbound;
      return { node, arc, retailers, members: [node, ...retailers.map((out) => network.arcs[out].to)] };
    });
}

function whyNot(network: Network): string | undefined {
  const sources = whyNotSingleSources(network);
  if (sources) return sources;
  const deep = network.arcs.find(({ from }) => from >= 0 && network.arcs[network.nodes[from].inbound[0]].from >= 0);
  if (deep)
    return `"${network.nodes[deep.to].id}" is more than two stages from the outside source; this policy is for one warehouse and its retailers`;
  const lonely = trees(network).find(({ retailers }) => retailers.length === 0);
  return lonely ? `"${network.nodes[lonely.node].id}" supplies nobody; this policy is for one warehouse and its retailers` : undefined;
}

export const balancedBaseStockFamily: BaselineFamily = {
  name: 'balanced-base-stock',
  title: 'Balanced base stock: one warehouse orders for all, and shares what it has so that its retailers stand alike',
  parameters: [
    { name: 'S', help: 'order-up-to level of the inventory position of the whole system [units]' },
    { name: 'z', help: "safety factor of the retailers' order-up-to levels [standard deviations of the forecast]" },
  ],
  whyNot,
  boundsStock: true,
  perNode: false,
  build: ({ S, z }) => balancedBaseStock({ S, z }),
  search: {
    axes: [
      { name: 'S', step: 1, least: 0, range: (item) => [0, echelonAmpleStock(item)] },
      { name: 'z', step: 0.05, scaleFree: true, least: Number.NEGATIVE_INFINITY, range: () => [-1, 4] },
    ],
    parameters: ([S, z]) => ({ S, z }),
  },
};
