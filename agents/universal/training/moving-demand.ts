import { type RandomStream, type Scenario, Simulator, type StateView } from '../../../env/index.ts';
import { LEAST_FORECAST } from '../demand-facts.ts';
import { factsIn, type ItemFacts, itemPlace } from '../item-facts.ts';
import { type LevelBasis, levelBasis } from '../quick-rule.ts';
import type { BranchOptions, DemandPath, DemandSource, Histories } from './demand-source.ts';
import { type BasisSeries, BasisWriter, basisSeries } from './level-series.ts';

/** [periods] What the state of a demand begins with is no usual one. */
const WARM_UP = 20;

/** Demand of any kind, with its forecasts, as the simulator draws it. */
export class MovingDemand implements DemandSource {
  readonly dimensions: number;
  readonly #scenario: Scenario;
  readonly #one: Lanes;
  /** By their number. */
  readonly #many = new Map<number, Lanes>();
  #random: RandomStream | null = null;

  constructor(scenario: Scenario, seed: number) {
    this.#scenario = scenario;
    this.#one = lanesOf(scenario, 1, seed);
    this.dimensions = this.#one.simulator.uniformRows;
  }

  histories(periods: number, random: RandomStream): Histories {
    const lanes = this.#lanes(HISTORIES);
    const each = Math.ceil(periods / HISTORIES) + WARM_UP;
    lanes.simulator.reset({ phases: this.#scenario.phases ?? 1, seed: random.integer(SEEDS) });
    return { ...follow(lanes, each, drawing(random)), count: HISTORIES, periods: each, warmUp: WARM_UP };
  }

  begin(random: RandomStream): void {
    this.#random = random;
    this.#one.simulator.reset({ phases: this.#scenario.phases ?? 1 });
    this.advance(WARM_UP);
  }

  advance(periods: number): DemandPath {
    const random = this.#random;
    if (random === null) throw new RangeError('a history that has not begun cannot go on');
    return follow(this.#one, periods, drawing(random));
  }

  facts(): ItemFacts {
    return factsOf(this.#one.simulator.view);
  }

  basis(): LevelBasis {
    return levelBasis(this.facts());
  }

  branch({ paths, horizon, uniforms }: BranchOptions): DemandPath {
    const lanes = this.#lanes(paths);
    lanes.simulator.copyLanes(this.#one.simulator, new Int32Array(paths));
    return follow(lanes, horizon, uniforms);
  }

  #lanes(count: number): Lanes {
    const lanes = this.#many.get(count) ?? lanesOf(this.#scenario, count, 0);
    this.#many.set(count, lanes);
    return lanes;
  }
}

/** Histories side by side cost little more than one. */
const HISTORIES = 32;
const SEEDS = 2 ** 30;

/** Numbers of a stream, for all lanes and dimensions. */
function drawing(random: RandomStream): BranchOptions['uniforms'] {
  return (_period, _dimension, into) => {
    for (let lane = 0; lane < into.length; lane++) into[lane] = random.next();
  };
}

/** Copies of the item side by side, nothing ordered. */
interface Lanes {
  readonly simulator: Simulator;
  readonly nothing: Float64Array;
  readonly uniforms: Float64Array;
}

function lanesOf(scenario: Scenario, lanes: number, seed: number): Lanes {
  const simulator = new Simulator({ scenario, lanes, seed, study: 'family ' });
  return { simulator, nothing: new Float64Array(lanes), uniforms: new Float64Array(simulator.uniformRows * lanes) };
}

/** Demand and forecasts of some periods, [lane][period]. */
function follow({ simulator, nothing, uniforms }: Lanes, periods: number, draw: BranchOptions['uniforms']): DemandPath {
  const { lanes, view, uniformRows } = simulator;
  const demands = new Float64Array(lanes * periods);
  const facts = factsOf(view);
  const writer = new BasisWriter(facts);
  const basis = basisSeries(levelBasis(facts), lanes * periods);
  for (let t = 0; t < periods; t++) {
    writeBasis(view, writer, basis, t, periods);
    for (let row = 0; row < uniformRows; row++) draw(t, row, uniforms.subarray(row * lanes, (row + 1) * lanes));
    simulator.step(nothing, uniforms);
    for (let lane = 0; lane < lanes; lane++) demands[lane * periods + t] = view.lastDemand[lane];
  }
  return { demands, basis };
}

/** Hot: what levels are measured by in all lanes. */
function writeBasis(view: StateView, writer: BasisWriter, basis: BasisSeries, t: number, periods: number): void {
  const { needed, spread } = basis;
  const cover = view.network.arcs[0].leadTime[0] + 1;
  for (let ahead = 0; ahead < cover; ahead++) {
    const means = view.forecastMean(0, ahead);
    const variances = view.forecastVariance(0, ahead);
    for (let lane = 0, at = t; lane < view.lanes; lane++, at += periods) {
      needed[at] = (ahead > 0 ? needed[at] : 0) + Math.max(LEAST_FORECAST, means[lane]);
      spread[at] = (ahead > 0 ? spread[at] : 0) + Math.max(LEAST_FORECAST, variances[lane]);
    }
  }
  for (let lane = 0, at = t; lane < view.lanes; lane++, at += periods) writer.write(basis, at, needed[at], spread[at]);
}

function factsOf(view: StateView): ItemFacts {
  return factsIn(view, itemPlace(view.network, 0, 0), { largestMean: Number.POSITIVE_INFINITY });
}
