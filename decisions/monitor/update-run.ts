import { type FittedForecaster, type MethodName, periodStart } from '../../forecasting/index.ts';
import type { StockPosition } from '../recommend/read-stock.ts';
import type { KeptRecommendation } from '../store/recommendation.ts';
import { type Challenge, challenge, LEAST_LIVE } from './challenge.ts';
import { type LiveCheck, methodNamed } from './check-live.ts';
import type { LiveHistory } from './live-history.ts';
import { carriedStock, recommendAnew } from './recommend-anew.ts';

export interface UpdateResult {
  /** The run that took the place of the one that was monitored; null where that one stayed. */
  readonly promoted: string | null;
  /** Null where too little has come in to compare on. */
  readonly challenge: Challenge | null;
  /** Why, in a sentence. */
  readonly reason: string;
}

export interface UpdateOptions {
  readonly kept: KeptRecommendation;
  readonly live: LiveHistory;
  /** The method of the run in place, as it was fitted. */
  readonly fitted: FittedForecaster;
  readonly check: LiveCheck;
  /** [item] Left out: what the run saw, its suggestion and the sales since then give an estimate. */
  readonly stock?: readonly StockPosition[];
  /** Methods that are tried besides the run's own. Default: where it says retrain, some that err in other ways. */
  readonly challengers?: readonly MethodName[];
  readonly sales: string;
  readonly seed?: number;
  readonly onMessage?: (line: string) => void;
}

/** Tried where a method no longer does. */
const OTHERS: readonly MethodName[] = ['global', 'combination', 'moving-average'];

/** Fits anew, holds that against the run in place, and lets the better one recommend. The old one is kept. */
export async function updateRun(options: UpdateOptions): Promise<UpdateResult> {
  const { kept, live, fitted, check, onMessage } = options;
  const { history, from } = live;
  if (check.periods < LEAST_LIVE) {
    return {
      promoted: null,
      challenge: null,
      reason: `${check.periods} ${check.periodLength}${check.periods > 1 ? 's' : ''} of newer sales: expected at least ${LEAST_LIVE} to fit on some and compare on others`,
    };
  }
  const own = methodNamed(kept.record.method.name);
  const others = options.challengers ?? (check.action === 'retrain' ? OTHERS : []);
  const result = await challenge({
    history,
    from,
    horizon: kept.record.horizon,
    champion: { name: own, fitted },
    challengers: [...new Set([own, ...others])],
    country: kept.record.method.country,
    seed: options.seed,
    report: onMessage,
  });
  const [least] = result.differences.toSorted((a, b) => a.mean - b.mean);
  const shown = `CRPS ${signed(least.mean)} of [${signed(least.ci90[0])}, ${signed(least.ci90[1])}] on the newest ${result.periods} ${check.periodLength}s`;
  if (result.winner === null) {
    return { promoted: null, challenge: result, reason: `the run stays: ${least.method} fitted anew is not shown to be better (${shown})` };
  }
  const promoted = await recommendAnew({
    kept,
    history,
    method: result.winner,
    stock: options.stock ?? carriedStock(kept, history),
    asOf: periodStart(history, history.periods.length),
    sales: options.sales,
    onMessage,
  });
  if (options.stock === undefined)
    onMessage?.('No --stock: the stock of the new suggestions is what the sales since the last ones leave of theirs.');
  return { promoted, challenge: result, reason: `${result.winner} fitted anew is better (${shown})` };
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(4)}`;
}
