import type { RandomStream } from '../../../env/index.ts';
import type { ItemFacts } from '../item-facts.ts';
import type { LevelBasis } from '../quick-rule.ts';
import type { BranchOptions, DemandPath, DemandSource, Histories } from './demand-source.ts';

/** Lanes of an item whose demand moves, all in the same period. */
export interface MovingLanes<Own> {
  /** Uniform numbers that a period of a lane takes. */
  readonly dimensions: number;
  /** Starts all lanes anew, at any time. */
  start(random: RandomStream): void;
  /** All lanes go on from where the first of others stands. */
  copy(others: Own): void;
  /** Demand and forecasts of the periods to come, [lane][period], which then are past. */
  follow(periods: number, uniforms: BranchOptions['uniforms']): DemandPath;
  /** The item as it is known in the first lane. */
  facts(): ItemFacts;
  basis(): LevelBasis;
}

/** Histories side by side cost little more than one; in their first periods what was ordered before is missing. */
const HISTORIES = 32;
const WARM_UP = 20;

/** Demand that moves, with its forecasts. */
export class MovingDemand<Lanes extends MovingLanes<Lanes>> implements DemandSource {
  readonly #make: (lanes: number) => Lanes;
  readonly #one: Lanes;
  /** By their number. */
  readonly #many = new Map<number, Lanes>();
  #random: RandomStream | null = null;

  constructor(make: (lanes: number) => Lanes) {
    this.#make = make;
    this.#one = make(1);
  }

  get dimensions(): number {
    return this.#one.dimensions;
  }

  histories(periods: number, random: RandomStream): Histories {
    const lanes = this.#lanes(HISTORIES);
    const each = Math.ceil(periods / HISTORIES) + WARM_UP;
    lanes.start(random);
    return { ...lanes.follow(each, drawing(random)), count: HISTORIES, periods: each, warmUp: WARM_UP };
  }

  begin(random: RandomStream): void {
    this.#random = random;
    this.#one.start(random);
  }

  advance(periods: number): DemandPath {
    if (this.#random === null) throw new RangeError('a history that has not begun cannot go on');
    return this.#one.follow(periods, drawing(this.#random));
  }

  facts(): ItemFacts {
    return this.#one.facts();
  }

  basis(): LevelBasis {
    return this.#one.basis();
  }

  branch({ paths, horizon, uniforms }: BranchOptions): DemandPath {
    const lanes = this.#lanes(paths);
    lanes.copy(this.#one);
    return lanes.follow(horizon, uniforms);
  }

  #lanes(count: number): Lanes {
    const lanes = this.#many.get(count) ?? this.#make(count);
    this.#many.set(count, lanes);
    return lanes;
  }
}

/** Numbers of a stream, for all lanes and dimensions. */
export function drawing(random: RandomStream): BranchOptions['uniforms'] {
  return (_period, _dimension, into) => {
    for (let lane = 0; lane < into.length; lane++) into[lane] = random.next();
  };
}
