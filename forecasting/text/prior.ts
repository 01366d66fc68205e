import type { History } from '../history.ts';
import { HALF, type Levels } from '../levels.ts';
import type { Analogues } from './analogues.ts';

/** Discounted weeks from which an item's level says something to others. */
const KNOWN = 2;
/** Weeks over which a change of level is measured. */
const STRIDE = 4;

/** How much of what others sell an item's starting level takes over. */
export interface PriorSettings {
  /** [weeks] of the item's own sales that the level of others weighs as much as. */
  readonly borrow: number;
  /** Part, 0 to 1, of the recent change of others' levels that is taken over. */
  readonly momentum: number;
  /** Weight of the whole catalogue's mean beside the analogues, of which the nearest has weight 1. */
  readonly catalogue: number;
}

/**
 * Log of each item's starting level at an origin: its own discounted sales, shrunk towards what items like it sell at its price. This is where
 * text enters: by saying which items are alike. An item that never sold has others' level only; -Infinity, i.e. no sales, where nothing has sold yet.
 */
export function startingLevels(
  history: History,
  levels: Levels,
  analogues: Analogues,
  settings: PriorSettings,
  origin: number,
): Float64Array {
  const others = catalogueAt(history, levels, origin);
  const result = new Float64Array(history.items.length);
  for (let i = 0; i < result.length; i++) {
    let level = settings.catalogue * others.meanLevel;
    let levelWeight = settings.catalogue;
    let change = settings.catalogue * others.meanChange;
    let changeWeight = settings.catalogue;
    for (let k = i * analogues.count; k < (i + 1) * analogues.count; k++) {
      const j = analogues.neighbours[k];
      if (others.known[j]) {
        level += analogues.weights[k] * others.level[j];
        levelWeight += analogues.weights[k];
      }
      if (others.moved[j]) {
        change += analogues.weights[k] * others.change[j];
        changeWeight += analogues.weights[k];
      }
    }
    const at = i * levels.origins + origin;
    const borrowed = Math.exp((levelWeight > 0 ? level / levelWeight : others.meanLevel) + others.priceSlope * others.logPrice[i]);
    const borrow = levels.weight[at] > 0 ? settings.borrow : 1;
    const own = (levels.sold[at] + borrow * borrowed) / (levels.weight[at] + borrow);
    result[i] =
      (own > 0 ? Math.log(own + HALF) : Number.NEGATIVE_INFINITY) + (changeWeight > 0 ? (settings.momentum * change) / changeWeight : 0);
  }
  return result;
}

interface CatalogueLevels {
  readonly known: Uint8Array;
  /** Log level of each known item, less what its price explains. */
  readonly level: Float64Array;
  readonly meanLevel: number;
  readonly moved: Uint8Array;
  /** Change of the log level over the last STRIDE weeks. */
  readonly change: Float64Array;
  readonly meanChange: number;
  readonly logPrice: Float64Array;
  /** Slope of log level on log price over the known items. */
  readonly priceSlope: number;
}

function catalogueAt(history: History, levels: Levels, origin: number): CatalogueLevels {
  const count = history.items.length;
  const logPrice = Float64Array.from(history.items, ({ price }) => (price > 0 ? Math.log(price) : 0));
  const known = new Uint8Array(count);
  const moved = new Uint8Array(count);
  const level = new Float64Array(count);
  const change = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * levels.origins + origin;
    if (levels.weight[at] <= KNOWN) continue;
    known[i] = 1;
    level[i] = Math.log(levels.sold[at] / levels.weight[at] + HALF);
    if (origin < STRIDE || levels.weight[at - STRIDE] <= KNOWN) continue;
    moved[i] = 1;
    change[i] = level[i] - Math.log(levels.sold[at - STRIDE] / levels.weight[at - STRIDE] + HALF);
  }
  const priceSlope = slope(logPrice, level, known);
  for (let i = 0; i < count; i++) level[i] -= priceSlope * logPrice[i];
  const meanLevel = known.includes(1) ? meanOf(level, known) : Number.NEGATIVE_INFINITY;
  return { known, level, meanLevel, moved, change, meanChange: meanOf(change, moved), logPrice, priceSlope };
}

function meanOf(values: Float64Array, counted: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    sum += counted[i] * values[i];
    count += counted[i];
  }
  return count > 0 ? sum / count : 0;
}

/** Least squares slope of y on x over the counted entries; 0 where x does not vary. */
function slope(x: Float64Array, y: Float64Array, counted: Uint8Array): number {
  const meanX = meanOf(x, counted);
  const meanY = meanOf(y, counted);
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    if (!counted[i]) continue;
    xx += (x[i] - meanX) * (x[i] - meanX);
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  return xx > 1e-9 ? xy / xx : 0;
}
