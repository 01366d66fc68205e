import { UserError } from '../../env/index.ts';
import { type FitOptions, type FittedForecaster, type Forecast, type History, METHODS, type MethodName } from '../../forecasting/index.ts';
import { openRecommendationMethod } from '../recommend/open-method.ts';
import type { KeptRecommendation } from '../store/recommendation.ts';
import { type CatalogueDrift, catalogueDrift } from './item-drift.ts';
import { type LiveCost, liveCost } from './live-cost.ts';
import { driftSpan, knownQuantity, type LiveForecasts, oneStepForecasts, rollLiveForecasts } from './live-forecasts.ts';
import type { LiveHistory } from './live-history.ts';
import { type LiveEntry, type LiveScores, liveEntries, scoreLive, trackingSignal } from './live-scores.ts';
import { type Action, type DriftedItem, itemAction, verdictOf } from './verdict.ts';

export interface CheckOptions {
  readonly kept: KeptRecommendation;
  readonly live: LiveHistory;
  /** The most often that anything may be called drift while nothing drifts, over the whole life of the forecast. Default: 0.05. */
  readonly rate?: number;
  readonly seed?: number;
  /** [units] on hand now by item, where it is known. */
  readonly onHand?: ReadonlyMap<string, number>;
  /** Told what people should know. */
  readonly report?: (line: string) => void;
}

/** What live sales say of a run's forecasts. */
export interface LiveCheck {
  /** First day of the first and of the last live period, and their number. */
  readonly from: string;
  readonly to: string;
  readonly periods: number;
  readonly periodLength: History['periodLength'];
  readonly method: string;
  /** [periods] that each forecast covers. */
  readonly horizon: number;
  readonly scores: LiveScores;
  readonly drift: {
    readonly rate: number;
    readonly evidence: number;
    /** First day of the live period whose sales raised the alarm first; null where none did. */
    readonly alarm: string | null;
    /** The surest first. */
    readonly items: readonly DriftedItem[];
  };
  readonly cost: LiveCost;
  readonly action: Action;
  readonly reasons: readonly string[];
}

/** What the scores are made of, for a review. */
export interface CheckedLive {
  readonly check: LiveCheck;
  readonly entries: readonly LiveEntry[];
  readonly planned: LiveForecasts;
  /** The kept method, as it was fitted. */
  readonly fitted: FittedForecaster;
}

/** Periods, at the end, in which a refreshed forecast is held against sales. */
const LAST = 4;

/** Holds live sales against the forecasts that were kept, and against those that the kept method made later. */
export async function checkLive(options: CheckOptions): Promise<CheckedLive> {
  const { kept, live, rate = 0.05, seed = 0 } = options;
  const { history, from } = live;
  const { horizon } = kept.record;
  const span = driftSpan(history.periodLength, horizon);
  const fitted = await fitKept(kept.record, history, { until: from, horizon: span }, options.report);
  const planned = rollLiveForecasts({ history, from, horizon, kept: kept.predictions.forecast, fitted });
  const naive = rollLiveForecasts({ history, from, horizon, fitted: await fitNaive(history, { until: from, horizon }) });
  const entries = liveEntries(planned, naive);
  const scores = scoreLive(entries, seed);
  const told = rollLiveForecasts({ history, from, horizon: span, fitted });
  const drift = catalogueDrift(told, rate);
  const alarm = drift.alarm === null ? null : history.periods[from + drift.alarm];
  const items =
    drift.drifted.length === 0 ? [] : describeItems(drift, { ...options, told, refreshed: oneStepForecasts({ history, from, fitted }) });
  const verdict = verdictOf({ drift, items, scores, rate, alarmDate: alarm });
  const check: LiveCheck = {
    from: history.periods[from],
    to: history.periods[history.periods.length - 1],
    periods: history.periods.length - from,
    periodLength: history.periodLength,
    method: kept.record.method.name,
    horizon,
    scores,
    drift: { rate, evidence: drift.evidence, alarm, items },
    cost: liveCost(kept, live, seed),
    ...verdict,
  };
  return { check, entries, planned, fitted };
}

