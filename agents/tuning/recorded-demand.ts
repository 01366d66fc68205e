import { type Demand, type ForecastPaths, longestWaysIn, type Scenario, Simulator } from '../../env/index.ts';

export interface RecordOptions {
  readonly scenario: Scenario;
  /** Number of demand paths; path i stands for lane i of the scenario. */
  readonly paths: number;
  readonly periods: number;
  /** Path i is drawn from the streams of seed + i. */
  readonly seed: number;
}

/**
 * The scenario with its demand drawn once and then replayed, forecasts included: lane i meets path i mod paths, so any number of candidates can be
 * compared on the same demand without drawing it again.
 */
export function recordDemand({ scenario, paths, periods, seed }: RecordOptions): Scenario {
  const simulator = new Simulator({ scenario, lanes: paths, seed });
  const { view, network } = simulator;
  const slowest = network.arcs.reduce((longest, arc) => Math.max(longest, arc.maxLeadTime), 0);
  const horizon = 1 + longestWaysIn(network).reduce((longest, way) => Math.max(longest, way), slowest);
  const faced = network.nodes.flatMap(({ demand }, node) => (demand < 0 ? [] : [{ node, demand }]));
  const records = faced.map(({ demand }) => {
    const given = givenForecasts(scenario.demand[demand], paths);
    const cells = given === null ? paths * periods * horizon : 0;
    return { values: new Float64Array(paths * periods), given, mean: new Float64Array(cells), variance: new Float64Array(cells) };
  });
  const nothing = new Float64Array(network.arcs.length * paths);
  for (let period = 0; period < periods; period++) {
    faced.forEach(({ node }, k) => {
      for (let ahead = 0; ahead < horizon && records[k].given === null; ahead++) {
        const mean = view.forecastMean(node, ahead);
        const variance = view.forecastVariance(node, ahead);
        for (let path = 0; path < paths; path++) {
          const at = (path * periods + period) * horizon + ahead;
          records[k].mean[at] = mean[path];
          records[k].variance[at] = variance[path];
        }
      }
    });
    simulator.step(nothing);
    faced.forEach(({ node }, k) => {
      for (let path = 0; path < paths; path++) records[k].values[path * periods + period] = simulator.demand[node * paths + path];
    });
  }
  const demand = [...scenario.demand];
  faced.forEach(({ demand: index }, k) => {
    demand[index] = replayed(scenario.demand[index], records[k], { rows: paths, span: periods, horizon });
  });
  return { ...scenario, demand };
}

/** Forecasts that are tables of their own, which tell more than mean and variance; null where they have to be recorded. */
function givenForecasts({ process }: Demand, paths: number): ForecastPaths | null {
  return process.kind === 'forecast' && paths % process.forecasts.rows === 0 ? process.forecasts : null;
}

interface Recorded {
  readonly values: Float64Array;
  readonly given: ForecastPaths | null;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

function replayed(
  demand: Demand,
  { values, given, mean, variance }: Recorded,
  shape: { rows: number; span: number; horizon: number },
): Demand {
  return { ...demand, process: { kind: 'replay', values, shape, forecasts: given ?? { ...shape, mean, variance } } };
}
