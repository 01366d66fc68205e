import { type RandomStream, type Scenario, Simulator, type StateView } from '../../../env/index.ts';
import { LEAST_FORECAST } from '../demand-facts.ts';
import { factsIn, type ItemFacts, itemPlace } from '../item-facts.ts';
import { type LevelBasis, levelBasis } from '../quick-rule.ts';
import type { BranchOptions, DemandPath } from './demand-source.ts';
import { type BasisSeries, BasisWriter, basisSeries } from './level-series.ts';
import { drawing, type MovingLanes } from './moving-demand.ts';

/** [periods] What the state of a demand begins with is no usual one. */
const WARM_UP = 20;
const SEEDS = 2 ** 30;

/** Demand of any kind, as the simulator draws and forecasts it: copies of the item side by side, nothing ordered. */
export class SimulatedLanes implements MovingLanes<SimulatedLanes> {
  readonly #simulator: Simulator;
  readonly #nothing: Float64Array;
  readonly #uniforms: Float64Array;

  constructor(scenario: Scenario, lanes: number) {
    this.#simulator = new Simulator({ scenario, lanes, study: 'family ' });
    this.#nothing = new Float64Array(lanes);
    this.#uniforms = new Float64Array(this.dimensions * lanes);
  }

  get dimensions(): number {
    return this.#simulator.uniformRows;
  }

  start(random: RandomStream): void {
    const { scenario } = this.#simulator.network;
    this.#simulator.reset({ phases: scenario.phases ?? 1, seed: random.integer(SEEDS) });
    this.follow(WARM_UP, drawing(random));
  }

  copy(others: SimulatedLanes): void {
    this.#simulator.copyLanes(others.#simulator, new Int32Array(this.#simulator.lanes));
  }

  follow(periods: number, draw: BranchOptions['uniforms']): DemandPath {
    const { lanes, view } = this.#simulator;
    const demands = new Float64Array(lanes * periods);
    const facts = this.facts();
    const writer = new BasisWriter(facts);
    const basis = basisSeries(levelBasis(facts), lanes * periods);
    for (let t = 0; t < periods; t++) {
      writeBasis(view, writer, basis, { t, periods, cover: facts.longest + 1 });
      for (let row = 0; row < this.dimensions; row++) draw(t, row, this.#uniforms.subarray(row * lanes, (row + 1) * lanes));
      this.#simulator.step(this.#nothing, this.#uniforms);
      for (let lane = 0; lane < lanes; lane++) demands[lane * periods + t] = view.lastDemand[lane];
    }
    return { demands, basis };
  }

  facts(): ItemFacts {
    const { view } = this.#simulator;
    return factsIn(view, itemPlace(view.network, 0, 0), { largestMean: Number.POSITIVE_INFINITY });
  }

  basis(): LevelBasis {
    return levelBasis(this.facts());
  }
}

interface BasisPlace {
  readonly t: number;
  readonly periods: number;
  /** [periods] that an order must last for. */
  readonly cover: number;
}

/** Hot: what levels are measured by in all lanes. */
function writeBasis(view: StateView, writer: BasisWriter, basis: BasisSeries, { t, periods, cover }: BasisPlace): void {
  const { needed, spread } = basis;
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
