import { type ClairvoyantBound, clairvoyantBound, type Policy, poolingBound } from '../agents/index.ts';
import { type Scenario, UserError } from '../env/index.ts';
import type { ForecastRecord } from '../scenarios/index.ts';
import { type Evaluation, evaluate, type PolicyResult } from './evaluate.ts';

/** What nobody could have gone below who knew all demand. */
export interface Clairvoyant extends Pick<ClairvoyantBound, 'costPerPeriod' | 'standardError' | 'ci95'> {
  /** Measured periods that it is a bound for: those of the evaluation, or fewer where the scenario goes on for ever. */
  readonly periods: number;
}

/** What no policy goes below in the long run, with demand unknown: exact, of an easier problem. */
export interface LowerBound {
  /** [money/period] */
  readonly costPerPeriod: number;
  /** What makes that problem the easier one. */
  readonly assumes: string;
}

export interface ComparedResult extends PolicyResult {
  /** [percent] of the gap between the cheapest baseline and the clairvoyant bound, what is left; where there are both. */
  readonly gapLeftPercent?: number;
}

export interface Comparison extends Evaluation {
  readonly results: readonly ComparedResult[];
  /** Where it was worked out: no optimum is known. */
  readonly clairvoyant?: Clairvoyant;
  /** Where an easier problem has an exact answer. */
  readonly lowerBound?: LowerBound;
  /** What a catalogue's forecasts were made with. */
  readonly forecasts?: ForecastRecord;
}

/** A gap of this part of the bound is none. */
const CLOSED = 1e-6;
/** The bound is taken on the first lanes of a comparison, for so long each. */
const LANES = 32;
const SECONDS_PER_LANE = 0.5;
/** Of a scenario that goes on for ever: a program over all of an evaluation would take too long. */
const ENDLESS = { lanes: 8, warmUp: 20, periods: 60 } as const;

export interface GapLeftOptions {
  readonly scenario: Scenario;
  /** [result] the policies of the evaluation that are no trained agents; null for an agent. */
  readonly baselines: readonly (Policy | null)[];
  readonly signal?: AbortSignal;
}

/**
 * An evaluation with the clairvoyant bound, and what each policy leaves of the gap between the cheapest baseline and it. The gap is measured on the bound's own lanes and periods,
 * the policies' differences on all of the evaluation's. As it came for a catalogue, and where the bound's program cannot be written.
 */
export async function withGapLeft(evaluation: Evaluation, { scenario, baselines, signal }: GapLeftOptions): Promise<Comparison> {
  if (scenario.laneNames !== undefined) return evaluation;
  const { seed, results } = evaluation;
  const endless = scenario.periods === null;
  const warmUp = endless ? Math.min(scenario.warmUp, ENDLESS.warmUp) : scenario.warmUp;
  const periods = endless ? ENDLESS.periods : evaluation.periods;
  const lanes = Math.min(endless ? ENDLESS.lanes : LANES, evaluation.lanes);
  const bounded = { ...scenario, warmUp };
  const bound = await boundIfAny({ scenario: bounded, seed, lanes, periods: warmUp + periods, signal });
  if (bound === null) return { ...evaluation, ...lowerBoundIfAny(scenario) };
  const { costPerPeriod, standardError, ci95 } = bound;
  const compared = { ...evaluation, ...lowerBoundIfAny(scenario), clairvoyant: { costPerPeriod, standardError, ci95, periods } };
  const best = cheapest(results, baselines);
  if (best === null) return compared;
  const own = evaluate({ scenario: bounded, policies: [best.policy], seed, lanes, periods }).results[0].costPerPeriod;
  const gap = own - costPerPeriod;
  // Where a baseline is at the bound already, it is the optimum, and there is no gap.
  if (!(gap > CLOSED * Math.abs(costPerPeriod))) return compared;
  return {
    ...compared,
    results: results.map((result) => ({ ...result, gapLeftPercent: 100 * (1 + (result.costPerPeriod - best.cost) / gap) })),
  };
}

function lowerBoundIfAny(scenario: Scenario): { readonly lowerBound?: LowerBound } {
  const { bound } = poolingBound(scenario);
  if (bound === null) return {};
  return {
    lowerBound: { costPerPeriod: bound.costPerPeriod, assumes: 'stock can be moved between the points that the warehouse supplies' },
  };
}

async function boundIfAny(options: Parameters<typeof clairvoyantBound>[0]): Promise<ClairvoyantBound | null> {
  try {
    return await clairvoyantBound({ ...options, secondsPerLane: SECONDS_PER_LANE });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function cheapest(
  results: readonly PolicyResult[],
  baselines: readonly (Policy | null)[],
): { readonly policy: Policy; readonly cost: number } | null {
  let best: { policy: Policy; cost: number } | null = null;
  for (const [k, policy] of baselines.entries()) {
    const cost = results[k].costPerPeriod;
    if (policy !== null && (best === null || cost < best.cost)) best = { policy, cost };
  }
  return best;
}
