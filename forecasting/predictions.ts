import { forecastDistribution, mixtureQuantile, QUANTILE_LEVELS } from './distribution/index.ts';
import type { Forecast } from './forecaster.ts';
import type { History } from './history.ts';
import { dayName, dayNumber, periodOfDay, startOfPeriod } from './import/index.ts';
import { quoted, writeCsv } from './predictions-file.ts';

/** What is forecast of one item for one period. */
export interface Prediction {
  readonly item: string;
  /** First day of the period, YYYY-MM-DD. */
  readonly date: string;
  readonly mean: number;
  /** (variance - mean) / mean^2; 0 where the mean is 0. */
  readonly dispersion: number;
  /** [units] by level: 0.05 to 0.95. */
  readonly quantiles: Readonly<Record<string, number>>;
}

/** First day of a period by its number, whether the history reaches it or not. */
export function periodStart({ periods, periodLength }: History, period: number): string {
  return dayName(startOfPeriod(periodOfDay(dayNumber(periods[0]), periodLength) + period, periodLength));
}

/** A forecast made at an origin, item by item and period by period. */
export function listPredictions(
  history: History,
  forecast: Forecast,
  { origin, horizon }: { origin: number; horizon: number },
): Prediction[] {
  return history.items.flatMap(({ id }, item) =>
    Array.from({ length: horizon }, (_, ahead) => {
      const cell = item * horizon + ahead;
      const mean = forecast.mean[cell];
      const distribution = forecastDistribution(forecast, horizon, item, ahead);
      return {
        item: id,
        date: periodStart(history, origin + ahead),
        mean,
        dispersion: mean > 0 ? (forecast.variance[cell] - mean) / mean ** 2 : 0,
        quantiles: Object.fromEntries(QUANTILE_LEVELS.map((level) => [level.toFixed(2), mixtureQuantile(distribution, level)])),
      };
    }),
  );
}

/** Writes item,date,mean,dispersion,q05,...,q95. @throws UserError where the file cannot be written */
export function writeForecast(file: string, predictions: readonly Prediction[]): void {
  const levels = QUANTILE_LEVELS.map((level) => level.toFixed(2));
  const header = ['item', 'date', 'mean', 'dispersion', ...levels.map((level) => `q${level.slice(2)}`)].join(',');
  const lines = predictions.map(({ item, date, mean, dispersion, quantiles }) =>
    [quoted(item), date, Number(mean.toPrecision(8)), Number(dispersion.toPrecision(6)), ...levels.map((level) => quantiles[level])].join(
      ',',
    ),
  );
  writeCsv(
    file,
    [header, ...lines].map((line) => `${line}\n`),
  );
}
