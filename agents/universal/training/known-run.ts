import type { ItemRun, RunFrom, RunPath, RunTerms } from './item-run.ts';

/** No costs are expected. */
const NONE = new Float64Array(0);

/** An item whose lead time is known. */
export class KnownRun implements ItemRun {
  readonly drawsPerPeriod = 0;
  /** Costs and order terms, as doubles all: loops over them are compiled once. */
  readonly #terms: Float64Array;
  /** Are orders any whole number, and stock a whole number too? Then there is nothing to round. */
  readonly #whole: boolean;
  /** What will be received, by period modulo lead time. */
  readonly #ring: Float64Array;
  readonly #costs: Float64Array;
  #net = 0;
  #position = 0;

  /** `costs` are those of a period by its stock; see periodCosts. Left out: what happens is counted. */
  constructor(terms: RunTerms, costs: Float64Array = NONE) {
    this.#costs = costs;
    this.#terms = Float64Array.of(terms.lostRatio, terms.waitRatio, terms.waits, terms.fixedRatio, terms.lot, terms.least);
    this.#whole = terms.lot === 1 && terms.least === 1 && (terms.waits === 0 || terms.waits === 1);
    this.#ring = new Float64Array(terms.longest);
  }

  /** Hot: the state stands in local variables. */
  cost(start: RunFrom, first: number, { demands, levels, weights, full, periods }: RunPath, from: number): number {
    this.#begin(start);
    const ring = this.#ring;
    const whole = this.#whole;
    const terms = this.#terms;
    const lostRatio = terms[0];
    const waitRatio = terms[1];
    const waits = terms[2];
    const fixedRatio = terms[3];
    const lot = terms[4];
    const least = terms[5];
    const { s, S, r, stride } = levels;
    const length = ring.length;
    const atOnce = length === 0;
    const moves = stride > 0;
    const apart = fixedRatio > 0;
    const loses = waits === 0;
    const costs = this.#costs;
    const last = costs.length - 1;
    const expects = last >= 0;
    let net = this.#net;
    let position = this.#position;
    let low = s[from * stride];
    let high = S[from * stride];
    let most = r[from * stride];
    let total = 0;
    let order = first;
    for (let t = 0, slot = 0; t < periods; t++) {
      if (moves) {
        low = s[from + t];
        high = S[from + t];
        most = r[from + t];
      }
      if (t > 0) {
        order = position <= low ? (high - position < most ? high - position : most) : 0;
        if (!whole && order > 0) {
          order = Math.round(order / lot) * lot;
          if (order < least) order = least;
        }
      }
      position += order;
      if (atOnce) net += order;
      else {
        net += ring[slot];
        ring[slot] = order;
        slot = slot + 1 === length ? 0 : slot + 1;
      }
      const demand = demands[from + t];
      let cost = 0;
      if (expects) {
        if (net < 0) cost = costs[0] - waitRatio * net;
        else if (net >= last) cost = costs[last] + net - last;
        else {
          const below = Math.floor(net);
          cost = costs[below];
          if (net > below) cost += (net - below) * (costs[below + 1] - cost);
        }
      }
      if (demand <= net) {
        net -= demand;
        position -= demand;
        if (!expects) cost = net;
      } else if (loses) {
        if (!expects) cost = lostRatio * (demand - net);
        position -= net;
        net = 0;
      } else {
        const unmet = net > 0 ? demand - net : demand;
        const wait = unmet * waits;
        const lost = unmet - wait;
        net = net > 0 ? -wait : net - wait;
        position -= demand - lost;
        if (!expects) cost = lostRatio * lost - waitRatio * net;
      }
      if (apart && order > 0) cost += fixedRatio;
      total += t < full ? cost : weights[t] * cost;
    }
    return total;
  }

  run(
    start: RunFrom,
    order: (t: number, position: number) => number,
    { demands, periods }: Omit<RunPath, 'levels' | 'weights' | 'full'>,
  ): void {
    this.#begin(start);
    const ring = this.#ring;
    const waits = this.#terms[2];
    const { state, at } = start;
    const length = ring.length;
    let slot = 0;
    for (let t = 0; t < periods; t++) {
      const units = order(t, this.#position);
      if (length > 0) {
        this.#net += ring[slot];
        ring[slot] = units;
        slot = (slot + 1) % length;
      } else this.#net += units;
      const unmet = Math.min(demands[t], Math.max(0, demands[t] - this.#net));
      const lost = unmet - unmet * waits;
      this.#net -= demands[t] - lost;
      this.#position += units - (demands[t] - lost);
    }
    state[at] = this.#net + (length > 0 ? ring[slot] : 0);
    for (let i = 1; i < length; i++) state[at + i] = ring[(slot + i) % length];
  }

  #begin({ state, at }: RunFrom): void {
    const ring = this.#ring;
    if (ring.length > 0) ring[0] = 0;
    this.#net = state[at];
    this.#position = state[at];
    for (let i = 1; i < ring.length; i++) {
      ring[i] = state[at + i];
      this.#position += state[at + i];
    }
  }
}
