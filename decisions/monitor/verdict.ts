import type { DriftKind } from './drift-evidence.ts';
import type { CatalogueDrift } from './item-drift.ts';
import type { LiveScores } from './live-scores.ts';

/** What is to be done: fit the same method on the newer sales, choose and train a method anew, or neither. */
export type Action = 'nothing' | 'refit' | 'retrain';

/** An item that no longer sells as forecast. */
export interface DriftedItem {
  readonly item: string;
  readonly description: string;
  /** First day of the period in which it probably began, YYYY-MM-DD. */
  readonly since: string;
  readonly kind: DriftKind;
  /** E-value: how many times likelier drift is than none, in the sense of a bet. */
  readonly evidence: number;
  /** [units] since then; the forecast is the one that drift is told by, which was not refreshed on the way. */
  readonly forecast: number;
  readonly actual: number;
  /** Actual over the mean that a forecast refreshed in each period gave, over the last periods: near 1, the method follows. NaN where it gave 0. */
  readonly afterRefresh: number;
  readonly trackingSignal: number;
  /** Nothing at all was sold in the last periods: out of stock, or no longer sold. */
  readonly silent: boolean;
  readonly action: Action;
  /** It has no stock: sales lack rather than demand, and it calls for no action. */
  readonly outOfStock: boolean;
}

export interface Verdict {
  readonly action: Action;
  /** Why, one sentence each, with the numbers. */
  readonly reasons: readonly string[];
}

/** A refreshed forecast follows an item that sells within these times of it. */
const FOLLOWS = [0.6, 1.7] as const;

/**
 * Would the method, given the newer sales, forecast this item right? A wilder item needs its spread measured anew, which fitting does, and one that sells
 * nothing any more no other method.
 */
export function itemAction(kind: DriftKind, afterRefresh: number): Action {
  if (kind === 'wilder' || Number.isNaN(afterRefresh) || afterRefresh === 0) return 'refit';
  return afterRefresh >= FOLLOWS[0] && afterRefresh <= FOLLOWS[1] ? 'refit' : 'retrain';
}

/** No action without an alarm: that is what keeps false ones as rare as was asked for. What the alarm calls for is read off the scores. */
export function verdictOf(found: {
  readonly drift: CatalogueDrift;
  readonly items: readonly DriftedItem[];
  readonly scores: LiveScores;
  readonly rate: number;
  readonly alarmDate: string | null;
}): Verdict {
  const { drift, scores, rate, alarmDate } = found;
  const items = found.items.filter(({ outOfStock }) => !outOfStock);
  if (alarmDate === null) {
    return {
      action: 'nothing',
      reasons: [`no drift shown: evidence ${figure(drift.evidence)}, where ${figure(1 / rate)} would be an alarm`],
    };
  }
  if (items.length === 0 && found.items.length > 0) {
    return {
      action: 'nothing',
      reasons: [`the ${found.items.length} items that sold otherwise are out of stock: their demand is not known`],
    };
  }
  const reasons = [alarmReason(items.length, drift, alarmDate)];
  const lost = items.filter(({ action }) => action === 'retrain').length;
  const worse = scores.crps.difference.ci90[0] > 0;
  if (worse) {
    reasons.push(
      `the forecasts are worse than the naive ones: CRPS ${scores.crps.forecast.toFixed(3)} against ${scores.crps.naive.toFixed(3)} of sales, and by more than chance`,
    );
  }
  const silent = items.filter((one) => one.silent).length;
  if (silent > 0) reasons.push(`${silent} of them sold nothing in the last periods: out of stock, or no longer sold`);
  if (lost > 0) reasons.push(`${lost} of them sell otherwise even than forecasts that are refreshed in each period say`);
  return { action: worse || 2 * lost > items.length ? 'retrain' : 'refit', reasons };
}

function alarmReason(items: number, { evidence }: CatalogueDrift, alarmDate: string): string {
  const which =
    items === 0
      ? 'items no longer sell as forecast, but not which can be told'
      : `${items} item${items > 1 ? 's' : ''} no longer sell${items > 1 ? '' : 's'} as forecast`;
  return `${which} (evidence ${figure(evidence)}; first alarm with the sales of ${alarmDate})`;
}

function figure(value: number): string {
  if (value >= 1e6) return value.toExponential(0).replace('e+', 'e');
  return value >= 10 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
}
