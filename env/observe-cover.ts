import type { PartMaker } from './observation.ts';
import { faces, longestLeadTime, range } from './observe-state.ts';
import { squash, TINY } from './squash.ts';
import type { StateView } from './view.ts';

/**
 * Stock and arrivals against forecast demand, in standard deviations: for each period k of the lead time what arrives less what is expected to be
 * demanded, then the sum of both up to k; and where units spoil, for each k below their life, what can serve at most k periods less what these are
 * expected to demand. Free of the item's scale.
 */
export const coverPart: PartMaker = ({ network, lanes }, n) => {
  const { life, id } = network.nodes[n];
  const steps = faces(network.nodes[n]) ? range(0, Math.max(1, longestLeadTime(network, n))) : [];
  const longestLife = life?.reduce((most, periods) => Math.max(most, periods), 1) ?? 1;
  const lives = faces(network.nodes[n]) ? range(1, longestLife) : [];
  const outlook = new Outlook(n, Math.max(steps.length, lives.length), lanes);
  const inbound = network.nodes[n].inbound.map((arc) => ({ arc, longest: network.arcs[arc].maxLeadTime }));
  const arrival = new Float64Array(lanes);
  const stock = new Float64Array(lanes);
  return {
    names: [
      ...steps.flatMap((k) => [`arrival ${id} ${k} [sd]`, `cover ${id} ${k} [sd]`]),
      ...lives.map((left) => `for ${left} more ${id} [sd]`),
    ],
    write(view, out, at, stride) {
      outlook.update(view);
      stock.fill(0);
      for (let k = 0; k < steps.length; k++) {
        const arrives = k === 0 ? netStock(view, n, arrival) : arrivals(view, inbound, k, arrival);
        const { mean, expected, deviation, spread } = outlook;
        const row = k * lanes;
        for (let lane = 0, to = at + 2 * k; lane < lanes; lane++, to += stride) {
          const i = row + lane;
          const inStock = stock[lane] + arrives[lane];
          stock[lane] = inStock;
          out[to] = squash((arrives[lane] - mean[i]) / deviation[i]);
          out[to + 1] = squash((inStock - expected[i]) / spread[i]);
        }
      }
      stock.fill(0);
      for (let k = 0; k < lives.length; k++) {
        const ageing = view.onHandByLife(n, lives[k]);
        for (let lane = 0, to = at + 2 * steps.length + k; lane < lanes; lane++, to += stride) {
          const i = k * lanes + lane;
          stock[lane] += ageing[lane];
          out[to] = squash((stock[lane] - outlook.expected[i]) / outlook.spread[i]);
        }
      }
    },
  };
};

/** [lane] on hand less backlog and what is owed to other locations. */
function netStock({ onHand, backlog, owed, ordersWait, lanes }: StateView, n: number, out: Float64Array): Float64Array {
  for (let lane = 0, i = n * lanes; lane < lanes; lane++, i++) out[lane] = onHand[i] - backlog[i];
  if (ordersWait) for (let lane = 0, i = n * lanes; lane < lanes; lane++, i++) out[lane] -= owed[i];
  return out;
}

interface InboundArc {
  readonly arc: number;
  readonly longest: number;
}

/** [lane] what all arcs deliver k periods from now; the arc's own row where there is one arc. */
function arrivals(view: StateView, inbound: readonly InboundArc[], k: number, out: Float64Array): Float64Array {
  if (inbound.length === 1 && k <= inbound[0].longest) return view.arriving(inbound[0].arc, k);
  out.fill(0);
  for (const { arc, longest } of inbound) {
    if (k > longest) continue;
    const row = view.arriving(arc, k);
    for (let lane = 0; lane < out.length; lane++) out[lane] += row[lane];
  }
  return out;
}

/** Forecasts of the coming periods and their sums, [period][lane], worked out anew only when the forecasts may have changed. */
class Outlook {
  readonly mean: Float64Array;
  /** Means up to the period. */
  readonly expected: Float64Array;
  readonly deviation: Float64Array;
  /** Standard deviation of the demands up to the period. */
  readonly spread: Float64Array;
  readonly #node: number;
  readonly #periods: number;
  readonly #lanes: number;
  #version = -1;
  #seen: StateView | null = null;

  constructor(node: number, periods: number, lanes: number) {
    this.#node = node;
    this.#periods = periods;
    this.#lanes = lanes;
    this.mean = new Float64Array(periods * lanes);
    this.expected = new Float64Array(periods * lanes);
    this.deviation = new Float64Array(periods * lanes);
    this.spread = new Float64Array(periods * lanes);
  }

  update(view: StateView): void {
    const version = view.forecastVersion(this.#node);
    if (view === this.#seen && version === this.#version) return;
    this.#seen = view;
    this.#version = version;
    const lanes = this.#lanes;
    const variances = new Float64Array(lanes);
    for (let k = 0; k < this.#periods; k++) {
      const mean = view.forecastMean(this.#node, k);
      const variance = view.forecastVariance(this.#node, k);
      for (let lane = 0; lane < lanes; lane++) {
        const i = k * lanes + lane;
        const floor = variance[lane] + TINY;
        variances[lane] += floor;
        this.mean[i] = mean[lane];
        this.expected[i] = mean[lane] + (k > 0 ? this.expected[i - lanes] : 0);
        this.deviation[i] = Math.sqrt(floor);
        this.spread[i] = Math.sqrt(variances[lane]);
      }
    }
  }
}
