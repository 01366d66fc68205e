import { createStream, type RandomStream } from '../../../env/index.ts';
import { stateLength } from '../features.ts';
import { type ItemFacts, isPlain } from '../item-facts.ts';
import { LONGEST_LEAD_TIME } from '../lead-time-facts.ts';
import { MOST_TRIED, orderScale, triedOrders } from '../order-scale.ts';
import { lacking, levelBasis, type QuickLevels, type QuickRule, quickLevels } from '../quick-rule.ts';
import type { RunPath } from './item-run.ts';
import { ItemWalk } from './item-walk.ts';
import { levelsOver } from './level-series.ts';
import { searchRule } from './rule-search.ts';
import type { TrainingItem } from './training-item.ts';
import { type TriedState, tryOrders } from './tried-state.ts';
import type { TriesConfig } from './tries-config.ts';
import { drawn, TryPaths } from './try-paths.ts';

/** What came of trying orders in states of one item. */
export interface ItemTries {
  readonly rule: QuickRule;
  /** [state] the item as it was known in it: one for all where demand stays. */
  readonly facts: readonly ItemFacts[];
  /** [state][number of the state] */
  readonly states: Float64Array;
  /** [state][k] orders tried, around what the item's own levels lack; -1 where they are fewer. */
  readonly orders: Float64Array;
  /** [state][k] their cost over the horizon. */
  readonly costs: Float64Array;
  /** [state] standard error of the differences among the cheapest orders. */
  readonly noise: Float64Array;
  /** [state] what a period costs on average. */
  readonly period: Float64Array;
  /** Periods simulated. */
  readonly work: number;
}

export interface TryOptions {
  readonly item: TrainingItem;
  readonly paths: TryPaths;
  readonly config: TriesConfig;
  /** Of everything drawn: another one for each item. */
  readonly seed: number;
}

/** Tries orders in some states that the item's own levels come to: each once, then the levels order on, all on the same paths of demand. */
export function tryItem({ item, paths, config, seed }: TryOptions): ItemTries {
  const { demand, run } = item;
  const random = createStream(seed, 'tries');
  const histories = demand.histories(config.searched, random);
  const draws = drawn(histories.demands.length * run.drawsPerPeriod, random);
  const rule = searchRule({ facts: item.facts, run, histories, draws });
  const length = stateLength(item.facts);
  const tries = {
    rule,
    facts: [] as ItemFacts[],
    states: new Float64Array(config.states * length),
    orders: new Float64Array(config.states * MOST_TRIED).fill(-1),
    costs: new Float64Array(config.states * MOST_TRIED).fill(Number.NaN),
    noise: new Float64Array(config.states),
    period: new Float64Array(config.states),
    work: 0,
  };
  const walk = new ItemWalk({ item, rule, random, config });
  for (let state = 0; state < config.states; state++) {
    const from = { state: tries.states, at: state * length };
    walk.writeState(from);
    const facts = demand.facts();
    const tried = tryHere({ item, paths, config, rule, random, facts }, from);
    if (facts.moves || state === 0) tries.facts.push(facts);
    tries.orders.set(tried.orders, state * MOST_TRIED);
    tries.costs.set(tried.costs, state * MOST_TRIED);
    tries.noise[state] = tried.noise;
    tries.period[state] = tried.period;
    tries.work += tried.work;
  }
  return tries;
}

interface Here extends Omit<TryOptions, 'seed'> {
  readonly rule: QuickRule;
  readonly random: RandomStream;
  readonly facts: ItemFacts;
}

function tryHere(
  { item: { demand, run }, paths, config, rule, random, facts }: Here,
  from: { readonly state: Float64Array; readonly at: number },
): TriedState {
  const levels = quickLevels(rule, levelBasis(facts));
  let position = 0;
  for (let i = 0; i < stateLength(facts); i++) position += from.state[from.at + i];
  const orders = triedOrders(lacking(position, levels), orderScale(facts, levels, config.perLevel));
  const { weights, full } = weightsOf(facts, levels, config);
  const horizon = weights.length;
  const block = (): RunPath => {
    const draw = paths.writer(demand.dimensions + run.drawsPerPeriod, random);
    const { demands, basis } = demand.branch({ paths: config.paths, horizon, uniforms: draw });
    const draws = leadTimeDraws({ draw, first: demand.dimensions, perPeriod: run.drawsPerPeriod, horizon, paths: config.paths });
    return { demands, draws, levels: levelsOver(rule, basis), weights, full, periods: horizon };
  };
  return tryOrders({ run, from, orders, paths: config.paths, block, blocks: config.blocks, quiet: config.quiet });
}

interface LeadTimeDraws {
  readonly draw: (period: number, dimension: number, into: Float64Array) => void;
  /** The dimensions of demand come before. */
  readonly first: number;
  readonly perPeriod: number;
  readonly horizon: number;
  readonly paths: number;
}

/** Uniform numbers of the lead times, [path][period][number]. */
function leadTimeDraws({ draw, first, perPeriod, horizon, paths }: LeadTimeDraws): Float64Array {
  const draws = new Float64Array(paths * horizon * perPeriod);
  const row = new Float64Array(paths);
  for (let k = 0; k < horizon * perPeriod; k++) {
    draw(Math.floor(k / perPeriod), first + (k % perPeriod), row);
    for (let path = 0; path < paths; path++) draws[path * horizon * perPeriod + k] = row[path];
  }
  return draws;
}

/** A demand that comes seldom takes long to show what an order was worth: its squared coefficient of variation says how long. */
const MOST_TIMES = 5;
/** [periods] that usual orders are followed for at most. */
const LONGEST_TAIL = 80;

/** [period] what costs count for: fully, and less and less over the last orders, so that it does not matter where in the course of one the horizon ends. */
function weightsOf(
  facts: ItemFacts,
  { s, S }: QuickLevels,
  { horizon, cycles, tail: least }: TriesConfig,
): Pick<RunPath, 'weights' | 'full'> {
  const { longest, mean, sd } = facts;
  const full = longest + Math.round(horizon * Math.min(MOST_TIMES, 1 + (sd / mean) ** 2));
  const tail = isPlain(facts) ? 0 : Math.min(LONGEST_TAIL, Math.max(least, Math.round((cycles * (S - s)) / mean)));
  return { full, weights: Float64Array.from({ length: full + tail }, (_, t) => (t < full ? 1 : 1 - (t - full + 1) / (tail + 1))) };
}

/** Uniform numbers for the paths of any item. */
export function tryPaths({ paths, horizon }: Pick<TriesConfig, 'paths' | 'horizon'>): TryPaths {
  return new TryPaths({ paths, longest: LONGEST_LEAD_TIME + MOST_TIMES * horizon + LONGEST_TAIL });
}
