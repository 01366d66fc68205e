import type { LaneDistribution } from '../../../env/index.ts';
import { AHEAD, LEAST_FORECAST } from '../demand-facts.ts';
import { type ItemFacts, type ItemPlace, itemFacts } from '../item-facts.ts';
import { type LevelBasis, levelBasis } from '../quick-rule.ts';
import { FactorForecast, type FactorLaw } from './factor-law.ts';
import { BasisWriter } from './level-series.ts';

/** Where demand stands in a period, beside the period. */
export interface FactorState {
  readonly period: number;
  /** State of the index. */
  readonly index: number;
  /** What events that are known of multiply the demand by, so many periods on. */
  readonly known: (ahead: number) => number;
}

/** An item whose demand factors multiply: what all its lanes have in common, worked out once. */
export class FactorItem {
  readonly law: FactorLaw;
  readonly forecast: FactorForecast;
  readonly demands: FactorDemands;
  readonly cover: CoverDemand;
  readonly writer: BasisWriter;
  /** What levels are measured by in some period. */
  readonly basis: LevelBasis;
  readonly #place: ItemPlace;

  constructor(place: ItemPlace, law: FactorLaw) {
    this.#place = place;
    this.law = law;
    this.forecast = new FactorForecast(law, AHEAD);
    this.demands = new FactorDemands(law);
    const facts = this.facts({ period: 0, index: 0, known: () => 1 });
    this.cover = new CoverDemand(law, this.forecast, facts.longest + 1);
    this.writer = new BasisWriter(facts);
    this.basis = levelBasis(facts);
  }

  facts({ period, index, known }: FactorState): ItemFacts {
    const ahead = (of: 'mean' | 'variance') =>
      Float64Array.from({ length: AHEAD }, (_, k) => this.forecast[of](period, k, index, known(k)));
    const forecasts = () => ({ means: ahead('mean'), variances: ahead('variance'), ...this.forecast.usual });
    return itemFacts(this.#place, { forecasts, largestMean: Number.POSITIVE_INFINITY });
  }
}

/** A law's demands under the factors that come up, each made when it is first drawn from. */
class FactorDemands {
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
