import { compileNetwork, type Network, type PerLane, type Scenario, UserError } from '../../env/index.ts';
import { type BaselineFamily, baselineFamily, foldedParameters } from '../baselines/index.ts';
import { whyNotSingleStockPoint } from '../exact/index.ts';
import type { Policy } from '../policy.ts';
import { averageCosts } from './average-cost.ts';
import { equivalentStarts } from './equivalent-start.ts';
import { comesInFractions } from './fractions.ts';
import { type Candidates, gridSearch, MOST_GRID_AXES } from './grid-search.ts';
import { patternSearch } from './pattern-search.ts';
import { isCertain, type Plan, plan } from './plan.ts';
import { polishExact } from './polish-exact.ts';
import { recordDemand } from './recorded-demand.ts';
import { type SearchSpace, searchSpace } from './search-space.ts';
import { stockPointNumbers } from './stock-point-numbers.ts';

export interface TuneOptions {
  readonly scenario: Scenario;
  /** Name of a baseline family. */
  readonly family: string;
  /** Demand that is tuned on; never that of an evaluation with the same seed. Default 0. */
  readonly seed?: number;
  /** Simulated periods of all lanes together, per round of the search; in a network of n stock points 2 / (n + 1) of them. Default 2 million, or 60,000 per item where that is more. */
  readonly laneSteps?: number;
  /** Largest number of states for which exact costs take the place of simulated ones; 0: never. Default 60,000. */
  readonly exactStates?: number;
  /** Ends the search with its reason. */
  readonly signal?: AbortSignal;
}

export interface TunedPolicy {
  readonly policy: Policy;
  /** A number each, or one per item of a catalogue. */
  readonly parameters: Readonly<Record<string, PerLane>>;
  /** [money/period] of the policy found, mean over items, on demand that the search has not seen. */
  readonly costPerPeriod: number;
  /** 0 where the cost is exact. */
  readonly standardError: number;
  readonly how: 'exact' | 'simulation search';
}

/** Tuning and its check draw from streams far away from those of evaluations, whose seeds are small. */
const SEARCH_SEEDS = 2 ** 40;
const CHECK_SEEDS = 2 ** 41;
const SEEDS_APART = 2 ** 20;
/** Candidates of a search where nothing is drawn: one short run of each tells all, and needles can be found. */
const CERTAIN_CLOUD = 2_048;
/** Added to the seed: the second stage of a search sees other demand than the first. */
const SECOND_STAGE = 2 ** 16;

/**
 * The best parameters of a family for a scenario: a grid of candidates on common demand, one lane each, refined around the best; for a catalogue
 * each item's own. Where the scenario is small enough, the winner's neighbourhood is then searched by exact cost.
 * @throws UserError where the family does not fit the scenario
 */
export function tune({ scenario, family: name, seed = 0, exactStates = 60_000, signal, ...options }: TuneOptions): TunedPolicy {
  const family = baselineFamily(name);
  const items = scenario.laneNames?.length ?? 1;
  const network = compileNetwork(scenario, items);
  const laneSteps = (options.laneSteps ?? Math.max(2_000_000, 60_000 * items)) * (2 / (network.nodes.length + 1));
  const reason = family.whyNot(network);
  if (reason) throw new UserError(`policy "${name}" cannot be used in "${scenario.id}": ${reason}`);
  const { search } = family;
  if (!search) return checked({ scenario, policy: family.build({}), parameters: {}, items, seed, laneSteps });
  const stockPoints = stockPointNumbers(scenario, items);
  const fractions = comesInFractions(scenario);
  const space = searchSpace({ family, search, stockPoints, fractions });
  const common = { scenario, items, seed, laneSteps, signal };
  const find = (other: BaselineFamily, otherSpace: SearchSpace) => findBest({ ...common, family: other, space: otherSpace });
  const starts = equivalentStarts({ family, space, network, stockPoints, fractions, find });
  const best = findBest({ ...common, family, space }, starts);
  if (items === 1 && exactStates > 0 && reachesFinitely(family, network) && !whyNotSingleStockPoint(scenario)) {
    const exact = polishExact({ scenario, family, space, start: best.map((values) => values[0]), maxStates: exactStates, signal });
    if (exact) {
      const parameters = space.parameters(exact.point, 0);
      return { policy: family.build(parameters), parameters, costPerPeriod: exact.costPerPeriod, standardError: 0, how: 'exact' };
    }
  }
  const parameters = printable(namedParameters(space, best, items));
  return checked({ scenario, policy: family.build(foldedParameters(parameters)), parameters, items, seed, laneSteps });
}

function reachesFinitely({ boundsStock, boundsBacklog = true }: BaselineFamily, { nodes }: Network): boolean {
  return boundsStock && (boundsBacklog || nodes.every(({ backlogged }) => backlogged.every((part) => part === 0)));
}

