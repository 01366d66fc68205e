import { createStream, type RandomStream } from '../../../env/index.ts';
import { LEAST_FORECAST } from '../demand-facts.ts';
import type { ItemFacts } from '../item-facts.ts';
import type { LevelBasis } from '../quick-rule.ts';
import type { BranchOptions, DemandPath } from './demand-source.ts';
import type { FactorItem } from './factor-item.ts';
import { type BasisSeries, basisAt, basisSeries } from './level-series.ts';
import type { MovingLanes } from './moving-demand.ts';

/** Where the index and the events of demand that factors multiply stand in each lane; a test holds what they draw and forecast to the simulator. */
export class FactorLanes implements MovingLanes<FactorLanes> {
  readonly dimensions: number;
  period = 0;
  /** [lane] state of the index. */
  readonly index: Int32Array;
  readonly #item: FactorItem;
  readonly #lanes: number;
  /** [lane] events drawn that are not over. */
  readonly #pending: Int32Array;
  /** [start mod slots][lane] as in the simulator: 0 for no event, else the number of the wording + 1. */
  readonly #drawn: Int8Array;
  readonly #slots: number;
  /** [lane] uniform numbers of a period. */
  readonly #ofDemand: Float64Array;
  readonly #ofIndex: Float64Array;

  constructor(item: FactorItem, lanes: number) {
    const { events, index } = item.law;
    this.#item = item;
    this.#lanes = lanes;
    this.dimensions = index === null ? 1 : 2;
    this.index = new Int32Array(lanes);
    this.#pending = new Int32Array(lanes);
    this.#slots = events === null ? 0 : events.plan.longest + events.knownAhead;
    this.#drawn = new Int8Array(this.#slots * lanes);
    this.#ofDemand = new Float64Array(lanes);
    this.#ofIndex = new Float64Array(lanes);
    this.#startIn(0, createStream(0, 'first period'));
  }

  start(random: RandomStream): void {
    this.#startIn(random.integer(this.#item.law.season.length), random);
  }

  /** As in the long run of such periods. */
  #startIn(period: number, random: RandomStream): void {
    const { index, events } = this.#item.law;
    const next = () => random.next();
    this.period = period;
    this.#pending.fill(0);
    this.#drawn.fill(0);
    for (let lane = 0; lane < this.#lanes; lane++) {
      if (index !== null) this.index[lane] = index.rule.first(this.period, next);
      for (let k = 1; events !== null && k <= this.#slots; k++)
        this.#put(lane, this.period - events.plan.longest + k, events.plan.starting(events.chance, next()));
    }
  }

  copy(others: FactorLanes): void {
    this.period = others.period;
    this.index.fill(others.index[0]);
    this.#pending.fill(others.#pending[0]);
    const lanes = this.#lanes;
    for (let slot = 0; slot < this.#slots; slot++) this.#drawn.fill(others.#drawn[slot * others.#lanes], slot * lanes, (slot + 1) * lanes);
  }

  follow(periods: number, uniforms: BranchOptions['uniforms']): DemandPath {
    const demands = new Float64Array(this.#lanes * periods);
    const basis = basisSeries(this.#item.basis, this.#lanes * periods);
    for (let t = 0; t < periods; t++) {
      this.#writeBasis(basis, t, periods);
      uniforms(t, 0, this.#ofDemand);
      if (this.dimensions > 1) uniforms(t, 1, this.#ofIndex);
      this.#draw(demands, t, periods);
    }
    return { demands, basis };
  }

  facts(): ItemFacts {
    return this.#item.facts({ period: this.period, index: this.index[0], known: (ahead) => this.known(0, ahead) });
  }

  basis(): LevelBasis {
    const now = basisSeries(this.#item.basis);
    this.#writeBasisOf(0, now, 0);
    return basisAt(now, 0);
  }

  /** What the events that are known of multiply the demand by, so many periods from now. */
  known(lane: number, ahead: number): number {
    const { events } = this.#item.law;
    if (events === null || this.#pending[lane] === 0) return 1;
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

  #writeBasis(basis: BasisSeries, t: number, periods: number): void {
    for (let lane = 0, at = t; lane < this.#lanes; lane++, at += periods) this.#writeBasisOf(lane, basis, at);
  }

  /** Hot: looked up, but where events are known of. */
  #writeBasisOf(lane: number, basis: BasisSeries, at: number): void {
    const { cover, forecast, writer } = this.#item;
    const { period } = this;
    const state = this.index[lane];
    if (this.#pending[lane] === 0) {
      writer.write(basis, at, cover.mean(period, state), cover.variance(period, state));
      return;
    }
    let [mean, variance] = [0, 0];
    for (let ahead = 0; ahead < cover.periods; ahead++) {
      const known = this.known(lane, ahead);
      mean += Math.max(LEAST_FORECAST, forecast.mean(period, ahead, state, known));
      variance += Math.max(LEAST_FORECAST, forecast.variance(period, ahead, state, known));
    }
    writer.write(basis, at, mean, variance);
  }

  /** Hot: writes the demand of the present period, lane by lane, and goes to the next. As in the simulator a part of a demand's number says which event is announced. */
  #draw(demands: Float64Array, t: number, periods: number): void {
    const { law, demands: known } = this.#item;
    const { index, events } = law;
    for (let lane = 0, to = t; lane < this.#lanes; lane++, to += periods) {
      const demand = known.at(this.period, this.index[lane], this.known(lane, 0));
      let u = this.#ofDemand[lane];
      if (events !== null) {
        const which = events.plan.starting(events.chance, u);
        u = events.plan.left(events.chance, which, u);
        this.#put(lane, this.period + events.knownAhead + 1, which);
      }
      demands[to] = demand.quantile(u);
      if (index !== null) this.index[lane] = index.rule.next(this.index[lane], this.period + 1, this.#ofIndex[lane]);
    }
    this.period++;
  }

  /** Puts an event, or none, in the place of one that is over by its start. */
  #put(lane: number, start: number, which: number): void {
    const at = this.#at(start, lane);
    if (this.#drawn[at] > 0) this.#pending[lane]--;
    if (which >= 0) this.#pending[lane]++;
    this.#drawn[at] = which + 1;
  }

  #at(start: number, lane: number): number {
    const slots = this.#slots;
    return (((start % slots) + slots) % slots) * this.#lanes + lane;
  }
}
