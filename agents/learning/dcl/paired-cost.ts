import { type Scenario, Simulator } from '../../../env/index.ts';
import { type Player, periodWork } from './player.ts';

export interface PairedCostOptions {
  readonly scenario: Scenario;
  readonly players: readonly [Player, Player];
  /** Least lanes. */
  readonly lanes: number;
  /** About how much to simulate, all lanes and both players together, in periods of one stock point. */
  readonly work: number;
  readonly seed: number;
}

export interface PairedCost {
  /** [money/period] of each. */
  readonly costs: readonly [number, number];
  /** [money/period] cost of the second less that of the first, and its standard error. */
  readonly difference: number;
  readonly standardError: number;
  /** What was simulated, counted alike. */
  readonly work: number;
}

/** Fewest periods after the warm-up, where the scenario does not end. */
const FEWEST = 100;

/** Two players on the same demand, never seen in training. */
export function pairedCost({ scenario, players, lanes: least, work, seed }: PairedCostOptions): PairedCost {
  const items = scenario.laneNames?.length ?? 1;
  const whole = (lanes: number) => items * Math.ceil(lanes / items);
  const network = new Simulator({ scenario, lanes: items });
  const price = players.reduce((sum, player) => sum + periodWork(player, network), 0);
  const each = work / price;
  const lanes = whole(scenario.periods === null ? least : Math.max(least, each / scenario.periods));
  const { warmUp } = scenario;
  const periods = scenario.periods === null ? Math.max(FEWEST, Math.round(each / lanes) - warmUp) : Math.max(1, scenario.periods - warmUp);
  const [first, second] = players.map((player) => laneCosts({ scenario, player, lanes, periods, warmUp, seed }));
  const differences = second.map((cost, lane) => cost - first[lane]);
  const difference = mean(differences);
  const spread = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0) / Math.max(1, lanes - 1);
  return {
    costs: [mean(first), mean(second)],
    difference,
    standardError: Math.sqrt(spread / lanes),
    work: price * lanes * (warmUp + periods),
  };
}

interface LaneCostOptions {
  readonly scenario: Scenario;
  readonly player: Player;
  readonly lanes: number;
  readonly periods: number;
  readonly warmUp: number;
  readonly seed: number;
}

function laneCosts({ scenario, player, lanes, periods, warmUp, seed }: LaneCostOptions): Float64Array {
  const simulator = new Simulator({ scenario, lanes, seed, study: 'choosing ' });
  const orders = new Float64Array(simulator.network.arcs.length * lanes);
  const costs = new Float64Array(lanes);
  for (let t = 0; t < warmUp + periods; t++) {
    player.order(simulator, orders);
    simulator.step(orders);
    if (t < warmUp) continue;
    for (let lane = 0; lane < lanes; lane++) costs[lane] += simulator.cost[lane] / periods;
  }
  return costs;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
