import { laneValues } from '../per-lane.ts';
import { type EventPlan, readEvents } from './event-plan.ts';
import type { DemandProcess, Note } from './process.ts';
import type { DemandProcessSpec } from './spec.ts';
import { UncertainFactors } from './uncertain-factors.ts';

export type EventsOptions = Omit<Extract<DemandProcessSpec, { readonly kind: 'events' }>, 'kind' | 'base'>;

/**
 * A base whose mean is multiplied by the events under way. Listed events follow from the period. Chance ones are drawn `knownAhead` periods before
 * they start, at most one per period, from the period's uniform number: one part of it says which comes, and where it fell within that part is
 * the number for the demand. What is drawn is part of the lane's state.
 */
export class EventDemand implements DemandProcess {
  readonly tabled = null;
  readonly stationary = false;
  readonly state: readonly Float64Array[];
  readonly typicalIsPast?: boolean;
  readonly #base: DemandProcess;
  readonly #plan: EventPlan;
  readonly #knownAhead: number;
  readonly #inForecast: boolean;
  readonly #lanes: number;
  /** [lane] probability that an event starts in a period. */
  readonly #chance: Float64Array;
  /** [start mod slots][lane] chance events that are not over or not yet under way: 0 for none, else number of the wording + 1. */
  readonly #drawn: Float64Array;
  readonly #slots: number;
  readonly #factors: UncertainFactors;

  constructor(base: DemandProcess, options: EventsOptions, represents: Int32Array, path: string) {
    const lanes = represents.length;
    const plan = readEvents(options, path);
    const chance = laneValues(options.random?.probability ?? 0, represents);
    plan.checkChance(chance, path);
    this.typicalIsPast = base.typicalIsPast;
    this.#base = base;
    this.#plan = plan;
    this.#knownAhead = options.knownAhead;
    this.#inForecast = options.inForecast ?? true;
    this.#lanes = lanes;
    this.#chance = chance;
    this.#slots = plan.wordings.length > 0 ? plan.longest + options.knownAhead : 0;
    this.#drawn = new Float64Array(this.#slots * lanes);
    this.#factors = new UncertainFactors(lanes);
    this.state = this.#slots > 0 ? [this.#drawn, ...base.state] : base.state;
  }

  start(lane: number, period: number, random: () => number): void {
    if (this.#slots > 0) {
      for (let start = this.#oldest(period); start <= period + this.#knownAhead; start++) {
        this.#drawn[this.#at(start, lane)] = random() < this.#chance[lane] ? this.#plan.choose(random()) + 1 : 0;
      }
    }
    this.#base.start(lane, period, random);
  }

  draw(period: Int32Array, uniforms: Float64Array, demand: Float64Array, factors?: Float64Array): void {
    const { certain } = this.#factors;
    for (let lane = 0; lane < this.#lanes; lane++) {
      const now = period[lane];
      certain[lane] = this.#plan.listedFactor(now) * (factors ? factors[lane] : 1);
      if (this.#chance[lane] === 0) continue;
      certain[lane] *= this.#drawnFactor(lane, now, now);
      this.#drawNext(lane, now + this.#knownAhead + 1, uniforms);
    }
    this.#base.draw(period, uniforms, demand, certain);
  }

  forecast(period: Int32Array, ahead: number, mean: Float64Array, variance: Float64Array, factors?: Float64Array): void {
    const { certain } = this.#factors;
    for (let lane = 0; lane < this.#lanes; lane++) {
      const now = period[lane];
      const then = now + ahead;
      const announced = now + this.#knownAhead;
      certain[lane] = factors ? factors[lane] : 1;
      let unknown = this.#oldest(then);
      if (this.#inForecast) {
        certain[lane] *= this.#plan.listedFactor(then, announced);
        if (this.#chance[lane] > 0) certain[lane] *= this.#drawnFactor(lane, now, then);
        unknown = Math.max(unknown, announced + 1);
      }
      this.#plan.chanceMoments(unknown, then, this.#chance[lane], this.#factors.at(lane));
    }
    this.#factors.apply((m, v, f) => this.#base.forecast(period, ahead, m, v, f), mean, variance);
  }

  typical(mean: Float64Array, variance: Float64Array, factors?: Float64Array): void {
    const listed = this.#plan.listedMoments();
    for (let lane = 0; lane < this.#lanes; lane++) {
      this.#factors.certain[lane] = factors ? factors[lane] : 1;
      const moments = this.#factors.at(lane);
      this.#plan.chanceMoments(this.#oldest(0), 0, this.#chance[lane], moments);
      moments[0] *= listed.mean;
      moments[1] *= listed.square;
    }
    this.#factors.apply((m, v, f) => this.#base.typical(m, v, f), mean, variance);
  }

  notes(period: number, lane: number): readonly Note[] {
    const known = this.#plan.listedNotes(period, this.#knownAhead);
    for (let start = this.#oldest(period); this.#slots > 0 && start <= period + this.#knownAhead; start++) {
      const which = this.#drawn[this.#at(start, lane)];
      if (which === 0) continue;
      const { text, length } = this.#plan.wordings[which - 1];
      if (start + length > period) known.push({ text, from: start, length });
    }
    return [...known, ...this.#base.notes(period, lane)].sort((a, b) => a.from - b.from);
  }

  /** First start of a chance event that can be under way in a period. */
  #oldest(period: number): number {
    return period - this.#plan.longest + 1;
  }

  #at(start: number, lane: number): number {
    const slots = this.#slots;
    return (((start % slots) + slots) % slots) * this.#lanes + lane;
  }

  /** Factor of the chance events under way in a period, as far as they are drawn in period `now`. */
  #drawnFactor(lane: number, now: number, period: number): number {
    const { wordings } = this.#plan;
    const last = Math.min(period, now + this.#knownAhead);
    let factor = 1;
    for (let start = this.#oldest(period); start <= last; start++) {
      const which = this.#drawn[this.#at(start, lane)];
      if (which > 0 && start + wordings[which - 1].length > period) factor *= wordings[which - 1].multiplier;
    }
    return factor;
  }

  /** Draws the event that starts in a period, in the place of the one that has just ended at the latest, and leaves what is left of the uniform number. */
  #drawNext(lane: number, start: number, uniforms: Float64Array): void {
    const which = this.#plan.starting(this.#chance[lane], uniforms[lane]);
    this.#drawn[this.#at(start, lane)] = which + 1;
    uniforms[lane] = this.#plan.left(this.#chance[lane], which, uniforms[lane]);
  }
}
