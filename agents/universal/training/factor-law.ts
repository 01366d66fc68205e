import {
  type DemandProcessSpec,
  type EventPlan,
  IndexRule,
  type LaneDistribution,
  laneDistribution,
  laneValue,
  readEvents,
} from '../../../env/index.ts';

/** An index that is drawn, and the power of its level that demand follows. */
export interface IndexFactor {
  readonly rule: IndexRule;
  readonly power: number;
  /** Do forecasts know how it moves? If not, they take it to stay where it is. */
  readonly foreseen: boolean;
}

/** Events that come by chance, at most one a period, and are announced some periods before they start. */
export interface EventFactor {
  readonly plan: EventPlan;
  readonly knownAhead: number;
  /** That one starts in a period. */
  readonly chance: number;
}

/** A demand whose mean is multiplied by a season, an index and events, none of which depends on another. */
export interface FactorLaw {
  /** Under a factor of 1. */
  readonly base: LaneDistribution;
  /** Variance under a factor f: linear f + square f². */
  readonly linear: number;
  readonly square: number;
  /** [period] round and round; all seasons together. */
  readonly season: Float64Array;
  readonly index: IndexFactor | null;
  readonly events: EventFactor | null;
}

/**
 * The law of a process that is made of nothing else: a distribution whose variance follows from the factor as said, seasons, at most one index, which is drawn, and
 * events by chance. Undefined for others.
 */
export function factorLaw(spec: DemandProcessSpec): FactorLaw | undefined {
  if (spec.kind === 'stationary') return baseLaw(laneDistribution(spec.distribution, 0));
  if (!('base' in spec)) return undefined;
  const inner = factorLaw(spec.base);
  if (inner === undefined) return undefined;
  if (spec.kind === 'seasonal') {
    const factors = spec.factors.map((factor) => laneValue(factor, 0));
    return { ...inner, season: together(inner.season, factors) };
  }
  if (spec.kind === 'index' && inner.index === null && spec.index.process.kind === 'markov') {
    return { ...inner, index: { rule: new IndexRule(spec.index), power: laneValue(spec.elasticity, 0), foreseen: spec.foreseen ?? true } };
  }
  if (spec.kind === 'events' && inner.events === null && !spec.notes?.length && spec.inForecast !== false) {
    const chance = laneValue(spec.random?.probability ?? 0, 0);
    return { ...inner, events: chance > 0 ? { plan: readEvents(spec, 'demand'), knownAhead: spec.knownAhead, chance } : null };
  }
  return undefined;
}

/** A factor that leaves no whole demand whole: where units are rounded, the variance shows it. */
const PROBE = 0.7;

function baseLaw(base: LaneDistribution): FactorLaw | undefined {
  const square = (base.scaled(2).variance - 2 * base.variance) / 2;
  const linear = base.variance - square;
  const said = PROBE * linear + PROBE * PROBE * square;
  if (Math.abs(base.scaled(PROBE).variance - said) > 1e-9 * said) return undefined;
  return { base, linear, square, season: Float64Array.of(1), index: null, events: null };
}

/** One cycle of both. */
function together(one: ArrayLike<number>, other: ArrayLike<number>): Float64Array {
  let length = one.length;
  while (length % other.length > 0) length += one.length;
  return Float64Array.from({ length }, (_, t) => one[t % one.length] * other[t % other.length]);
}

/** [state] mean of a power of the index's factor, so many periods on, as forecasts have it. */
function momentsOf(index: IndexFactor | null, power: number, ahead: number): Float64Array {
  return index === null ? Float64Array.of(1) : index.rule.moment(power * index.power, index.foreseen ? ahead : 0);
}

/** What is known of a factor: its mean and its mean square, in parts that are multiplied. */
export class FactorForecast {
  readonly #law: FactorLaw;
  /** [ahead][state of the index] */
  readonly #means: readonly Float64Array[];
  readonly #squares: readonly Float64Array[];
  /** [ahead] of the events that are not known yet. */
  readonly #unknown: readonly Float64Array[];

  /** `longest` [periods] that are asked for. */
  constructor(law: FactorLaw, longest: number) {
    this.#law = law;
    const { index, events } = law;
    const ahead = <T>(make: (k: number) => T): T[] => Array.from({ length: longest }, (_, k) => make(k));
    this.#means = ahead((k) => momentsOf(index, 1, k));
    this.#squares = ahead((k) => momentsOf(index, 2, k));
    this.#unknown = ahead((k) => {
      const moments = Float64Array.of(1, 1);
      if (events !== null) {
        const { plan, knownAhead, chance } = events;
        plan.chanceMoments(Math.max(k - plan.longest, knownAhead) + 1, k, chance, moments);
      }
      return moments;
    });
  }

  /** Mean of the demand `ahead` periods from a period with a state of the index, known events multiplying it by `known`. */
  mean(period: number, ahead: number, state: number, known: number): number {
    return this.#law.base.mean * this.#certain(period + ahead, known) * this.#means[ahead][state] * this.#unknown[ahead][0];
  }

  variance(period: number, ahead: number, state: number, known: number): number {
    const certain = this.#certain(period + ahead, known);
    const one = this.#means[ahead][state] * this.#unknown[ahead][0];
    const two = this.#squares[ahead][state] * this.#unknown[ahead][1];
    const { base, linear, square } = this.#law;
    return linear * certain * one + square * certain * certain * two + (base.mean * certain) ** 2 * (two - one * one);
  }

  /** Of a period's demand over all periods. */
  get usual(): { readonly usualMean: number; readonly usualVariance: number } {
    const { base, linear, square, season, index, events } = this.#law;
    const moments = Float64Array.of(1, 1);
    if (events !== null) events.plan.chanceMoments(1 - events.plan.longest, 0, events.chance, moments);
    const average = (power: number) => season.reduce((sum, factor) => sum + factor ** power, 0) / season.length;
    const one = moments[0] * average(1) * (index?.rule.typical(index.power) ?? 1);
    const two = moments[1] * average(2) * (index?.rule.typical(2 * index.power) ?? 1);
    return { usualMean: base.mean * one, usualVariance: linear * one + square * two + base.mean * base.mean * (two - one * one) };
  }

  #certain(period: number, known: number): number {
    const { season } = this.#law;
    return season[period % season.length] * known;
  }
}
