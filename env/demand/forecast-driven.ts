import type { ForecastPaths } from '../scenario.ts';
import { countQuantile } from './distribution.ts';
import type { DemandProcess } from './process.ts';

/** Demand of a period drawn from the forecast that was made in that period for that period. */
export function forecastDemand(paths: ForecastPaths, represents: Int32Array): DemandProcess {
  return {
    stationary: false,
    forecast: readForecast(paths, represents),
    typical: averageForecast(paths, represents),
    draw(period, uniforms, demand) {
      for (let lane = 0; lane < represents.length; lane++) {
        const at = ((represents[lane] % paths.rows) * paths.span + (period[lane] % paths.span)) * paths.horizon;
        demand[lane] = countQuantile(paths.mean[at], paths.variance[at], uniforms[lane]);
      }
    },
  };
}

/** What happened, period by period, with the forecasts that a planner had. */
export function replayedDemand(values: Float64Array, paths: ForecastPaths, represents: Int32Array): DemandProcess {
  return {
    stationary: false,
    forecast: readForecast(paths, represents),
    typical: averageForecast(paths, represents),
    draw(period, _uniforms, demand) {
      for (let lane = 0; lane < represents.length; lane++)
        demand[lane] = values[(represents[lane] % paths.rows) * paths.span + (period[lane] % paths.span)];
    },
  };
}

/** Beyond its horizon a forecast repeats its last period. */
function readForecast({ rows, span, horizon, mean, variance }: ForecastPaths, represents: Int32Array): DemandProcess['forecast'] {
  return (period, ahead, meanOut, varianceOut) => {
    const h = Math.min(ahead, horizon - 1);
    for (let lane = 0; lane < represents.length; lane++) {
      const at = ((represents[lane] % rows) * span + (period[lane] % span)) * horizon + h;
      meanOut[lane] = mean[at];
      varianceOut[lane] = variance[at];
    }
  };
}

/** Mean over the span of the forecasts of the period in which they are made; the variance counts how the mean moves, too. */
function averageForecast({ rows, span, horizon, mean, variance }: ForecastPaths, represents: Int32Array): DemandProcess['typical'] {
  return (meanOut, varianceOut) => {
    for (let lane = 0; lane < represents.length; lane++) {
      const start = (represents[lane] % rows) * span * horizon;
      let sum = 0;
      let squares = 0;
      for (let t = 0; t < span; t++) {
        const at = start + t * horizon;
        sum += mean[at];
        squares += variance[at] + mean[at] * mean[at];
      }
      meanOut[lane] = sum / span;
      varianceOut[lane] = squares / span - (sum / span) ** 2;
    }
  };
}
