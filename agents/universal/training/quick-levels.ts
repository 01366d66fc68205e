import type { ItemFacts } from '../item-facts.ts';
import type { CappedLevels } from '../quick-rule.ts';
import type { ItemRun } from './item-run.ts';

/** An item's demand, period after period. */
export interface QuickSearch {
  readonly facts: ItemFacts;
  readonly run: ItemRun;
  readonly demands: Float64Array;
}

/** Moves of level and cap, in steps. */
const MOVES = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
  [-1, -1],
] as const;

/** The levels of an item's best capped base stock, by moves in ever smaller steps on one path of demand. A level of 0: it is best to sell nothing. */
export function quickLevels({ facts, run, demands }: QuickSearch): CappedLevels {
  const { leadTime, mean, sd, cover } = facts;
  const start = { state: new Float64Array(Math.max(1, leadTime)), at: 0 };
  const known = new Map<string, number>();
  const cost = (S: number, r: number): number => {
    const key = `${S} ${r}`;
    const value = known.get(key) ?? run.cost(start, 0, { S, r }, demands, 0, demands.length);
    known.set(key, value);
    return value;
  };
  let S = Math.max(1, Math.ceil(cover[leadTime] - 0.3 * sd));
  let r = Math.max(1, Math.ceil(mean + 0.7 * sd));
  let least = cost(S, r);
  for (let step = Math.max(1, Math.round((sd * Math.sqrt(leadTime + 1)) / 4)); step >= 1; step = step > 1 ? Math.floor(step / 2) : 0) {
    const capStep = Math.max(1, Math.round(step / Math.sqrt(leadTime + 1)));
    for (let moved = true; moved; ) {
      moved = false;
      for (const [up, looser] of MOVES) {
        const other = Math.max(0, S + up * step);
        const cap = Math.max(1, r + looser * capStep);
        if (cost(other, cap) >= least) continue;
        least = cost(other, cap);
        S = other;
        r = cap;
        moved = true;
      }
    }
  }
  return { S, r };
}
