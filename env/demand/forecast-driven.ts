import type { ForecastPaths } from '../scenario.ts';
import { countQuantile } from './distribution.ts';
import type { DemandProcess } from './process.ts';

/** Demand of a period drawn from the forecast that was made in that period for that period. */
export function forecastDemand(paths: ForecastPaths, lanes: number): DemandProcess {
  return {
    stationary: false,
    forecast: readForecast(paths, lanes),
    draw(period, uniforms, demand) {
      for (let lane = 0; lane < lanes; lane++) {
        const at = ((lane % paths.rows) * paths.span + (period[lane] % paths.span)) * paths.horizon;
        demand[lane] = countQuantile(paths.mean[at], paths.variance[at], uniforms[lane]);
      }
    },
  };
}

/** What happened, period by period, with the forecasts that a planner had. */
export function replayedDemand(values: Float64Array, paths: ForecastPaths, lanes: number): DemandProcess {
  return {
    stationary: false,
    forecast: readForecast(paths, lanes),
    draw(period, _uniforms, demand) {
      for (let lane = 0; lane < lanes; lane++) demand[lane] = values[(lane % paths.rows) * paths.span + (period[lane] % paths.span)];
    },
  };
}

/** Beyond its horizon a forecast repeats its last period. */
function readForecast({ rows, span, horizon, mean, variance }: ForecastPaths, lanes: number): DemandProcess['forecast'] {
  return (period, ahead, meanOut, varianceOut) => {
    const h = Math.min(ahead, horizon - 1);
    for (let lane = 0; lane < lanes; lane++) {
      const at = ((lane % rows) * span + (period[lane] % span)) * horizon + h;
      meanOut[lane] = mean[at];
      varianceOut[lane] = variance[at];
    }
  };
}
