import {
  compileNetwork,
  createStream,
  type LaneDistribution,
  laneDistribution,
  type RandomStream,
  type Scenario,
  UserError,
} from '../../../env/index.ts';
import { latticeVector } from '../../learning/dcl/lattice.ts';
import { beyondReach, whyNotLostSales } from '../bounds.ts';
import { stateLength } from '../features.ts';
import { type ItemFacts, itemFacts, LONGEST_LEAD_TIME } from '../item-facts.ts';
import { KNOTS, knotStep, triedOrders } from '../order-scale.ts';
import { type CappedLevels, ruleOrder } from '../quick-rule.ts';
import { DemandDraws } from './demand-draws.ts';
import { ItemRun } from './item-run.ts';
import { quickLevels } from './quick-levels.ts';

/** How an item's states are come to, and how orders are tried in them. */
export interface TriesConfig {
  /** States per item. */
  readonly states: number;
  /** Paths of demand that each order is tried on. */
  readonly paths: number;
  /** [periods] followed beyond the lead time; longer the more demand varies, see periodsFollowed. */
  readonly horizon: number;
  /** Part of the orders drawn at random on the way to the states, part of the states a few periods from a random start, and mean periods to the others. */
  readonly randomOrders: number;
  readonly restarts: number;
  readonly spacing: number;
  /** Periods of demand that an item's capped base stock is searched on. */
  readonly searched: number;
}

/** An item of a family that orders are to be tried for. */
export interface TrainingItem {
  readonly facts: ItemFacts;
  readonly distribution: LaneDistribution;
}

/** What came of trying orders in states of one item. */
export interface ItemTries {
  readonly levels: CappedLevels;
  /** [state][number of the state] */
  readonly states: Float64Array;
  /** [state][k] orders tried, around the one of the item's own capped base stock; -1 where they are fewer. */
  readonly orders: Int32Array;
  /** [state][k] their cost over the horizon. */
  readonly costs: Float64Array;
  /** [state] standard error of the difference between neighbouring orders. */
  readonly noise: Float64Array;
  /** Periods simulated. */
  readonly work: number;
}

/** A family's item, in the scenario's own units. @throws UserError where the network cannot order for it */
export function trainingItem(scenario: Scenario): TrainingItem {
  const network = compileNetwork(scenario, 1);
  const [node] = network.nodes;
  const structure = network.nodes.length > 1 ? `it has ${network.nodes.length} stock points; expected one` : whyNotLostSales(network);
  if (structure !== undefined) throw new UserError(`family "${scenario.id}": ${structure}`);
  const facts = itemFacts({ scenario, node, arc: network.arcs[node.inbound[0]], lane: 0, represents: 0 }, Infinity);
  const reason = beyondReach(facts);
  if (reason !== undefined) throw new UserError(`family "${scenario.id}": ${reason}`);
  const { process } = scenario.demand[node.demand];
  if (process.kind !== 'stationary') throw new RangeError(`demand of kind "${process.kind}"`);
  return { facts, distribution: laneDistribution(process.distribution, 0) };
}

export interface TryOptions {
  readonly item: TrainingItem;
  /** Of the paths; see triesLattice. */
  readonly lattice: Int32Array;
  readonly config: TriesConfig;
  /** Of everything drawn: another one for each item. */
  readonly seed: number;
}

/** Tries orders in some states that the item's own capped base stock comes to: each once, then that policy orders on, all on the same paths of demand. */
export function tryItem({ item: { facts, distribution }, lattice, config, seed }: TryOptions): ItemTries {
  const random = createStream(seed, 'tries');
  const draws = new DemandDraws(distribution.table());
  const run = new ItemRun({ leadTime: facts.leadTime, lost: facts.shortageRatio });
  const demands = Float64Array.from({ length: config.searched }, () => draws.at(random.next()));
  const levels = quickLevels({ facts, run, demands });
  const length = stateLength(facts.leadTime);
  const step = knotStep(facts);
  const orders = new Int32Array(config.states * KNOTS).fill(-1);
  const states = new Float64Array(config.states * length);
  const costs = new Float64Array(config.states * KNOTS).fill(Number.NaN);
  const noise = new Float64Array(config.states);
  const walk = { facts, draws, run, levels, random, lattice, config };
  const horizon = periodsFollowed(facts, config);
  let work = 0;
  for (let state = 0; state < config.states; state++) {
    const at = state * length;
    writeState(states, at, walk);
    const position = states.subarray(at, at + length).reduce((sum, units) => sum + units, 0);
    const tried = triedOrders(ruleOrder(position, levels), step);
    orders.set(tried, state * KNOTS);
    noise[state] = tryOrders({ ...walk, orders: tried, horizon }, { state: states, at }, costs.subarray(state * KNOTS));
    work += tried.length * config.paths * horizon;
  }
  return { levels, states, orders, costs, noise, work };
}

