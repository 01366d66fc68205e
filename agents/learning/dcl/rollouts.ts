import { type RandomStream, type Scenario, Simulator } from '../../../env/index.ts';
import { latticeVector } from './lattice.ts';
import type { Player } from './player.ts';

/** Lanes that are simulated at once: their state stays in the processor's cache. */
const LANES = 2_048;

export interface RolloutsOptions {
  readonly scenario: Scenario;
  /** Lanes that states are collected on: whole catalogues. */
  readonly collected: number;
  readonly candidates: number;
  readonly paths: number;
  readonly horizon: number;
  readonly random: RandomStream;
}

/** What is to be tried: candidate k of lane i orders orders[k][arc][i] of the collected lanes. */
export interface Trial {
  readonly origin: Simulator;
  readonly player: Player;
  /** [candidate][arc][lane] */
  readonly orders: Float64Array;
}

/**
 * Tries actions: each candidate of a state is ordered once, then a policy orders for the rest of the horizon, on the same paths of demand and supply for all candidates of the
 * state. One lane per candidate, path, state and item, in this order: ((candidate * paths + path) * groups + group) * items + item.
 */
export class Rollouts {
  /** States that one call tries. */
  readonly states: number;
  /** Periods that one call simulates at most, all lanes together. */
  readonly work: number;
  readonly #options: RolloutsOptions;
  readonly #copies: Simulator;
  readonly #passPaths: number;
  readonly #orders: Float64Array;
  readonly #uniforms: Float64Array;
  readonly #from: Int32Array;
  readonly #lattice: Int32Array;
  /** [state][dimension] */
  readonly #shifts: Float64Array;
  readonly #totals: Float64Array;
  /** [state][candidate] sums over paths of the difference to the candidate before that is tried, and of its square. */
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  /** [state][candidate] the candidate before that is tried, or -1. */
  readonly #before: Int32Array;

  constructor(options: RolloutsOptions) {
    const { scenario, collected, candidates, paths, horizon } = options;
    const items = scenario.laneNames?.length ?? 1;
    // One state at a time where each has an end of its own: nothing is simulated beyond it.
    const groups = scenario.periods === null ? largestDivisor(collected / items, Math.floor(LANES / (candidates * paths * items))) : 1;
    this.states = groups * items;
    this.#passPaths = largestDivisor(paths, Math.floor(LANES / (candidates * this.states)));
    const lanes = candidates * this.#passPaths * this.states;
    this.work = candidates * paths * this.states * horizon;
    this.#options = options;
    // Its own streams are never drawn from: every step is given its numbers.
    this.#copies = new Simulator({ scenario, lanes, seeds: new Float64Array(lanes) });
    const { uniformRows, network } = this.#copies;
    this.#orders = new Float64Array(network.arcs.length * lanes);
    this.#uniforms = new Float64Array(uniformRows * lanes);
    this.#from = new Int32Array(lanes);
    const weights = Array.from({ length: horizon * uniformRows }, (_, k) => (1 + Math.floor(k / uniformRows) / 8) ** -2);
    this.#lattice = latticeVector(paths, weights);
    this.#shifts = new Float64Array(this.states * weights.length);
    this.#totals = new Float64Array(lanes);
    this.#sums = new Float64Array(this.states * candidates);
    this.#squares = new Float64Array(this.states * candidates);
    this.#before = new Int32Array(this.states * candidates);
  }

  /**
   * Tries the candidates of `states` lanes from `first` on: adds up costs [state][candidate] and writes noise [state], both from `to` on. Costs are 0
   * before, or infinite where a candidate is not to be tried. Returns the periods simulated, all lanes together.
   */
  run(trial: Trial, first: number, { costs, noise, to }: { costs: Float64Array; noise: Float64Array; to: number }): number {
    const { candidates, paths, random } = this.#options;
    const horizon = this.#periodsLeft(trial.origin, first);
    for (let k = 0; k < this.#shifts.length; k++) this.#shifts[k] = random.next();
    this.#findBefore(costs, to);
    this.#sums.fill(0);
    this.#squares.fill(0);
    for (let path = 0; path < paths; path += this.#passPaths) {
      this.#follow(trial, { first, horizon, firstPath: path });
      this.#add(costs, to);
    }
    for (let k = to * candidates; k < (to + this.states) * candidates; k++) costs[k] /= paths;
    for (let state = 0; state < this.states; state++) noise[to + state] = this.#standardError(costs, (to + state) * candidates, state);
    return candidates * paths * this.states * horizon;
  }

  /** Periods that the paths of `states` lanes from `first` on are followed. */
  #periodsLeft({ network: { scenario }, view }: Simulator, first: number): number {
    const { horizon } = this.#options;
    if (scenario.periods === null) return horizon;
    const earliest = view.period.subarray(first, first + this.states).reduce((least, period) => Math.min(least, period));
    return Math.min(horizon, scenario.periods - earliest);
  }

