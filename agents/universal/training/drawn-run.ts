import { hazards } from '../lead-time-facts.ts';
import type { ItemRun, RunFrom, RunPath, RunTerms } from './item-run.ts';

/** No costs are expected. */
const NONE = new Float64Array(0);

/** An item whose lead times are drawn: of each order on the way only its age is known. */
export class DrawnRun implements ItemRun {
  readonly drawsPerPeriod: number;
  /** [age] chance to be received, given that it was not before. */
  readonly #hazard: Float64Array;
  /** First age at which an order can be received. */
  readonly #youngest: number;
  readonly #crossing: boolean;
  /** Costs and order terms, as doubles all: loops over them are compiled once. */
  readonly #terms: Float64Array;
  /** What is on the way, by the period in which it was ordered modulo the longest lead time and one. */
  readonly #ring: Float64Array;
  readonly #costs: Float64Array;
  #net = 0;
  #position = 0;

  /** `costs` are those of a period by its stock; see periodCosts. Left out: what happens is counted. */
  constructor(terms: RunTerms, costs: Float64Array = NONE) {
    this.#costs = costs;
    this.#terms = Float64Array.of(terms.lostRatio, terms.waitRatio, terms.waits, terms.fixedRatio, terms.lot, terms.least);
    this.#hazard = hazards(terms);
    this.#youngest = this.#hazard.findIndex((chance) => chance > 0);
    this.#crossing = terms.crossing;
    this.#ring = new Float64Array(terms.longest + 1);
    this.drawsPerPeriod = terms.crossing ? terms.longest - this.#youngest + 1 : 1;
  }

  /** Hot: the state stands in local variables. */
  cost(start: RunFrom, first: number, { demands, draws, levels, weights, full, periods }: RunPath, from: number): number {
    this.#begin(start);
    const terms = this.#terms;
    const lostRatio = terms[0];
    const waitRatio = terms[1];
    const waits = terms[2];
    const fixedRatio = terms[3];
    const lot = terms[4];
    const least = terms[5];
    const ring = this.#ring;
    const hazard = this.#hazard;
    const length = ring.length;
    const longest = length - 1;
    const youngest = this.#youngest;
    const crossing = this.#crossing;
    const perPeriod = this.drawsPerPeriod;
    const { s, S, r, stride } = levels;
    const costs = this.#costs;
    const last = costs.length - 1;
    const expects = last >= 0;
    let net = this.#net;
    let position = this.#position;
    let total = 0;
    let order = first;
    // Where the order of this period stands; those before it stand below, from the other end on.
    for (let t = 0, now = 0; t < periods; t++, now = now + 1 === length ? 0 : now + 1) {
      if (t > 0) {
        const draw = (from + t - 1) * perPeriod;
        for (let age = longest; age >= youngest && age > 0; age--) {
          const slot = now >= age ? now - age : now - age + length;
          if (ring[slot] !== 0 && draws[crossing ? draw + age - youngest : draw] < hazard[age]) {
            net += ring[slot];
            ring[slot] = 0;
          }
        }
        const at = (from + t) * stride;
        order = 0;
        if (position <= s[at]) {
          order = S[at] - position;
          if (order > r[at]) order = r[at];
          order = Math.round(order / lot) * lot;
          if (order < least) order = least;
        }
      }
      position += order;
      ring[now] = order;
      if (youngest === 0 && draws[(from + t) * perPeriod] < hazard[0]) {
        net += order;
        ring[now] = 0;
      }
      const demand = demands[from + t];
      let cost = order > 0 ? fixedRatio : 0;
      if (expects) {
        if (net < 0) cost += costs[0] - waitRatio * net;
        else if (net >= last) cost += costs[last] + net - last;
        else {
          const below = Math.floor(net);
          cost += costs[below];
          if (net > below) cost += (net - below) * (costs[below + 1] - costs[below]);
        }
      }
      if (demand <= net) {
        net -= demand;
        position -= demand;
        if (!expects) cost += net;
      } else {
        const unmet = net > 0 ? demand - net : demand;
        const wait = unmet * waits;
        const lost = unmet - wait;
        net = net > 0 ? -wait : net - wait;
        position -= demand - lost;
        if (!expects) cost += lostRatio * lost - waitRatio * net;
      }
      total += t < full ? cost : weights[t] * cost;
    }
    return total;
  }

  run(
    start: RunFrom,
    order: (t: number, position: number) => number,
    { demands, draws, periods }: Omit<RunPath, 'levels' | 'weights' | 'full'>,
  ): void {
    this.#begin(start);
    const waits = this.#terms[2];
    const ring = this.#ring;
    const { state, at } = start;
    for (let t = 0; t < periods; t++) {
      const units = order(t, this.#position);
      ring[this.#slot(t, 0)] = units;
      if (this.#youngest === 0) this.#take(t, 0, draws, t);
      const unmet = Math.min(demands[t], Math.max(0, demands[t] - this.#net));
      const lost = unmet - unmet * waits;
      this.#net -= demands[t] - lost;
      this.#position += units - (demands[t] - lost);
      for (let age = ring.length - 1; age >= Math.max(1, this.#youngest); age--) this.#take(t + 1, age, draws, t);
    }
    state[at] = this.#net;
    for (let age = 1; age < ring.length - 1; age++) state[at + age] = ring[this.#slot(periods, age)];
  }

  #slot(t: number, age: number): number {
    const { length } = this.#ring;
    return (t - age + length) % length;
  }

  /** Takes an order that comes through: one number of a period decides for all, or one for each age where orders may overtake. */
  #take(t: number, age: number, draws: Float64Array, period: number): void {
    const slot = this.#slot(t, age);
    const draw = period * this.drawsPerPeriod + (this.#crossing ? age - this.#youngest : 0);
    if (draws[draw] >= this.#hazard[age]) return;
    this.#net += this.#ring[slot];
    this.#ring[slot] = 0;
  }

  #begin({ state, at }: RunFrom): void {
    const ring = this.#ring;
    ring.fill(0);
    this.#net = state[at];
    this.#position = state[at];
    for (let age = 1; age < ring.length - 1; age++) {
      ring[this.#slot(0, age)] = state[at + age];
      this.#position += state[at + age];
    }
  }
}
