import type { LaneDistribution, RandomStream } from '../../../env/index.ts';
import type { FactorLaw } from './factor-law.ts';

/** A law's demands under the factors that come up, each made when it is first drawn from. */
export class FactorDemands {
  readonly #base: LaneDistribution;
  readonly #levels: Float64Array;
  readonly #season: Float64Array;
  /** [period of the season][state of the index] without events. */
  readonly #usual: (LaneDistribution | undefined)[];
  /** By their factor, under events. */
  readonly #others = new Map<number, LaneDistribution>();

  constructor({ base, season, index }: FactorLaw) {
    this.#base = base;
    this.#season = season;
    this.#levels = index?.rule.moment(index.power, 0) ?? Float64Array.of(1);
    this.#usual = new Array(season.length * this.#levels.length).fill(undefined);
  }

  /** Under a state of the index, what is known multiplying it. */
  at(period: number, state: number, known: number): LaneDistribution {
    const phase = period % this.#season.length;
    const factor = this.#season[phase] * this.#levels[state] * known;
    if (known !== 1) {
      const other = this.#others.get(factor) ?? this.#base.scaled(factor);
      this.#others.set(factor, other);
      return other;
    }
    const place = phase * this.#levels.length + state;
    const usual = this.#usual[place] ?? this.#base.scaled(factor);
    this.#usual[place] = usual;
    return usual;
  }
}

/** Lanes of a demand that factors multiply, all in the same period: where its index and its events stand in each. */
export class FactorLanes {
  readonly lanes: number;
  period = 0;
  /** [lane] state of the index. */
  readonly index: Int32Array;
  /** [lane] events drawn that are not over. */
  readonly pending: Int32Array;
  readonly #law: FactorLaw;
  readonly #demands: FactorDemands;
  /** [start mod slots][lane] as in the simulator: 0 for no event, else the number of the wording + 1. */
  readonly #drawn: Int8Array;
  readonly #slots: number;

  /** Lanes of one item share its demands. */
  constructor(law: FactorLaw, demands: FactorDemands, lanes: number) {
    const { events } = law;
    this.#law = law;
    this.#demands = demands;
    this.lanes = lanes;
    this.index = new Int32Array(lanes);
    this.pending = new Int32Array(lanes);
    this.#slots = events === null ? 0 : events.plan.longest + events.knownAhead;
    this.#drawn = new Int8Array(this.#slots * lanes);
  }

  /** Starts all lanes in a period, as they are in the long run. */
  start(period: number, random: RandomStream): void {
    const { index, events } = this.#law;
    const next = () => random.next();
    this.period = period;
    this.pending.fill(0);
    this.#drawn.fill(0);
    for (let lane = 0; lane < this.lanes; lane++) {
      if (index !== null) this.index[lane] = index.rule.first(period, next);
      for (let k = 1; events !== null && k <= this.#slots; k++)
        this.#put(lane, period - events.plan.longest + k, events.plan.starting(events.chance, next()));
    }
  }

  /** All lanes go on from where the one lane of others stands. */
  copy(one: FactorLanes): void {
    this.period = one.period;
    this.index.fill(one.index[0]);
    this.pending.fill(one.pending[0]);
    for (let slot = 0; slot < this.#slots; slot++) this.#drawn.fill(one.#drawn[slot], slot * this.lanes, (slot + 1) * this.lanes);
  }

  /** What the events that are known of multiply the demand by, so many periods from now. */
  known(lane: number, ahead: number): number {
    const { events } = this.#law;
    if (events === null || this.pending[lane] === 0) return 1;
    const { wordings, longest } = events.plan;
    const then = this.period + ahead;
    const last = Math.min(then, this.period + events.knownAhead);
    let factor = 1;
    for (let start = then - longest + 1; start <= last; start++) {
      const which = this.#drawn[this.#at(start, lane)];
      if (which > 0 && start + wordings[which - 1].length > then) factor *= wordings[which - 1].multiplier;
    }
    return factor;
  }

  /**
   * Hot: writes the demand of the present period, lane by lane every `stride` entries from `at` on, and goes to the next. Numbers are uniform and may be overwritten:
   * as in the simulator a part of that of the demand says which event is announced.
   */
  draw({ ofDemand, ofIndex, demands, at, stride }: FactorDraw): void {
    const { index, events } = this.#law;
    for (let lane = 0, to = at; lane < this.lanes; lane++, to += stride) {
      const demand = this.#demands.at(this.period, this.index[lane], this.known(lane, 0));
      if (events !== null) {
        const which = events.plan.starting(events.chance, ofDemand[lane]);
        ofDemand[lane] = events.plan.left(events.chance, which, ofDemand[lane]);
        this.#put(lane, this.period + events.knownAhead + 1, which);
      }
      demands[to] = demand.quantile(ofDemand[lane]);
      if (index !== null) this.index[lane] = index.rule.next(this.index[lane], this.period + 1, ofIndex[lane]);
    }
    this.period++;
  }

  /** Puts an event, or none, in the place of one that is over by its start. */
  #put(lane: number, start: number, which: number): void {
    const at = this.#at(start, lane);
    if (this.#drawn[at] > 0) this.pending[lane]--;
    if (which >= 0) this.pending[lane]++;
    this.#drawn[at] = which + 1;
  }

  #at(start: number, lane: number): number {
    const slots = this.#slots;
    return (((start % slots) + slots) % slots) * this.lanes + lane;
  }
}

export interface FactorDraw {
  /** [lane] */
  readonly ofDemand: Float64Array;
  /** [lane] of the index, where there is one. */
  readonly ofIndex: Float64Array;
  readonly demands: Float64Array;
  readonly at: number;
  readonly stride: number;
}
