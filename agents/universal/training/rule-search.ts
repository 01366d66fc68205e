import type { ItemFacts } from '../item-facts.ts';
import { coverSafety, LOOSEST_CAP, levelBasis, type QuickRule } from '../quick-rule.ts';
import type { Histories } from './demand-source.ts';
import type { ItemRun } from './item-run.ts';
import { levelsOver } from './level-series.ts';

export interface RuleSearch {
  readonly facts: ItemFacts;
  readonly run: ItemRun;
  readonly histories: Histories;
  /** Of the lead times in them. */
  readonly draws: Float64Array;
}

/** Moves of reorder point, order and cap, in steps. Without a fixed cost or lots the order is one unit above the reorder point. */
const PLAIN_MOVES: readonly Move[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 0, 1],
  [0, 0, -1],
  [1, 0, -1],
  [-1, 0, 1],
  [1, 0, 1],
  [-1, 0, -1],
];
const MOVES: readonly Move[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [1, -1, 0],
  [-1, 1, 0],
  [0, 0, 1],
  [0, 0, -1],
];
type Move = readonly [number, number, number];

/** The rule whose levels cost an item least, by moves in ever smaller steps on the same histories. All levels sell something. */
export function searchRule({ facts, run, histories, draws }: RuleSearch): QuickRule {
  const basis = levelBasis(facts);
  const { spread, sd, natural, plain, capped } = basis;
  const known = new Map<string, number>();
  const { demands, count, periods, warmUp } = histories;
  const weights = Float64Array.from({ length: periods }, (_, t) => (t < warmUp ? 0 : 1));
  const path = { demands, draws, weights, full: warmUp > 0 ? 0 : periods, periods };
  const start = { state: new Float64Array(Math.max(1, facts.longest)), at: 0 };
  const cost = (rule: QuickRule): number => {
    const key = `${rule.safety.toFixed(6)} ${rule.orders.toFixed(6)} ${rule.cap.toFixed(6)}`;
    let value = known.get(key);
    if (value !== undefined) return value;
    value = 0;
    const levels = levelsOver(rule, histories.basis);
    for (let k = 0; k < count; k++) value += run.cost(start, 0, { ...path, levels }, k * periods);
    known.set(key, value);
    return value;
  };
  const moves = (plain ? PLAIN_MOVES : MOVES).filter(([, , cap]) => capped || cap === 0);
  let best = firstRule(facts);
  let least = cost(best);
  // Steps in units, down to one: a fraction of it makes no other levels.
  for (let step = Math.max(1, Math.round((plain ? spread : Math.max(spread, natural)) / 4)); step >= 1; step = Math.floor(step / 2)) {
    const capStep = plain ? Math.max(1, Math.round(step / Math.sqrt(facts.longest + 1))) : step;
    for (let moved = true; moved; ) {
      moved = false;
      for (const [up, more, looser] of moves) {
        const other = {
          safety: best.safety + (up * step) / spread,
          orders: Math.max(1 / natural, best.orders + (more * step) / natural),
          cap: best.cap + (looser * capStep) / sd,
        };
        if (cost(other) >= least) continue;
        least = cost(other);
        best = other;
        moved = true;
      }
    }
  }
  return best;
}

/** Where the search begins: stock that lasts with the newsvendor's chance, less what a lost sale brings down. */
function firstRule(facts: ItemFacts): QuickRule {
  const { sd, mean, leadTime, waits } = facts;
  const { needed, spread, plain, natural, capped } = levelBasis(facts);
  const level = coverSafety(facts, Math.round(leadTime) + 1) * spread + needed - 0.3 * (1 - waits) * sd;
  const cap = capped ? (plain ? Math.ceil(mean + 0.7 * sd) - mean : 1.5 * sd) / sd : LOOSEST_CAP;
  return { safety: (Math.max(1, Math.ceil(level)) - needed) / spread, orders: Math.max(1, Math.round(natural)) / natural, cap };
}
