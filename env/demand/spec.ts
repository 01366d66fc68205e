import type { OutsideIndex } from '../outside-index.ts';
import type { PerLane } from '../per-lane.ts';

/** How far demand spreads about its mean: exactly one of the three. */
export interface Spread {
  /** Standard deviation [units]. */
  readonly sd?: PerLane;
  /** Coefficient of variation: standard deviation / mean. */
  readonly cv?: PerLane;
  /** [units²] */
  readonly variance?: PerLane;
}

/** A distribution of one period's demand by its name and parameters; `DISTRIBUTIONS` says what each takes. */
export type Distribution =
  | { readonly name: 'poisson'; readonly mean: PerLane }
  /** On 0, 1, 2, ... */
  | { readonly name: 'geometric'; readonly mean: PerLane }
  | ({ readonly name: 'negative-binomial'; readonly mean: PerLane } & Spread)
  /** Successes among `trials`; the mean may be given in place of the probability. */
  | { readonly name: 'binomial'; readonly trials: PerLane; readonly probability?: PerLane; readonly mean?: PerLane }
  /** Whole numbers from low to high, all alike. */
  | { readonly name: 'uniform'; readonly low: PerLane; readonly high: PerLane }
  /** Continuous unless rounded to the nearest whole number; a normal demand below 0 is 0. Mean and spread are those before rounding. */
  | ({ readonly name: 'normal' | 'gamma' | 'lognormal'; readonly mean: PerLane; readonly rounded?: boolean } & Spread)
  /** Each of the values with its probability; all alike where no probabilities are given. */
  | { readonly name: 'empirical'; readonly values: readonly PerLane[]; readonly probabilities?: readonly PerLane[] }
  | { readonly name: 'deterministic'; readonly value: PerLane }
  /** With a probability a demand of some size, else none. */
  | { readonly name: 'intermittent'; readonly probability: PerLane; readonly size: Distribution };

/**
 * Rolling forecasts, made in each week of a span for that week and the ones after it. Arrays are laid out [row][period][ahead], flat;
 * lane i reads row i mod rows, and a period beyond the span reads it again from the start.
 */
export interface ForecastPaths {
  readonly rows: number;
  readonly span: number;
  /** Number of periods that each forecast covers: ahead 0 is the period in which it is made. */
  readonly horizon: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** Where one negative binomial does not do: mixtures, which have that mean and variance. */
  readonly parts?: MixtureParts;
  /** Is demand said to be negative binomial, or such mixtures? Else mean and variance are all that is said. */
  readonly counts?: boolean;
  /** [row][period] what the periods of a forecast have in common: two of them have the covariance common x mean x mean. Left out: nothing. */
  readonly common?: Float64Array;
}

