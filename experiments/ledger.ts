import { type Arc, COST_PARTS, type Simulator } from '../env/index.ts';

/** What a stock point's period is written down as, in the order of the columns after period, location and item. */
export const LEDGER_COLUMNS = [
  'received',
  'ordered',
  'shipped',
  'demand',
  'served',
  'onHand',
  'backlog',
  'lost',
  'discarded',
  ...COST_PARTS,
  'cost',
] as const;

type Column = (typeof LEDGER_COLUMNS)[number];

/**
 * One row per stock point of a period, from a simulator of one lane. `received`: at the start of the period, returns included, and at once; `ordered`: of its sources; `shipped`: by
 * them, to it; `onHand` and `backlog`: at the end of the period. Money is charged where stock is received. The rows' money adds up to the simulator's.
 */
export class Ledger {
  readonly #simulator: Simulator;
  readonly #closing: Float64Array;
  /** What the view showed when orders were due, and what was received for it. */
  readonly #onHand: Float64Array;
  readonly #backlog: Float64Array;
  readonly #receivedAtStart: Float64Array;
  /** [arc] */
  readonly #inTransit: Float64Array;
  readonly #priceLevels: Float64Array;

  constructor(simulator: Simulator) {
    const { network, closingStock } = simulator;
    if (simulator.lanes !== 1 || closingStock === null)
      throw new RangeError('a ledger needs a simulator of one lane that keeps closing stock');
    this.#simulator = simulator;
    this.#closing = closingStock;
    this.#onHand = new Float64Array(network.nodes.length);
    this.#backlog = new Float64Array(network.nodes.length);
    this.#receivedAtStart = new Float64Array(network.nodes.length);
    this.#inTransit = new Float64Array(network.arcs.length);
    this.#priceLevels = new Float64Array(network.arcs.length).fill(1);
  }

  /** Looks at the state that orders are about to be placed in. */
  open(): void {
    const { view, network } = this.#simulator;
    this.#onHand.set(view.onHand);
    this.#backlog.set(view.backlog);
    network.arcs.forEach((arc, a) => {
      let sum = 0;
      for (let age = 1; age <= arc.maxLeadTime; age++) sum += view.outstanding(a, age)[0];
      this.#inTransit[a] = sum;
      if (arc.priceIndex >= 0) this.#priceLevels[a] = view.indexLevels[arc.priceIndex];
    });
  }

  /** The rows of the period that was stepped since `open`, [node], columns by name. */
  close(orders: Float64Array): Readonly<Record<Column, number>>[] {
    const { network, view, demand, served, lost, discarded, returned, shipped, shortShipped } = this.#simulator;
    const transit = this.#transit();
    const rows = network.nodes.map((node, n) => {
      const { inbound, outbound } = node;
      const waits = demand[n] - served[n] - lost[n];
      const servedOwed = this.#backlog[n] + waits - view.backlog[n];
      const sentOn = sumOf(outbound, (a) => shipped[a]);
      const refused = node.chargesShortShipped ? sumOf(outbound, (a) => shortShipped[a]) : 0;
      const atOnce = this.#closing[n] + sentOn + servedOwed + served[n] + discarded[n] - this.#onHand[n];
      const row = {
        received: tidy(this.#receivedAtStart[n] + atOnce),
        ordered: tidy(sumOf(inbound, (a) => orders[a])),
        shipped: tidy(sumOf(inbound, (a) => shipped[a])),
        demand: demand[n],
        served: tidy(served[n] + servedOwed),
        onHand: tidy(this.#closing[n]),
        backlog: tidy(view.backlog[n]),
        lost: tidy(lost[n]),
        discarded: discarded[n],
        holding: node.holdingCost[0] * this.#closing[n],
        shortage: node.shortageCost[0] * (lost[n] + view.backlog[n] + view.owed[n] + refused),
        fixed: sumOf(inbound, (a) => (shipped[a] > 0 ? network.arcs[a].fixedCost[0] : 0)),
        unit: sumOf(inbound, (a) => unitCost(network.arcs[a], shipped[a]) * this.#priceLevels[a] * shipped[a]),
        transit: sumOf(inbound, (a) => transit[a]),
        disposal: node.disposalCost[0] * discarded[n],
        overflow: this.#overflow(n),
        revenue: node.price[0] * (servedOwed + served[n]) - (node.returns?.refund[0] ?? 0) * returned[n] + this.#salvage(n),
        cost: 0,
      };
      this.#receivedAtStart[n] = view.onHand[n] - this.#closing[n];
      return { ...row, cost: COST_PARTS.reduce((sum, part) => sum + (part === 'revenue' ? -row[part] : row[part]), 0) };
    });
    return rows;
  }

  /** [arc] What is on the way after the period's shipments is charged; what came at once is not on the way. */
  #transit(): Float64Array {
    const { network, costs, shipped } = this.#simulator;
    const charged = Float64Array.from(network.arcs, (arc, a) => {
      const onWay = this.#inTransit[a] + (arc.maxLeadTime === 0 ? 0 : shipped[a]);
      return arc.transitCost[0] * onWay;
    });
    // Where a drawn lead time may be 0, how much came at once only shows in the sum.
    const drawn = network.arcs.map((arc) => (arc.minLeadTime === 0 && arc.maxLeadTime > 0 ? 1 : 0));
    const known = charged.reduce((sum, value, a) => sum + (drawn[a] ? 0 : value), 0);
    const open = charged.reduce((sum, value, a) => sum + (drawn[a] ? value : 0), 0);
    return open > 0 ? charged.map((value, a) => (drawn[a] ? (value * (costs.transit[0] - known)) / open : value)) : charged;
  }

  /** A stock point's part, by volume, of what its location is charged for stock beyond its room. */
  #overflow(n: number): number {
    const { network, overflow } = this.#simulator;
    const p = network.places.findIndex(({ nodes }) => nodes.includes(n));
    if (p < 0 || overflow[p] === 0) return 0;
    const { nodes, volumes, overflowCost } = network.places[p];
    const volume = (k: number) => volumes[k][0] * this.#closing[nodes[k]];
    const all = nodes.reduce((sum, _, k) => sum + volume(k), 0);
    return (overflowCost[0] * overflow[p] * volume(nodes.indexOf(n))) / all;
  }

  #salvage(n: number): number {
    const { network, view } = this.#simulator;
    return view.period[0] === network.scenario.periods ? network.nodes[n].salvageValue[0] * this.#closing[n] : 0;
  }
}

/** [money/unit] with the discount for the quantity. */
function unitCost({ priceBreaks, unitCost: plain }: Arc, quantity: number): number {
  if (!priceBreaks) return plain[0];
  const step = priceBreaks.from.findLastIndex(([from]) => quantity >= from);
  return step < 0 ? plain[0] : priceBreaks.cost[step][0];
}

function sumOf(arcs: readonly number[], value: (arc: number) => number): number {
  return arcs.reduce((sum, arc) => sum + value(arc), 0);
}

/** Takes the dust off differences of decimal fractions. */
function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9 + 0;
}
