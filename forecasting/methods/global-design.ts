import {
  createFeatureSet,
  designRows,
  type FeatureOptions,
  type FeatureRows,
  measureScaling,
  type Scaling,
  standardise,
} from '../features/index.ts';
import type { FitOptions } from '../forecaster.ts';
import type { History } from '../history.ts';
import { itemLevels, type Levels } from '../levels.ts';
import type { Analogues } from '../text/analogues.ts';
import { type PriorSettings, startingLevels } from '../text/prior.ts';
import { learningSpan } from './plain-design.ts';

/** Rows that regressions learn from, at most. */
const MOST_ROWS = 500_000;

/** What the model of all items learns from: rows of standardised features, and how they came about. */
export interface GlobalDesign {
  readonly history: History;
  readonly levels: Levels;
  readonly rows: FeatureRows;
  /** As they were settled: later histories get the same features. */
  readonly options: FeatureOptions;
  readonly scaling: Scaling;
  /** [feature] as in FeatureSet. */
  readonly pull: Float64Array;
  readonly horizon: number;
}

/** What is alike, and how much of it is taken over. */
export interface Prior {
  readonly analogues: Analogues;
  readonly settings: PriorSettings;
}

export function createGlobalDesign(history: History, options: FeatureOptions, fit: FitOptions): GlobalDesign {
  const features = createFeatureSet(history, options);
  const rows = designRows(history, features, learningSpan(history, fit, MOST_ROWS));
  const scaling = measureScaling(rows);
  standardise(rows.x, scaling);
  return { history, levels: itemLevels(history), rows, options: features.options, scaling, pull: features.pull, horizon: fit.horizon };
}

/** Log starting level of each row. */
export function startingOffsets({ history, levels, rows }: GlobalDesign, { analogues, settings }: Prior): Float64Array {
  const made = new Map<number, Float64Array>();
  for (const origin of new Set(rows.origin)) made.set(origin, startingLevels(history, levels, analogues, settings, origin));
  return Float64Array.from(rows.item, (item, row) => made.get(rows.origin[row])?.[item] ?? 0);
}

/** Numbers of the rows of one period ahead that are wanted. */
export function rowsOf({ origin, ahead }: FeatureRows, wanted: number, isIn: (origin: number, target: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < ahead.length; row++) {
    if (ahead[row] === wanted && isIn(origin[row], origin[row] + wanted)) found.push(row);
  }
  return Int32Array.from(found);
}
