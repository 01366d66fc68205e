import { simpleSmoothing } from './exponential-smoothing.ts';
import { holtWinters } from './holt-winters.ts';
import { deseasonalised } from './seasonality.ts';
import type { SeriesMethod } from './series-method.ts';
import { theta } from './theta.ts';

/** The mean of several methods' forecasts (Bates and Granger 1969). Default: simple smoothing, damped trend and Theta. */
export function combination(
  methods: readonly SeriesMethod[] = [deseasonalised(simpleSmoothing()), holtWinters({ damped: true }), theta()],
): SeriesMethod {
  return {
    name: 'combination',
    trending: methods.some(({ trending }) => trending),
    fit(series, season) {
      const models = methods.map((method) => method.fit(series, season));
      return {
        parameters: { methods: methods.length },
        forecast(later, span, out) {
          out.fill(0, 0, (span.to - span.from) * span.horizon);
          const own = new Float64Array((span.to - span.from) * span.horizon);
          for (const model of models) {
            model.forecast(later, span, own);
            for (let k = 0; k < own.length; k++) out[k] += own[k] / models.length;
          }
        },
      };
    },
  };
}
