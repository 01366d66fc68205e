import { CountSampler, countQuantile } from './counts.ts';
import { MixtureSampler } from './mixture-sampler.ts';
import { type DemandProcess, STATELESS } from './process.ts';
import type { ForecastPaths } from './spec.ts';

/** Demand of a period drawn from the forecast that was made in that period for that period. */
export function forecastDemand(paths: ForecastPaths, represents: Int32Array): DemandProcess {
  const { rows, span, horizon } = paths;
  const samplers: (CountSampler | MixtureSampler | undefined)[] = new Array(rows * span).fill(undefined);
  const samplerOf = (cell: number) => {
    const mixed = paths.parts !== undefined && MixtureSampler.of(paths.parts, cell);
    const made = samplers[cell] ?? (mixed || new CountSampler(paths.mean[cell * horizon], paths.variance[cell * horizon]));
    samplers[cell] = made;
    return made;
  };
  return {
    ...STATELESS,
    stationary: false,
    forecast: readForecast(paths, represents),
    typical: averageForecast(paths, represents),
    draw(period, uniforms, demand, factors) {
      for (let lane = 0; lane < represents.length; lane++) {
        const cell = (represents[lane] % rows) * span + (period[lane] % span);
        const u = uniforms[lane];
        if (!factors || factors[lane] === 1) demand[lane] = (samplers[cell] ?? samplerOf(cell)).quantile(u);
        else {
          const mean = paths.mean[cell * horizon];
          const variance = paths.variance[cell * horizon];
          demand[lane] = countQuantile(factors[lane] * mean, scaledVariance(mean, variance, factors[lane]), u);
        }
      }
    },
  };
}

/** What happened, period by period, with the forecasts that a planner had. Multiplied, whole demand is rounded to whole units. */
export function replayedDemand(values: Float64Array, paths: ForecastPaths, represents: Int32Array): DemandProcess {
  return {
    ...STATELESS,
    stationary: false,
    forecast: readForecast(paths, represents),
    typical: averageForecast(paths, represents),
    draw(period, _uniforms, demand, factors) {
      for (let lane = 0; lane < represents.length; lane++) {
        const value = values[(represents[lane] % paths.rows) * paths.span + (period[lane] % paths.span)];
        demand[lane] = factors ? multiplied(value, factors[lane]) : value;
      }
    },
  };
}

function multiplied(value: number, factor: number): number {
  return Number.isInteger(value) ? Math.round(value * factor) : value * factor;
}

/** The variance when the mean is multiplied: what is Poisson grows with the factor, what is beyond with its square. */
function scaledVariance(mean: number, variance: number, factor: number): number {
  const poisson = Math.min(mean, variance);
  return factor * poisson + factor * factor * (variance - poisson);
}

/** Beyond its horizon a forecast repeats its last period. */
function readForecast({ rows, span, horizon, mean, variance }: ForecastPaths, represents: Int32Array): DemandProcess['forecast'] {
  return (period, ahead, meanOut, varianceOut, factors) => {
    const h = Math.min(ahead, horizon - 1);
    for (let lane = 0; lane < represents.length; lane++) {
      const at = ((represents[lane] % rows) * span + (period[lane] % span)) * horizon + h;
      const factor = factors ? factors[lane] : 1;
      meanOut[lane] = factor * mean[at];
      varianceOut[lane] = scaledVariance(mean[at], variance[at], factor);
    }
  };
}

/** Mean over the span of the forecasts of the period in which they are made; the variance counts how the mean moves, too. */
function averageForecast({ rows, span, horizon, mean, variance }: ForecastPaths, represents: Int32Array): DemandProcess['typical'] {
  return (meanOut, varianceOut, factors) => {
    for (let lane = 0; lane < represents.length; lane++) {
      const start = (represents[lane] % rows) * span * horizon;
      const factor = factors ? factors[lane] : 1;
      let sum = 0;
      let squares = 0;
      for (let t = 0; t < span; t++) {
        const at = start + t * horizon;
        const own = factor * mean[at];
        sum += own;
        squares += scaledVariance(mean[at], variance[at], factor) + own * own;
      }
      meanOut[lane] = sum / span;
      varianceOut[lane] = squares / span - (sum / span) ** 2;
    }
  };
}
