import {
  type BacktestResult,
  backtest,
  crps,
  type FittedForecaster,
  type Forecaster,
  type History,
  type MethodName,
  pairedDifference,
} from '../../forecasting/index.ts';
import { openRecommendationMethod } from '../recommend/open-method.ts';

/** How forecasts of the newest periods compare that were made by the run in place and by its challengers. */
export interface Challenge {
  /** First day of the periods that were forecast again and again, and their number. */
  readonly from: string;
  readonly periods: number;
  /** The run in place first. */
  readonly methods: readonly {
    readonly name: string;
    readonly wape: number;
    readonly bias: number;
    readonly crps: number;
    readonly coverage: number;
  }[];
  /** CRPS of each challenger less that of the run in place, over the sales, with a 90 % interval: below 0 it is better. */
  readonly differences: readonly { readonly method: string; readonly mean: number; readonly ci90: readonly [number, number] }[];
  /** The challenger that is better by more than chance, the best of them; null where none is. */
  readonly winner: MethodName | null;
}

export interface ChallengeOptions {
  readonly history: History;
  /** The first period that the run in place did not know. */
  readonly from: number;
  readonly horizon: number;
  /** As fitted by the run in place. */
  readonly champion: { readonly name: string; readonly fitted: FittedForecaster };
  /** Methods that are fitted anew on what came in since, without the periods that are compared on. */
  readonly challengers: readonly MethodName[];
  /** Whose public holidays the challengers know. */
  readonly country?: string;
  readonly seed?: number;
  readonly report?: (line: string) => void;
}

/** [periods] that have to have come in before a refit has something to learn and something to be tested on. */
export const LEAST_LIVE = 4;
const MOST_TESTED = 13;

/** Rolling origin on the newest periods: half of those that came in since the run, none of which any of them was fitted on. */
export async function challenge(options: ChallengeOptions): Promise<Challenge> {
  const { history, from, horizon, champion, challengers, country, report } = options;
  const periods = history.periods.length;
  const cut = periods - Math.min(MOST_TESTED, Math.floor((periods - from) / 2));
  const inPlace: Forecaster = { name: `${champion.name}, in place`, fit: () => champion.fitted };
  const opened: Forecaster[] = [];
  for (const name of challengers) opened.push((await openRecommendationMethod(name, history, { report, country })).forecaster);
  const result = backtest({ history, cut, horizon, methods: [inPlace, ...opened], seed: options.seed });
  const differences = challengers.map((method, k) => ({
    method,
    ...crpsDifference(result, k + 1, { history, cut, horizon, seed: options.seed ?? 0 }),
  }));
  const better = differences.filter(({ ci90 }) => ci90[1] < 0).sort((a, b) => a.mean - b.mean);
  return {
    from: history.periods[cut],
    periods: periods - cut,
    methods: result.methods.map(({ method, wape, bias, crps, coverage }) => ({
      name: method,
      wape,
      bias,
      crps,
      coverage: coverage['0.8'],
    })),
    differences,
    winner: better[0]?.method ?? null,
  };
}

function crpsDifference(
  { methods }: BacktestResult,
  challenger: number,
  { history, cut, horizon, seed }: { readonly history: History; readonly cut: number; readonly horizon: number; readonly seed: number },
): { readonly mean: number; readonly ci90: readonly [number, number] } {
  const [own, other] = [methods[0].scored, methods[challenger].scored];
  const { item, actual } = own;
  return pairedDifference(
    {
      items: history.items.length,
      origins: history.periods.length - cut,
      item,
      origin: own.origin.map((origin) => origin - cut),
      actual,
      difference: own.distributions.map((distribution, k) => crps(other.distributions[k], actual[k]) - crps(distribution, actual[k])),
    },
    { block: horizon, seed },
  );
}