interface Walk {
  readonly facts: ItemFacts;
  readonly draws: DemandDraws;
  readonly run: ItemRun;
  readonly levels: CappedLevels;
  readonly random: RandomStream;
  readonly lattice: Int32Array;
  readonly config: TriesConfig;
}

/** Writes a state that the rule comes to from a random start, with some random orders on the way. */
function writeState(states: Float64Array, at: number, { facts, draws, run, levels, random, config }: Walk): void {
  const { sd, leadTime } = facts;
  const restart = random.next() < config.restarts;
  writeStart(states, at, { levels, random, leadTime, spread: restart ? 3 * sd * Math.sqrt(leadTime + 1) : 1 });
  const periods = restart ? random.integer(leadTime + 2) : leadTime + config.spacing + random.integer(config.spacing);
  const demands = Float64Array.from({ length: periods }, () => draws.at(random.next()));
  const order = (_: number, position: number): number => {
    if (random.next() >= config.randomOrders) return ruleOrder(position, levels);
    return Math.floor(random.next() * (Math.max(0, levels.S - position) + sd / 2 + 2));
  };
  if (periods > 0) run.run({ state: states, at }, order, demands);
}

interface Start extends Pick<Walk, 'levels' | 'random'> {
  readonly leadTime: number;
  /** How far above the level it may be. */
  readonly spread: number;
}

/** A position from 0 to above the level, some of it on the way. */
function writeStart(states: Float64Array, at: number, { levels, random, leadTime, spread }: Start): void {
  const position = Math.floor(random.next() * (levels.S + spread + 1));
  let left = position;
  for (let i = 1; i < leadTime; i++) {
    const units = Math.min(left, Math.floor((random.next() * 2 * position) / (leadTime + 1)));
    states[at + i] = units;
    left -= units;
  }
  states[at] = left;
}

/** Writes what orders cost in a state, mean over paths that are points of a shifted lattice; gives the noise of neighbours' difference. */
function tryOrders(
  {
    draws,
    run,
    levels,
    random,
    lattice,
    config: { paths },
    orders,
    horizon,
  }: Walk & { readonly orders: readonly number[]; readonly horizon: number },
  from: { readonly state: Float64Array; readonly at: number },
  costs: Float64Array,
): number {
  const demands = new Float64Array(paths * horizon);
  for (let t = 0; t < horizon; t++) {
    const shift = random.next();
    for (let path = 0; path < paths; path++) {
      const u = ((path * lattice[t]) % paths) / paths + shift;
      demands[path * horizon + t] = draws.at(u >= 1 ? u - 1 : u);
    }
  }
  const totals = orders.map((order) => {
    const own = new Float64Array(paths);
    for (let path = 0; path < paths; path++) own[path] = run.cost(from, order, levels, demands, path * horizon, horizon);
    return own;
  });
  for (let k = 0; k < orders.length; k++) costs[k] = mean(totals[k]);
  return noiseOf(totals, costs);
}

/** Root mean square of the standard errors of the differences between the cheapest order and its neighbours, were the paths independent. */
function noiseOf(totals: readonly Float64Array[], costs: Float64Array): number {
  let cheapest = 0;
  for (let k = 1; k < totals.length; k++) if (costs[k] < costs[cheapest]) cheapest = k;
  const neighbours = [cheapest - 1, cheapest + 1].filter((k) => k >= 0 && k < totals.length);
  const paths = totals[0].length;
  const variances = neighbours.map((k) => {
    let squares = 0;
    for (let path = 0; path < paths; path++) squares += (totals[k][path] - totals[cheapest][path]) ** 2;
    return Math.max(0, squares / paths - (costs[k] - costs[cheapest]) ** 2);
  });
  return Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / variances.length / paths);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}

/** A demand that comes seldom takes long to show what an order was worth: its squared coefficient of variation says how long. */
const MOST_TIMES = 5;

function periodsFollowed({ leadTime, mean, sd }: ItemFacts, { horizon }: TriesConfig): number {
  return leadTime + Math.round(horizon * Math.min(MOST_TIMES, 1 + (sd / mean) ** 2));
}

/** Generating vector of the paths of demand, one number per period: periods that come later matter less. */
export function triesLattice({ paths, horizon }: Pick<TriesConfig, 'paths' | 'horizon'>): Int32Array {
  const weights = Array.from({ length: LONGEST_LEAD_TIME + MOST_TIMES * horizon }, (_, t) => (1 + t / 8) ** -2);
  return latticeVector(paths, weights);
}