/** [axis][item] by a grid where there are few axes, else by clouds and moves. */
function findBest(options: CandidateCostOptions, starts: readonly (readonly Float64Array[])[] = []): Float64Array[] {
  const { space, items, seed, laneSteps } = options;
  const axes = space.directions;
  if (axes.length <= MOST_GRID_AXES) return gridSearch({ axes, items, evaluate: candidateCosts(options) });
  const rough = candidateCosts({ ...options, laneSteps: laneSteps / 2 });
  const fine = candidateCosts({ ...options, seed: seed + SECOND_STAGE, laneSteps: 3 * laneSteps });
  return patternSearch({ axes, items, seed, rough, fine, starts, cloudSize: isCertain(options.scenario) ? CERTAIN_CLOUD : undefined });
}

interface CandidateCostOptions {
  readonly scenario: Scenario;
  readonly family: BaselineFamily;
  readonly space: SearchSpace;
  readonly items: number;
  readonly seed: number;
  readonly laneSteps: number;
  readonly signal?: AbortSignal;
}

/** Simulates all candidates of a round on the same demand: lane (candidate * replicas + replica) * items + item. */
function candidateCosts({
  scenario,
  family,
  space,
  items,
  seed,
  laneSteps,
  signal,
}: CandidateCostOptions): (c: Candidates) => Float64Array {
  let recorded: { scenario: Scenario; plan: Plan } | null = null;
  return (candidates) => {
    signal?.throwIfAborted();
    recorded ??= recordFor(scenario, { candidates: candidates.count, items, seed, laneSteps });
    const { replicas, warmUp, periods } = recorded.plan;
    const parameters = spread(namedParameters(space, candidates.points, items), items, replicas);
    const lanes = candidates.count * replicas * items;
    const paths = replicas * items;
    const costs = averageCosts({
      scenario: recorded.scenario,
      lanes,
      // Supply is as random for one candidate as for the next.
      seeds: Float64Array.from({ length: lanes }, (_, lane) => SEARCH_SEEDS + seed * SEEDS_APART + (lane % paths)),
      policy: family.build(foldedParameters(parameters)),
      warmUp,
      periods,
    });
    return meanOfReplicas(costs, items, replicas);
  };
}

function recordFor(scenario: Scenario, options: { candidates: number; items: number; seed: number; laneSteps: number }) {
  const own = plan(scenario, options);
  const paths = own.replicas * options.items;
  const seed = SEARCH_SEEDS + options.seed * SEEDS_APART;
  return { scenario: recordDemand({ scenario, paths, periods: own.warmUp + own.periods, seed }), plan: own };
}

/** Parameters by name from points [axis][k]: a number where there is one, else one per k; point k is one of item k mod items. */
function namedParameters(space: SearchSpace, points: readonly Float64Array[], items: number): Record<string, PerLane> {
  const rows = Array.from(points[0], (_, k) =>
    space.parameters(
      points.map((values) => values[k]),
      k % items,
    ),
  );
  return Object.fromEntries(
    Object.keys(rows[0]).map((name) => [name, rows.length === 1 ? rows[0][name] : Float64Array.from(rows, (row) => row[name])]),
  );
}

function printable(parameters: Readonly<Record<string, PerLane>>): Record<string, PerLane> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === 'number' ? value : Array.from(value)]),
  );
}

/** Repeats each candidate's row of items for every replica. */
function spread(parameters: Readonly<Record<string, PerLane>>, items: number, replicas: number): Record<string, PerLane> {
  const spreadOne = (values: PerLane): PerLane => {
    if (typeof values === 'number') return values;
    const lanes = new Float64Array(values.length * replicas);
    for (let lane = 0; lane < lanes.length; lane++) lanes[lane] = values[Math.floor(lane / (items * replicas)) * items + (lane % items)];
    return lanes;
  };
  return Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, spreadOne(values)]));
}

function meanOfReplicas(costs: Float64Array, items: number, replicas: number): Float64Array {
  const means = new Float64Array(costs.length / replicas);
  for (let lane = 0; lane < costs.length; lane++) {
    means[Math.floor(lane / (items * replicas)) * items + (lane % items)] += costs[lane] / replicas;
  }
  return means;
}

interface CheckOptions {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly parameters: Readonly<Record<string, PerLane>>;
  readonly items: number;
  readonly seed: number;
  readonly laneSteps: number;
}

/** The found policy's cost on fresh demand: the search's own figure for the winner is too low, because it is the lowest of many. */
function checked({ scenario, policy, parameters, items, seed, laneSteps }: CheckOptions): TunedPolicy {
  const { warmUp, periods } = plan(scenario, { candidates: 32, items, laneSteps });
  const replicas = Math.max(8, Math.round(laneSteps / 4 / (items * (warmUp + periods))));
  const costs = averageCosts({
    scenario,
    lanes: items * replicas,
    seed: CHECK_SEEDS + seed * SEEDS_APART,
    policy,
    warmUp,
    periods,
  });
  const means = Float64Array.from({ length: replicas }, (_, k) => mean(costs.subarray(k * items, (k + 1) * items)));
  const costPerPeriod = mean(means);
  const spreadOfMeans = Math.sqrt(means.reduce((sum, value) => sum + (value - costPerPeriod) ** 2, 0) / (replicas - 1));
  return { policy, parameters, costPerPeriod, standardError: spreadOfMeans / Math.sqrt(replicas), how: 'simulation search' };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