/** Negative binomials that are mixed; a part with mean 0 stands for an extra chance of zero. */
export interface MixtureParts {
  /** [row][period][ahead] and one more: the parts of cell c stand from start[c] to start[c + 1] in the other arrays; none: one negative binomial does. */
  readonly start: Int32Array;
  /** They add up to 1 per cell. */
  readonly weight: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export interface DemandShape {
  readonly rows: number;
  /** [periods] */
  readonly span: number;
}

/** Words about something that moves demand, in periods of the span of forecasts. */
export interface AnnouncedNote {
  readonly text: string;
  readonly from: number;
  /** [periods] */
  readonly length: number;
  /** First period in which planners know of it. */
  readonly known: number;
  /** Rows that it is about; left out: all. */
  readonly rows?: readonly number[];
}

/** What happens for some periods and multiplies demand, with the words in which it is announced. */
export interface EventNote {
  readonly text: string;
  /** First period of the event, counted from 0. */
  readonly from: number;
  /** [periods] */
  readonly length: number;
  readonly multiplier: number;
  /** [periods] after which it comes again; left out: it comes once. */
  readonly every?: number;
}

/** A kind of event that comes by chance. */
export interface EventKind {
  /** Wordings, one of which is drawn. */
  readonly texts: readonly string[];
  /** [periods] */
  readonly length: number;
  readonly multiplier: number;
  /** How often this kind comes, against the others. Default 1. */
  readonly weight?: number;
}

export type DemandProcessSpec =
  /** The same distribution in every period. */
  | { readonly kind: 'stationary'; readonly distribution: Distribution }
  /**
   * Given demand, [row][period] flat with the rows and the span of the forecasts that a planner had, or with a shape of its own: then its rows are a
   * multiple of theirs.
   */
  | {
      readonly kind: 'replay';
      readonly values: Float64Array;
      readonly shape?: DemandShape;
      readonly forecasts: ForecastPaths;
      /** Forecasts of the same rows that were made before: what demand usually is, as planners know it. Left out: the average of `forecasts`, which none of them knows yet. */
      readonly before?: ForecastPaths;
      readonly notes?: readonly AnnouncedNote[];
    }
  /**
   * Negative binomial, or a mixture of some, with the mean and variance that the forecast made in a period gives for that period; with a law, as that
   * says, whatever is forecast.
   */
  | {
      readonly kind: 'forecast';
      readonly forecasts: ForecastPaths;
      /** Of the same rows and span as the forecasts. */
      readonly law?: ForecastPaths;
      readonly notes?: readonly AnnouncedNote[];
    }
  /** Demand that is known in advance, period by period; after its end it comes again, keeps its last value or stops. */
  | { readonly kind: 'list'; readonly values: readonly PerLane[]; readonly after: 'repeat' | 'last' | 'nothing' }
  /** The base's mean times factors that come round again: period t has factor t mod length. */
  | { readonly kind: 'seasonal'; readonly base: DemandProcessSpec; readonly factors: readonly PerLane[] }
  /** The base's mean times 1 + perPeriod x t, or (1 + perPeriod)^t where compound, up to period `until`, then level. */
  | {
      readonly kind: 'trend';
      readonly base: DemandProcessSpec;
      readonly perPeriod: PerLane;
      readonly until: number;
      readonly compound?: boolean;
    }
  /** The base's mean times the level of an outside index to the power `elasticity`. */
  | {
      readonly kind: 'index';
      readonly base: DemandProcessSpec;
      readonly index: OutsideIndex;
      readonly elasticity: PerLane;
      /** Do forecasts know how the index moves? Default true; if not, they take it to stay where it is. */
      readonly foreseen?: boolean;
    }
  /**
   * A hidden state that moves by a Markov chain after each period; a period's demand has its state's distribution. `transition` is [from][to],
   * rows sum to 1. A planner who does not know the state has what past demand tells of it.
   */
  | {
      readonly kind: 'markov';
      readonly states: readonly Distribution[];
      readonly transition: readonly (readonly PerLane[])[];
      /** State of the first period; left out: drawn from the long-run distribution. */
      readonly start?: number;
      /** Does the planner know the state? */
      readonly known: boolean;
    }
  /** The base's mean times the multipliers of the events under way. */
  | {
      readonly kind: 'events';
      readonly base: DemandProcessSpec;
      /** [periods] before its start in which an event is announced; 0: when the order of its first period is due. */
      readonly knownAhead: number;
      readonly notes?: readonly EventNote[];
      /** Events that start with this probability in any period. */
      readonly random?: { readonly probability: PerLane; readonly kinds: readonly EventKind[] };
      /** Do the planner's forecasts count the events that are announced? Default true; else the notes alone tell. */
      readonly inForecast?: boolean;
    };

export interface Demand {
  readonly location: string;
  /** Left out: the only item. */
  readonly item?: string;
  readonly process: DemandProcessSpec;
}

/** Correlation of the normal scores of demands in one period (a Gaussian copula), in the order of the scenario's demands. */
export type DemandCorrelation =
  /** The same between any two. */
  | number
  /** [demand] how each goes with one factor that is common to all: the correlation of two is the product of theirs. */
  | readonly number[]
  /** [demand][demand], ones on the diagonal. */
  | readonly (readonly number[])[];
