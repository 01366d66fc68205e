import { type Arc, laneDistribution, layOutRandomness, type Network, type RandomLayout } from '../../env/index.ts';
import { type StateLayout, stateLayout } from './state-layout.ts';

/** What supply can bring in a period: the uniform numbers that make the simulator bring it, and how probable each is. */
export interface SupplyOutcomes {
  readonly probability: readonly number[];
  /** [outcome][row] of the simulator's uniform numbers. */
  readonly uniforms: readonly Float64Array[];
}

/** One thing that chance decides, by itself: each case sets some rows of uniform numbers. */
interface Chance {
  readonly cases: readonly { readonly probability: number; readonly rows: readonly number[]; readonly uniform: number }[];
}

/** Why the chances of supply cannot be listed, or undefined where they can. */
export function whyNotListedChances({ arcs }: Network): string | undefined {
  for (const { id, disruptions, randomLeadTime, yield: part, transitCost, initialOrders, priceIndex } of arcs) {
    if (priceIndex >= 0) return `the price of "${id}" moves`;
    if (initialOrders.length > 0) return `"${id}" starts with orders that its sender has yet to ship`;
    if (disruptions?.kind === 'listed') return `"${id}" is down in listed periods, so no period is like another`;
    if (randomLeadTime && part?.kind === 'binomial') return `"${id}" has both a drawn lead time and a yield by the unit`;
    if (randomLeadTime?.min === 0 && part) return `"${id}" may deliver at once, with a yield`;
    if (randomLeadTime?.min === 0 && transitCost[0] > 0) return `"${id}" may deliver at once, and transit is charged`;
  }
  return undefined;
}

/** Does chance decide nothing about supply? */
export function isSure({ arcs }: Network): boolean {
  return arcs.every((arc) => !(arc.randomLeadTime || arc.yield || arc.lostOrders || arc.disruptions));
}

/** Lists what supply can bring after an order in a state. */
export class SupplyChances {
  readonly #arcs: readonly Arc[];
  readonly #states: StateLayout;
  readonly #rows: RandomLayout;
  readonly #binomials = new Map<string, Float64Array>();

  constructor(network: Network) {
    this.#arcs = network.arcs;
    this.#states = stateLayout(network);
    this.#rows = layOutRandomness(network);
  }

  /** Every combination that can make a difference; `orders` from `at` on hold one order per arc. */
  outcomes(row: Float64Array, orders: Float64Array, at: number): SupplyOutcomes {
    const chances = this.#arcs.flatMap((_, a) => this.#chances(a, row, orders[at + a]));
    let probability = [1];
    let uniforms = [new Float64Array(this.#rows.purposes.length).fill(0.5)];
    for (const { cases } of chances) {
      const pairs = uniforms.flatMap((before, k) => cases.map((each) => ({ before, each, weight: probability[k] * each.probability })));
      probability = pairs.map(({ weight }) => weight);
      uniforms = pairs.map(({ before, each }) => {
        const after = before.slice();
        for (const r of each.rows) after[r] = each.uniform;
        return after;
      });
    }
    return { probability, uniforms };
  }

  #chances(a: number, row: Float64Array, order: number): Chance[] {
    const arc = this.#arcs[a];
    const { link, lostOrders, disruptions, randomLeadTime } = arc;
    const found: Chance[] = [];
    if (disruptions?.kind === 'markov') {
      const up = row[this.#states.available[a]] === 1;
      found.push(twoCases(up ? disruptions.fail[0] : disruptions.recover[0], [this.#rows.disruption[link]]));
    }
    if (lostOrders && order > 0) found.push(twoCases(lostOrders[0], [this.#rows.lostOrders[a]]));
    if (randomLeadTime) found.push(...this.#leadTimeChances(a, row, order));
    if (arc.yield) found.push(...this.#yieldChances(a, row, order));
    return found;
  }

  /** Where orders do not cross one draw decides for all ages; otherwise each age has its own. Only ages with units on the way count. */
  #leadTimeChances(a: number, row: Float64Array, order: number): Chance[] {
    const { randomLeadTime } = this.#arcs[a];
    if (!randomLeadTime) return [];
    const { min, max, crossing, hazard } = randomLeadTime;
    const first = this.#rows.leadTime[a];
    const onTheWay = (age: number) => (age <= 1 ? order : row[this.#states.pipeline[a] + age - 2]);
    const chances: Chance[] = [];
    const bounds = new Set([0, 1]);
    for (let age = min; age <= max; age++) {
      if (onTheWay(age) === 0) continue;
      if (crossing) chances.push(twoCases(hazard[age], [first + age - min]));
      else bounds.add(hazard[age]);
    }
    return crossing ? chances : [intervals([...bounds], [first])];
  }

  #yieldChances(a: number, row: Float64Array, order: number): Chance[] {
    const { yield: rule, maxLeadTime, randomLeadTime } = this.#arcs[a];
    if (!rule) return [];
    const rows = [this.#rows.yield[a]];
    if (rule.kind === 'all-or-nothing') return [twoCases(rule.mean[0], rows)];
    const due = randomLeadTime ? Number.NaN : maxLeadTime <= 1 ? order : row[this.#states.pipeline[a]];
    if (due === 0) return [];
    return [intervals(this.#binomialBounds(due, rule.mean[0]), rows)];
  }

  #binomialBounds(trials: number, probability: number): number[] {
    const key = `${trials} ${probability}`;
    const table = this.#binomials.get(key) ?? laneDistribution({ name: 'binomial', trials: Math.floor(trials), probability }).table();
    this.#binomials.set(key, table);
    const bounds = [0];
    let sum = 0;
    for (let k = 0; k < table.length - 1; k++) {
      sum += table[k];
      bounds.push(Math.min(1, sum));
    }
    return [...bounds, 1];
  }
}

/** A uniform number below `probability`, or above. */
function twoCases(probability: number, rows: readonly number[]): Chance {
  return intervals([0, probability, 1], rows);
}

/** One case per interval between bounds in [0, 1] that has a length, by its middle. */
function intervals(bounds: readonly number[], rows: readonly number[]): Chance {
  const sorted = [...bounds].sort((a, b) => a - b);
  const cases = sorted.slice(1).flatMap((high, k) => {
    const low = sorted[k];
    return high > low ? [{ probability: high - low, rows, uniform: (low + high) / 2 }] : [];
  });
  return { cases };
}
