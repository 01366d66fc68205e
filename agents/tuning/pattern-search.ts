import { createStream, type RandomStream } from '../../env/index.ts';
import { type Candidates, cheapest, roundTo } from './grid-search.ts';
import { type Direction, tidy } from './search-space.ts';

export interface PatternSearchOptions {
  readonly axes: readonly Direction[];
  /** Number of items. */
  readonly items: number;
  readonly seed: number;
  /** Costs of the candidates, [candidate * items + item]: rough ones for the first stage, and on other and longer demand for the second. */
  readonly rough: (candidates: Candidates) => Float64Array;
  readonly fine: (candidates: Candidates) => Float64Array;
  /** Candidates of a cloud. Default: 8 for each axis, at least 48. */
  readonly cloudSize?: number;
  /** Further points that the second stage begins from, [axis][item]. */
  readonly starts?: readonly (readonly Float64Array[])[];
}

const CLOUDS = 7;
/** One candidate in this many shapes the next cloud. */
const ELITE = 8;
/** How far the next cloud moves towards the elite. */
const STRIDE = 0.8;
const MOST_MOVES = 60;

/**
 * Looks for each item's cheapest point where a grid would have too many: first clouds of candidates that close in on the cheapest ones of each
 * (the cross-entropy method, Rubinstein 1999), then moves along each axis, and along neighbouring axes together and against each other, by steps that are halved
 * until they are the smallest; the moves begin from given points too. Returns [axis][item].
 */
export function patternSearch(options: PatternSearchOptions): Float64Array[] {
  const { axes, items, fine, starts = [] } = options;
  const { best, spread } = clouds(options);
  const ends = [best, ...starts].map((start) => moves(options, { best: start.map((values) => values.slice()), spread }));
  if (ends.length === 1) return ends[0];
  const points = axes.map((_, a) =>
    Float64Array.from({ length: ends.length * items }, (_, k) => ends[Math.floor(k / items)][a][k % items]),
  );
  return cheapest({ count: ends.length, points }, fine({ count: ends.length, points }), items);
}

interface Found {
  /** [axis][item] */
  readonly best: Float64Array[];
  /** [axis][item] how far the last cloud reached. */
  readonly spread: Float64Array[];
}

function clouds({ axes, items, seed, rough, cloudSize }: PatternSearchOptions): Found {
  const stream = createStream(seed, 'search');
  const count = cloudSize ?? Math.max(48, ELITE * axes.length);
  const mean = axes.map(({ ranges }) => Float64Array.from(ranges, ([low, high]) => low + 0.6 * (high - low)));
  const spread = axes.map(({ ranges }) => Float64Array.from(ranges, ([low, high]) => (high - low) / 4));
  for (let round = 0; round < CLOUDS; round++) {
    const candidates = { count, points: axes.map((axis, a) => cloud(axis, { count, items, mean: mean[a], spread: spread[a], stream })) };
    const costs = rough(candidates);
    for (let item = 0; item < items; item++) closeIn({ candidates, costs, items, item, mean, spread });
  }
  const best = axes.map((axis, a) => mean[a].map((value) => Math.max(axis.least, roundTo(value, axis.step))));
  return { best, spread };
}

interface Cloud {
  readonly count: number;
  readonly items: number;
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  readonly stream: RandomStream;
}

/** [candidate * items + item] with the middle of the cloud first. */
function cloud({ step, least }: Direction, { count, items, mean, spread, stream }: Cloud): Float64Array {
  const values = new Float64Array(count * items);
  for (let i = 0; i < values.length; i++) {
    const item = i % items;
    const off = i < items ? 0 : normal(stream) * spread[item];
    values[i] = Math.max(least, roundTo(mean[item] + off, step));
  }
  return values;
}

function normal(stream: RandomStream): number {
  return Math.sqrt(-2 * Math.log(1 - stream.next())) * Math.cos(2 * Math.PI * stream.next());
}

interface Closing {
  readonly candidates: Candidates;
  readonly costs: Float64Array;
  readonly items: number;
  readonly item: number;
  readonly mean: Float64Array[];
  readonly spread: Float64Array[];
}

function closeIn({ candidates: { count, points }, costs, items, item, mean, spread }: Closing): void {
  const elite = Array.from({ length: count }, (_, k) => k)
    .sort((a, b) => costs[a * items + item] - costs[b * items + item])
    .slice(0, Math.ceil(count / ELITE));
  points.forEach((values, axis) => {
    const chosen = elite.map((k) => values[k * items + item]);
    const centre = chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
    const width = Math.sqrt(chosen.reduce((sum, value) => sum + (value - centre) ** 2, 0) / chosen.length);
    mean[axis][item] += STRIDE * (centre - mean[axis][item]);
    spread[axis][item] += STRIDE * (width - spread[axis][item]);
  });
}

function moves({ axes, items, fine }: PatternSearchOptions, { best, spread }: Found): Float64Array[] {
  const directions = moveDirections(axes.length);
  const steps = axes.map(({ step }, a) => spread[a].map((width) => Math.max(step, roundTo(width, step))));
  for (let round = 0; round < MOST_MOVES; round++) {
    const points = axes.map((axis, a) => movedValues(axis, { directions, a, items, best: best[a], steps: steps[a] }));
    const chosen = cheapest({ count: directions.length, points }, fine({ count: directions.length, points }), items);
    let going = false;
    for (let item = 0; item < items; item++) {
      const moved = axes.some((_, a) => chosen[a][item] !== best[a][item]);
      if (moved) {
        axes.forEach((_, a) => {
          best[a][item] = chosen[a][item];
        });
        going = true;
      } else if (axes.some(({ step }, a) => steps[a][item] > step)) {
        axes.forEach(({ step }, a) => {
          steps[a][item] = Math.max(step, roundTo(steps[a][item] / 2, step));
        });
        going = true;
      }
    }
    if (!going) break;
  }
  return best;
}

/** Longest runs of axes that are moved together: with many axes there would be too many of them. */
const longestRun = (axes: number) => (axes <= 8 ? axes : 2);

/**
 * To stay first, so that a tie moves nothing; then each run of neighbouring axes together both ways (what one stage holds more, all echelons above it do), and each pair
 * of neighbours against each other.
 */
function moveDirections(axes: number): Float64Array[] {
  const moving = (from: number, ...by: number[]) => {
    const move = new Float64Array(axes);
    move.set(by, from);
    return move;
  };
  const found = [new Float64Array(axes)];
  for (let a = 0; a < axes; a++) {
    for (const by of [-1, 1]) {
      for (let run = 1; run <= Math.min(longestRun(axes), axes - a); run++) found.push(moving(a, ...new Array<number>(run).fill(by)));
      if (a + 1 < axes) found.push(moving(a, by, -by));
    }
  }
  return found;
}

interface Moved {
  readonly directions: readonly Float64Array[];
  readonly a: number;
  readonly items: number;
  readonly best: Float64Array;
  readonly steps: Float64Array;
}

function movedValues({ least }: Direction, { directions, a, items, best, steps }: Moved): Float64Array {
  const values = new Float64Array(directions.length * items);
  directions.forEach((move, k) => {
    for (let item = 0; item < items; item++) values[k * items + item] = Math.max(least, tidy(best[item] + move[a] * steps[item]));
  });
  return values;
}