/**
 * The same method on the same sales gives the same numbers: the kept one is fitted again. Where texts cannot be read by what read them then, it says that the numbers
 * are not quite the same.
 */
export async function fitKept(
  { method: { name, country }, embedder }: Pick<KeptRecommendation['record'], 'method' | 'embedder'>,
  history: History,
  options: FitOptions,
  report?: (line: string) => void,
): Promise<FittedForecaster> {
  const { forecaster, text } = await openRecommendationMethod(methodNamed(name), history, { report, country });
  if (embedder !== null && text !== null && text.embedder !== embedder.name)
    report?.(
      `Texts were read by ${embedder.name} for this run and are read by ${text.embedder} now: forecasts made now differ a little from its own.`,
    );
  return forecaster.fit(history, options);
}

/** What forecasts are held against. */
export async function fitNaive(history: History, options: FitOptions): Promise<FittedForecaster> {
  return (await openRecommendationMethod('naive', history)).forecaster.fit(history, options);
}

/** @throws UserError where this version has no such method */
export function methodNamed(name: string): MethodName {
  const found = METHODS.find((one) => one === name);
  if (found === undefined)
    throw new UserError(`method ${name}: this version does not have it; expected one of ${METHODS.join(', ')}; recommend again`);
  return found;
}

function describeItems(
  drift: CatalogueDrift,
  { live, onHand, told, refreshed }: CheckOptions & { readonly told: LiveForecasts; readonly refreshed: readonly Forecast[] },
): DriftedItem[] {
  const { history, from } = live;
  return drift.drifted.map((row): DriftedItem => {
    const { since, kind, evidence } = drift.items[row];
    const begun = since ?? 0;
    const errors = errorsSince(told, row, begun);
    const afterRefresh = refreshedRatio(history, from, row, { refreshed, begun });
    const { id, description } = history.items[row];
    return {
      item: id,
      description,
      since: history.periods[from + begun],
      kind: kind ?? 'wilder',
      evidence: evidence[evidence.length - 1],
      ...errors.units,
      afterRefresh,
      trackingSignal: trackingSignal(errors.values),
      silent: afterRefresh === 0,
      action: itemAction(kind ?? 'wilder', afterRefresh),
      outOfStock: kind === 'less' && (onHand?.get(id) ?? 1) <= 0,
    };
  });
}

/** What was forecast and sold of an item since a live period, and by period what the forecast lacked. */
function errorsSince({ history, from, horizon, forecasts }: LiveForecasts, item: number, begun: number) {
  const values: number[] = [];
  const units = { forecast: 0, actual: 0 };
  for (let t = begun; from + t < history.periods.length; t++) {
    const sold = knownQuantity(history, item, from + t, history.periods.length);
    if (Number.isNaN(sold)) continue;
    const mean = forecasts[Math.floor(t / horizon)].mean[item * horizon + (t % horizon)];
    values.push(sold - mean);
    units.forecast += mean;
    units.actual += sold;
  }
  return { values, units };
}

/** Sales over refreshed forecasts in the last periods, after the one in which the drift began: in that one nobody could know. */
function refreshedRatio(
  history: History,
  from: number,
  item: number,
  { refreshed, begun }: { readonly refreshed: readonly Forecast[]; readonly begun: number },
): number {
  let forecast = 0;
  let actual = 0;
  for (let t = Math.max(begun + 1, refreshed.length - LAST); t < refreshed.length; t++) {
    const sold = knownQuantity(history, item, from + t, history.periods.length);
    if (Number.isNaN(sold)) continue;
    forecast += refreshed[t].mean[item];
    actual += sold;
  }
  return forecast > 0 ? actual / forecast : Number.NaN;
}
