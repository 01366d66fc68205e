import { UserError } from '../../env/index.ts';
import type { RecommendationRecord } from '../../experiments/index.ts';
import type { FittedForecaster, Forecast, History, MethodName } from '../../forecasting/index.ts';
import { type EventEffect, eventEffects } from './events.ts';
import { openRecommendationMethod } from './open-method.ts';

/** [periods] Forecasts do not reach farther. */
const FARTHEST = 52;

export interface CatalogueForecast {
  readonly fitted: FittedForecaster;
  readonly forecast: Forecast;
  /** [item] */
  readonly effects: readonly EventEffect[][];
  readonly embedder: RecommendationRecord['embedder'];
}

export interface CatalogueForecastOptions {
  readonly method: MethodName;
  readonly horizon: number;
  /** Whose public holidays move demand. */
  readonly country?: string;
  readonly onMessage?: (line: string) => void;
}

/** Fits a method on all of a history and forecasts what comes after it. */
export async function forecastCatalogue(
  history: History,
  { method, horizon, country, onMessage }: CatalogueForecastOptions,
): Promise<CatalogueForecast> {
  const origin = history.periods.length;
  if (horizon > FARTHEST) {
    throw new UserError(
      `lead time and review of ${horizon} ${history.periodLength}s: expected at most ${FARTHEST}; choose a longer --period`,
    );
  }
  const opened = await openRecommendationMethod(method, history, { report: onMessage, country });
  const fitted = opened.forecaster.fit(history, { until: origin, horizon });
  const forecast = fitted.predict(history, origin, horizon);
  const { text } = opened;
  return {
    fitted,
    forecast,
    effects: eventEffects(fitted, history, forecast, { origin, horizon }),
    embedder: text === null ? null : { name: text.embedder, model: text.model, fallback: text.fallback, searched: text.searched },
  };
}