  #findBefore(costs: Float64Array, to: number): void {
    const { candidates } = this.#options;
    for (let state = 0, i = 0; state < this.states; state++) {
      let before = -1;
      for (let k = 0; k < candidates; k++, i++) {
        const tried = costs[to * candidates + i] === 0;
        this.#before[i] = tried ? before : -1;
        if (tried) before = k;
      }
    }
  }

  #follow(
    { origin, player, orders }: Trial,
    { first, horizon, firstPath }: { readonly first: number; readonly horizon: number; readonly firstPath: number },
  ): void {
    const copies = this.#copies;
    const { lanes, view, network, cost } = copies;
    const { periods } = network.scenario;
    for (let lane = 0; lane < lanes; lane++) this.#from[lane] = first + (lane % this.states);
    copies.copyLanes(origin, this.#from);
    this.#totals.fill(0);
    const totals = this.#totals;
    for (let t = 0; t < horizon; t++) {
      if (t === 0) this.#force(orders, origin.lanes);
      else player.order(copies, this.#orders);
      this.#draw(t, firstPath);
      if (periods === null) {
        copies.step(this.#orders, this.#uniforms);
        for (let lane = 0; lane < lanes; lane++) totals[lane] += cost[lane];
      } else {
        copies.step(this.#orders, this.#uniforms);
        for (let lane = 0; lane < lanes; lane++) if (view.period[lane] <= periods) totals[lane] += cost[lane];
      }
    }
  }

  #force(orders: Float64Array, collected: number): void {
    const { lanes, network } = this.#copies;
    const arcs = network.arcs.length;
    const perCandidate = this.#passPaths * this.states;
    for (let a = 0; a < arcs; a++) {
      for (let lane = 0; lane < lanes; lane++) {
        const candidate = Math.floor(lane / perCandidate);
        this.#orders[a * lanes + lane] = orders[(candidate * arcs + a) * collected + this.#from[lane]];
      }
    }
  }

  /** A period's uniform numbers: points of the lattice, shifted for each state, alike for all candidates. */
  #draw(period: number, firstPath: number): void {
    const { lanes, uniformRows } = this.#copies;
    const { paths, candidates } = this.#options;
    const dimensions = this.#lattice.length;
    const block = this.#passPaths * this.states;
    for (let row = 0; row < uniformRows; row++) {
      const dimension = period * uniformRows + row;
      const z = this.#lattice[dimension];
      const at = row * lanes;
      for (let p = 0, to = at; p < this.#passPaths; p++) {
        const point = (((firstPath + p) * z) % paths) / paths;
        for (let state = 0; state < this.states; state++, to++) {
          const u = point + this.#shifts[state * dimensions + dimension];
          this.#uniforms[to] = u >= 1 ? u - 1 : u;
        }
      }
      for (let k = 1; k < candidates; k++) this.#uniforms.copyWithin(at + k * block, at, at + block);
    }
  }

  #add(costs: Float64Array, to: number): void {
    const { candidates } = this.#options;
    const totals = this.#totals;
    const { states } = this;
    const block = this.#passPaths * states;
    for (let k = 0; k < candidates; k++) {
      for (let i = 0; i < block; i++) costs[(to + (i % states)) * candidates + k] += totals[k * block + i];
      for (let i = 0; i < block; i++) {
        const entry = (i % states) * candidates + k;
        const before = this.#before[entry];
        if (before < 0) continue;
        const difference = totals[k * block + i] - totals[before * block + i];
        this.#sums[entry] += difference;
        this.#squares[entry] += difference * difference;
      }
    }
  }

  /** Of the difference between the cheapest candidate and its neighbours among those tried, were the paths independent; root mean square. */
  #standardError(costs: Float64Array, at: number, state: number): number {
    const { candidates, paths } = this.#options;
    let cheapest = 0;
    for (let k = 1; k < candidates; k++) if (costs[at + k] < costs[at + cheapest]) cheapest = k;
    let variance = 0;
    let pairs = 0;
    for (let k = cheapest; k < candidates; k++) {
      const entry = state * candidates + k;
      const before = this.#before[entry];
      if (before < 0 || (k > cheapest && before !== cheapest)) continue;
      variance += Math.max(0, this.#squares[entry] - this.#sums[entry] ** 2 / paths) / paths;
      pairs++;
    }
    return pairs === 0 ? 0 : Math.sqrt(variance / pairs / paths);
  }
}

/** The largest divisor of n that is not above a limit; at least 1. */
function largestDivisor(n: number, limit: number): number {
  for (let k = Math.min(n, limit); k > 1; k--) if (n % k === 0) return k;
  return 1;
}
