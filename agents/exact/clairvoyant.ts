import type { Highs } from 'highs';
import { type Scenario, Simulator, UserError } from '../../env/index.ts';
import { clairvoyantProgram, type KnownPeriods } from './clairvoyant-program.ts';

export interface ClairvoyantOptions {
  readonly scenario: Scenario;
  /** As in an evaluation: lane i has the demand of seed + i. Default 0. */
  readonly seed?: number;
  /** Demand paths. Default 100. */
  readonly lanes?: number;
  readonly study?: string;
  /** Where the scenario goes on for ever: how many periods are looked at. */
  readonly periods?: number;
  /** [s] for each lane; what is proved by then is the bound. Default 30. */
  readonly secondsPerLane?: number;
  readonly signal?: AbortSignal;
}

export interface ClairvoyantBound {
  /** [money/period] mean over lanes of what nobody could have gone below who knew all demand. */
  readonly costPerPeriod: number;
  readonly standardError: number;
  readonly ci95: readonly [number, number];
  /** [lane] [money/period] */
  readonly lanes: Float64Array;
  /** Lanes whose program was solved to its end. */
  readonly solved: number;
}

/**
 * A bound below the cost of every policy on the same demand: each lane is run as well as it could have been with all of its demand and disruptions known,
 * by a linear or, with fixed costs or lots, a mixed-integer program.
 * @throws UserError where the scenario goes on for ever and no number of periods is given, or stock is worth more at the end than it costs
 */
export async function clairvoyantBound(options: ClairvoyantOptions): Promise<ClairvoyantBound> {
  const { scenario, lanes = 100, secondsPerLane = 30, signal } = options;
  const simulator = new Simulator({ scenario, lanes, seed: options.seed ?? 0, study: options.study });
  const periods = scenario.periods ?? options.periods;
  if (periods === undefined) {
    throw new UserError(`"${scenario.id}" goes on for ever; a clairvoyant bound needs a number of periods: give periods`);
  }
  if (!(Number.isInteger(lanes) && lanes > 0)) throw new UserError(`lanes ${lanes}: expected a whole number above 0`);
  const { network } = simulator;
  refuseFreeMoney(simulator);
  refuseWholeReturns(simulator);
  const known = record(simulator, periods);
  const highs = await loadHighs();
  const costs = new Float64Array(lanes);
  let solved = 0;
  for (let lane = 0; lane < lanes; lane++) {
    signal?.throwIfAborted();
    const answer = clairvoyantProgram(network, lane, known[lane]).solve(highs, secondsPerLane);
    costs[lane] = answer.lowerBound / (periods - known[lane].firstCounted);
    if (answer.solved) solved++;
  }
  return { ...interval(costs), lanes: costs, solved };
}

/** The package's types are those of a CommonJS module, whose default would be the whole module; what Node loads has the loader there. */
async function loadHighs(): Promise<Highs> {
  const loaded: { readonly default: unknown } = await import('highs');
  if (!isLoader(loaded.default)) throw new Error('the package highs has no loader as its default export');
  return loaded.default();
}

function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === 'function';
}

/** Stock that is sold at the end for more than it costs would be bought without bound. */
function refuseFreeMoney({ network, lanes }: Simulator): void {
  const cheapest = network.arcs.reduce((least, { unitCost, priceBreaks, priceIndex }) => {
    const lowest = priceIndex < 0 ? 1 : Math.min(...network.indices[priceIndex].process.levels);
    for (const prices of [unitCost, ...(priceBreaks?.cost ?? [])])
      for (let i = 0; i < lanes; i++) least = Math.min(least, lowest * prices[i]);
    return least;
  }, Number.POSITIVE_INFINITY);
  for (const { id, salvageValue } of network.nodes) {
    const dear = salvageValue.find((value) => value > cheapest);
    if (dear !== undefined)
      throw new UserError(`locations.${id}.salvageValue: ${dear}; expected at most the unit cost, ${cheapest}: lower it`);
  }
}

/** What comes back is counted by its mean, which bounds nothing where orders come in lots. */
function refuseWholeReturns({ network }: Simulator): void {
  const back = network.nodes.find(({ returns }) => returns !== null);
  const whole = network.arcs.find(({ fixedCost, batch, minimumOrder }) =>
    [fixedCost, batch, minimumOrder].some((each) => each.some((value) => value > 0)),
  );
  if (back && whole)
    throw new UserError(
      `locations.${back.location}.returns: no bound is worked out for them beside the fixed cost or lots of "${whole.id}"`,
    );
}

/** Runs the lanes without orders and notes what nobody's orders change. */
function record(simulator: Simulator, periods: number): KnownPeriods[] {
  const { network, lanes, demand, view } = simulator;
  const { nodes, arcs, scenario } = network;
  const firstCounted = Math.min(scenario.warmUp, periods - 1);
  const known = Array.from({ length: lanes }, () => ({
    periods,
    demand: [] as Float64Array[],
    available: [] as Int32Array[],
    priceLevels: [] as Float64Array[],
    firstCounted,
  }));
  const nothing = new Float64Array(arcs.length * lanes);
  for (let t = 0; t < periods; t++) {
    for (let lane = 0; lane < lanes; lane++) {
      known[lane].available.push(Int32Array.from(arcs, (_, a) => view.available[a * lanes + lane]));
      known[lane].priceLevels.push(
        Float64Array.from(arcs, ({ priceIndex }) => (priceIndex < 0 ? 1 : view.indexLevels[priceIndex * lanes + lane])),
      );
    }
    simulator.step(nothing);
    for (let lane = 0; lane < lanes; lane++) known[lane].demand.push(Float64Array.from(nodes, (_, n) => demand[n * lanes + lane]));
  }
  return known;
}

function interval(costs: Float64Array): Pick<ClairvoyantBound, 'costPerPeriod' | 'standardError' | 'ci95'> {
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  const squares = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0);
  const standardError = costs.length > 1 ? Math.sqrt(squares / (costs.length - 1) / costs.length) : 0;
  return { costPerPeriod: mean, standardError, ci95: [mean - 1.96 * standardError, mean + 1.96 * standardError] };
}
