import type { Forecaster } from '../forecaster.ts';
import { movingAverageForecaster } from './moving-average.ts';

/** What sold last week will sell in every week to come. */
export function naiveForecaster(): Forecaster {
  return movingAverageForecaster({ window: 1, name: 'naive' });
}
