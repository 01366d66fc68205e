import { fitSpread, spreadForecast } from '../distribution/index.ts';
import { createFeatureSet, designRows, type FeatureRows, measureScaling, type Scaling, standardise } from '../features/index.ts';
import type { FitOptions, FittedForecaster, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { createSalesNetwork, LOSSES, type NetworkRows, type OptimiserOptions, type SalesNetwork, trainNetwork } from '../network/index.ts';
import { forecastsOfRows } from './past-forecasts.ts';
import { type DesignChoice, designOptions, learningSpan, meanFactor, targetRows } from './plain-design.ts';

export interface NetworkOptions extends DesignChoice {
  /** Default: `network`. */
  readonly name?: string;
  /** [item] vectors of texts, read by a trained head of low rank. Left out: x alone. */
  readonly texts?: readonly Float32Array[];
  /** Cross-entropy gives a chance, not a forecast: train it through `trainNetwork`. Default: negative-binomial. */
  readonly loss?: 'squared' | 'negative-binomial' | 'pinball';
  /** Default: AdamW. */
  readonly optimiser?: OptimiserOptions;
  /** Default: 24. */
  readonly hidden?: number;
  /** Numbers that a text is reduced to. Default: 8. */
  readonly rank?: number;
  /** Of the weights and the minibatches. Default: 0. */
  readonly seed?: number;
}

/** Part of the periods, at the end, on which training is stopped. */
const CHECKED = 0.2;
const LARGEST_LOG = 16;

/**
 * A small network on [x] or [x, z] for all items and periods ahead. It is stopped on the latest periods that may be read. The mean is its own where the loss is
 * the likelihood, else what it says is typical times what sales are on average; negative binomial, with a dispersion per item.
 */
export function networkForecaster(options: NetworkOptions = {}): Forecaster {
  const name = options.name ?? 'network';
  return { name, fit: (history, fit) => fitNetwork(name, options, history, fit) };
}

function fitNetwork(name: string, options: NetworkOptions, history: History, { until, horizon }: FitOptions): FittedForecaster {
  const features = createFeatureSet(history, designOptions(history, until, options));
  const rows = designRows(history, features, learningSpan(history, { until, horizon }));
  const level = features.names.indexOf('level');
  const texts = options.texts ?? null;
  const loss = options.loss ?? 'negative-binomial';
  const network = createSalesNetwork(
    {
      features: rows.names.length,
      text: texts?.[0]?.length ?? 0,
      rank: texts === null ? 0 : (options.rank ?? 8),
      hidden: options.hidden ?? 24,
      outputs: LOSSES[loss].outputs,
    },
    options.seed,
  );
  const scaling = measureScaling(rows);
  const prepared = prepare(rows, rows.item, scaling, level);
  const result = trainNetwork(network, prepared, {
    loss,
    optimiser: options.optimiser,
    texts,
    seed: options.seed,
    ...timeSplit(rows, until),
  });
  // The output that tells the point: the log mean, the log of what is typical, or the middle quantile.
  const point = loss === 'pinball' ? 1 : 0;
  const typical = pointForecasts(network, prepared, texts, point);
  const factor = loss === 'negative-binomial' ? 1 : meanFactor(typical, rows.y);
  const means = typical.map((units) => factor * units);
  const spread = fitSpread(forecastsOfRows(rows, means, { items: history.items.length, horizon }));
  return {
    name,
    choices: { loss, parameters: network.parameters.length, epochs: result.bestEpoch, factor },
    predict(later, origin, ahead) {
      const x = targetRows(later, createFeatureSet(later, features.options), { origin, ahead, horizon });
      const item = Int32Array.from({ length: later.items.length * ahead }, (_, cell) => Math.floor(cell / ahead));
      const mean = pointForecasts(network, prepare({ x, y: new Float64Array(item.length) }, item, scaling, level), texts, point);
      for (let cell = 0; cell < mean.length; cell++) mean[cell] *= factor;
      return spreadForecast(mean, ahead, spread);
    },
  };
}

/** Standardises x in place; the level, before that, is what outputs are relative to. */
function prepare({ x, y }: Pick<FeatureRows, 'x' | 'y'>, item: Int32Array, scaling: Scaling, level: number): NetworkRows {
  const width = scaling.centres.length;
  const offset = Float64Array.from(item, (_, row) => x[row * width + level]);
  standardise(x, scaling);
  return { x, y, offset, item };
}

/** Rows whose outcome lies in the last part of the periods are for stopping, those before it for learning. */
function timeSplit({ origin, ahead }: FeatureRows, until: number): { readonly learn: Int32Array; readonly check: Int32Array } {
  const cut = until - Math.max(1, Math.round(CHECKED * until));
  const learn: number[] = [];
  const check: number[] = [];
  for (let row = 0; row < origin.length; row++) {
    if (origin[row] + ahead[row] < cut) learn.push(row);
    else if (origin[row] >= cut) check.push(row);
  }
  return { learn: Int32Array.from(learn), check: Int32Array.from(check) };
}

function pointForecasts(network: SalesNetwork, rows: NetworkRows, texts: readonly Float32Array[] | null, output: number): Float64Array {
  const { features, outputs } = network.shape;
  const out = new Float64Array(outputs);
  return rows.offset.map((offset, row) => {
    network.predict(rows.x, row * features, texts === null ? null : texts[rows.item[row]], out);
    return Math.exp(Math.min(LARGEST_LOG, offset + out[output]));
  });
}
