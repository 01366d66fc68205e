import { UserError } from '../user-error.ts';
import { CountSampler, countQuantile } from './counts.ts';
import { CoverQuantiles } from './cover-quantiles.ts';
import { MixtureSampler } from './mixture-sampler.ts';
import { type DemandProcess, STATELESS } from './process.ts';
import type { AnnouncedNote, DemandProcessSpec, DemandShape, ForecastPaths } from './spec.ts';

type ForecastSpec = Extract<DemandProcessSpec, { readonly kind: 'forecast' }>;
type ReplaySpec = Extract<DemandProcessSpec, { readonly kind: 'replay' }>;

/**
 * Demand of a period drawn from the forecast that was made in that period for that period, or from the law in its stead.
 * @throws UserError where the law has another shape than the forecasts
 */
export function forecastDemand(
  { forecasts, law = forecasts, notes = [] }: ForecastSpec,
  represents: Int32Array,
  path: string,
): DemandProcess {
  const { rows, span, horizon } = law;
  if (rows !== forecasts.rows || span !== forecasts.span) {
    throw new UserError(
      `${path}.law: ${rows} rows of ${span} periods; expected those of the forecasts, ${forecasts.rows} of ${forecasts.span}`,
    );
  }
  const samplers = workedOut(law).samplers;
  const samplerOf = (cell: number) => {
    const at = cell * horizon;
    const mixed = law.parts !== undefined && MixtureSampler.of(law.parts, at);
    const made = samplers[cell] ?? (mixed || new CountSampler(law.mean[at], law.variance[at]));
    samplers[cell] = made;
    return made;
  };
  return {
    ...STATELESS,
    ...readForecasts(forecasts, represents),
    typical: averageForecast(law, represents),
    notes: (period, lane) => notesOf(notes, represents[lane] % rows, period, span),
    draw(period, uniforms, demand, factors) {
      for (let lane = 0; lane < represents.length; lane++) {
        const cell = (represents[lane] % rows) * span + (period[lane] % span);
        const u = uniforms[lane];
        if (!factors || factors[lane] === 1) demand[lane] = (samplers[cell] ?? samplerOf(cell)).quantile(u);
        else {
          const mean = law.mean[cell * horizon];
          const variance = law.variance[cell * horizon];
          demand[lane] = countQuantile(factors[lane] * mean, scaledVariance(mean, variance, factors[lane]), u);
        }
      }
    },
  };
}

/** What happened, period by period, with the forecasts that a planner had. Multiplied, whole demand is rounded to whole units. */
export function replayedDemand(
  { values, forecasts, before, shape = forecasts, notes = [] }: ReplaySpec,
  represents: Int32Array,
  path: string,
): DemandProcess {
  const { rows, span }: DemandShape = shape;
  if (before !== undefined && before.rows !== forecasts.rows)
    throw new UserError(`${path}.before: ${before.rows} rows; expected those of the forecasts, ${forecasts.rows}`);
  return {
    ...STATELESS,
    ...readForecasts(forecasts, represents),
    typical: averageForecast(before ?? forecasts, represents),
    typicalIsPast: before !== undefined,
    notes: (period, lane) => notesOf(notes, represents[lane] % rows, period, span),
    draw(period, _uniforms, demand, factors) {
      for (let lane = 0; lane < represents.length; lane++) {
        const value = values[(represents[lane] % rows) * span + (period[lane] % span)];
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

/** What is worked out of forecasts when it is asked for. All simulators of a scenario have it in common: one that is set up to look back need not begin again. */
interface WorkedOut {
  readonly quantiles: CoverQuantiles;
  /** [row * span + period] */
  readonly samplers: (CountSampler | MixtureSampler | undefined)[];
}

const known = new WeakMap<ForecastPaths, WorkedOut>();

function workedOut(paths: ForecastPaths): WorkedOut {
  const found = known.get(paths) ?? { quantiles: new CoverQuantiles(paths), samplers: new Array(paths.rows * paths.span).fill(undefined) };
  known.set(paths, found);
  return found;
}

/** Beyond its horizon a forecast repeats its last period. */
function readForecasts(paths: ForecastPaths, represents: Int32Array): Pick<DemandProcess, 'forecast' | 'coverQuantile' | 'stationary'> {
  const { rows, span, horizon, mean, variance } = paths;
  const { quantiles } = workedOut(paths);
  const cellOf = (lane: number, period: Int32Array) => (represents[lane] % rows) * span + (period[lane] % span);
  return {
    stationary: false,
    forecast(period, ahead, meanOut, varianceOut, factors) {
      const h = Math.min(ahead, horizon - 1);
      for (let lane = 0; lane < represents.length; lane++) {
        const at = cellOf(lane, period) * horizon + h;
        const factor = factors ? factors[lane] : 1;
        meanOut[lane] = factor * mean[at];
        varianceOut[lane] = scaledVariance(mean[at], variance[at], factor);
      }
    },
    coverQuantile(period, ahead, z, out) {
      if (!paths.counts) return false;
      for (let lane = 0; lane < represents.length; lane++) out[lane] = quantiles.at(cellOf(lane, period), ahead[lane], z[lane]);
      return true;
    },
  };
}

/** Notes that planners know of in a period, with their start as the lane counts its periods. */
function notesOf(notes: readonly AnnouncedNote[], row: number, period: number, span: number) {
  const now = period % span;
  return notes
    .filter(({ known, from, length, rows }) => known <= now && from + length > now && (rows === undefined || rows.includes(row)))
    .map(({ text, from, length }) => ({ text, from: period + from - now, length }));
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
