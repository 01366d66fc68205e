/**
 * A method that forecasts a series from itself alone. Series may be short, empty or nothing but zeros, and need not be counts; a method makes the best
 * of it and throws nothing.
 */
export interface SeriesMethod {
  readonly name: string;
  /** Do forecasts go on beyond what has been? Then they are kept within bounds. Default: false. */
  readonly trending?: boolean;
  /** Chooses what there is to choose. `season`: periods after which a season comes round, 1 where there is none. */
  fit(series: Float64Array, season: number): SeriesModel;
}

export interface SeriesModel {
  /** What was chosen. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Writes the forecasts made at each origin of a span, [origin][ahead] flat: each from the values before its origin only. */
  forecast(series: Float64Array, span: OriginSpan, out: Float64Array): void;
}

/** Origins from ... to - 1: at origin t the first t values are known, and ahead 0 is the value at t. */
export interface OriginSpan {
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
}

/** Runs over a series: at each origin of the span `write` gives the forecasts from what `learn` has been told. */
export function roll(
  series: Float64Array,
  { from, to, horizon }: OriginSpan,
  { learn, write }: { readonly learn: (value: number, t: number) => void; readonly write: (at: number, t: number) => void },
): void {
  for (let t = 0; t < to; t++) {
    if (t >= from) write((t - from) * horizon, t);
    if (t + 1 < to) learn(series[t], t);
  }
}

/** Forecasts from the end of a series: what follows its last value. */
export function forecastEnd(
  method: SeriesMethod,
  series: Float64Array,
  options: { readonly season: number; readonly horizon: number },
): Float64Array {
  const out = new Float64Array(options.horizon);
  const span = { from: series.length, to: series.length + 1, horizon: options.horizon };
  method.fit(series, options.season).forecast(series, span, out);
  return out;
}
