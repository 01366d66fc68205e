import { createStream, type RandomStream } from '../../../env/index.ts';
import { AHEAD, LEAST_FORECAST } from '../demand-facts.ts';
import { type ItemFacts, type ItemPlace, itemFacts } from '../item-facts.ts';
import { type LevelBasis, levelBasis } from '../quick-rule.ts';
import type { BranchOptions, DemandPath, DemandSource, Histories } from './demand-source.ts';
import { FactorDemands, FactorLanes } from './factor-lanes.ts';
import { FactorForecast, type FactorLaw } from './factor-law.ts';
import { type BasisSeries, BasisWriter, basisAt, basisSeries } from './level-series.ts';

/** Histories side by side, and their first periods, in which what was ordered before is missing. */
const HISTORIES = 32;
const WARM_UP = 20;

/**
 * Demand whose mean a season, an index and events multiply, with its forecasts, at some ten nanoseconds a period: what the simulator says of it, to which a test
 * holds it.
 */
export class FactorDemand implements DemandSource {
  readonly dimensions: number;
  readonly #place: ItemPlace;
  readonly #law: FactorLaw;
  readonly #forecast: FactorForecast;
  readonly #demands: FactorDemands;
  readonly #cover: CoverDemand;
  readonly #writer: BasisWriter;
  /** What of it does not move holds in any period. */
  readonly #basis: LevelBasis;
  readonly #one: FactorLanes;
  /** By their number. */
  readonly #many = new Map<number, FactorLanes>();
  #random: RandomStream | null = null;

  constructor(place: ItemPlace, law: FactorLaw) {
    this.#place = place;
    this.#law = law;
    this.dimensions = law.index === null ? 1 : 2;
    this.#forecast = new FactorForecast(law, AHEAD);
    this.#demands = new FactorDemands(law);
    this.#one = new FactorLanes(law, this.#demands, 1);
    this.#one.start(0, createStream(0, 'first period'));
    const facts = this.facts();
    this.#cover = new CoverDemand(law, this.#forecast, facts.longest + 1);
    this.#writer = new BasisWriter(facts);
    this.#basis = levelBasis(facts);
  }

  histories(periods: number, random: RandomStream): Histories {
    const lanes = this.#lanes(HISTORIES);
    const each = Math.ceil(periods / HISTORIES) + WARM_UP;
    lanes.start(this.#anyPeriod(random), random);
    return { ...this.#follow(lanes, each, drawing(random)), count: HISTORIES, periods: each, warmUp: WARM_UP };
  }

  begin(random: RandomStream): void {
    this.#random = random;
    this.#one.start(this.#anyPeriod(random), random);
  }

  advance(periods: number): DemandPath {
    const random = this.#random;
    if (random === null) throw new RangeError('a history that has not begun cannot go on');
    return this.#follow(this.#one, periods, drawing(random));
  }

  facts(): ItemFacts {
    const { period, index } = this.#one;
    const ahead = (of: 'mean' | 'variance') =>
      Float64Array.from({ length: AHEAD }, (_, k) => this.#forecast[of](period, k, index[0], this.#one.known(0, k)));
    const forecasts = () => ({ means: ahead('mean'), variances: ahead('variance'), ...this.#forecast.usual });
    return itemFacts(this.#place, { forecasts, largestMean: Number.POSITIVE_INFINITY });
  }

  basis(): LevelBasis {
    const now = basisSeries(this.#basis);
    this.#writeBasis(this.#one, now, 0, 1);
    return basisAt(now, 0);
  }

  branch({ paths, horizon, uniforms }: BranchOptions): DemandPath {
    const lanes = this.#lanes(paths);
    lanes.copy(this.#one);
    return this.#follow(lanes, horizon, uniforms);
  }

  /** Demand and forecasts of some periods, [lane][period]. */
  #follow(lanes: FactorLanes, periods: number, uniforms: BranchOptions['uniforms']): DemandPath {
    const demands = new Float64Array(lanes.lanes * periods);
    const basis = basisSeries(this.#basis, lanes.lanes * periods);
    const ofDemand = new Float64Array(lanes.lanes);
    const ofIndex = new Float64Array(lanes.lanes);
    for (let t = 0; t < periods; t++) {
      this.#writeBasis(lanes, basis, t, periods);
      uniforms(t, 0, ofDemand);
      if (this.dimensions > 1) uniforms(t, 1, ofIndex);
      lanes.draw({ ofDemand, ofIndex, demands, at: t, stride: periods });
    }
    return { demands, basis };
  }

  /** Hot. */
  #writeBasis(lanes: FactorLanes, basis: BasisSeries, t: number, periods: number): void {
    const { period, index, pending } = lanes;
    for (let lane = 0, at = t; lane < lanes.lanes; lane++, at += periods) {
      if (pending[lane] === 0)
        this.#writer.write(basis, at, this.#cover.mean(period, index[lane]), this.#cover.variance(period, index[lane]));
      else this.#writeKnown(lanes, lane, basis, at);
    }
  }

  /** Where events are known of. */
  #writeKnown(lanes: FactorLanes, lane: number, basis: BasisSeries, at: number): void {
    let [mean, variance] = [0, 0];
    for (let ahead = 0; ahead < this.#cover.periods; ahead++) {
      const known = lanes.known(lane, ahead);
      mean += Math.max(LEAST_FORECAST, this.#forecast.mean(lanes.period, ahead, lanes.index[lane], known));
      variance += Math.max(LEAST_FORECAST, this.#forecast.variance(lanes.period, ahead, lanes.index[lane], known));
    }
    this.#writer.write(basis, at, mean, variance);
  }

  #anyPeriod(random: RandomStream): number {
    return random.integer(this.#law.season.length);
  }

  #lanes(count: number): FactorLanes {
    const lanes = this.#many.get(count) ?? new FactorLanes(this.#law, this.#demands, count);
    this.#many.set(count, lanes);
    return lanes;
  }
}

/** Numbers of a stream, for all lanes and dimensions. */
function drawing(random: RandomStream): BranchOptions['uniforms'] {
  return (_period, _dimension, into) => {
    for (let lane = 0; lane < into.length; lane++) into[lane] = random.next();
  };
}

/** The demand that an order must last for, where no events are known of. */
class CoverDemand {
  readonly periods: number;
  readonly #phases: number;
  readonly #states: number;
  /** [period of the season][state of the index] */
  readonly #means: Float64Array;
  readonly #variances: Float64Array;

  constructor({ season, index }: FactorLaw, forecast: FactorForecast, periods: number) {
    this.periods = periods;
    this.#phases = season.length;
    this.#states = index?.rule.levels.length ?? 1;
    const sums = (of: 'mean' | 'variance') =>
      Float64Array.from({ length: this.#phases * this.#states }, (_, k) => {
        const [phase, state] = [Math.floor(k / this.#states), k % this.#states];
        let sum = 0;
        for (let ahead = 0; ahead < periods; ahead++) sum += Math.max(LEAST_FORECAST, forecast[of](phase, ahead, state, 1));
        return sum;
      });
    this.#means = sums('mean');
    this.#variances = sums('variance');
  }

  mean(period: number, state: number): number {
    return this.#means[(period % this.#phases) * this.#states + state];
  }

  variance(period: number, state: number): number {
    return this.#variances[(period % this.#phases) * this.#states + state];
  }
}
