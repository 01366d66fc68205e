import type { Policy } from '../agents/index.ts';
import { countQuantile, type Scenario, Simulator } from '../env/index.ts';
import type { Frame, PolicyFrame } from './protocol.ts';
import type { Episode } from './source.ts';

export interface EpisodeOptions {
  readonly scenario: Scenario;
  /** What each is called and what it orders; all face the same demand. */
  readonly policies: readonly { readonly name: string; readonly policy: Policy }[];
  readonly seed: number;
  /** Which entry of the scenario's `laneNames`; where it has none, which replication. */
  readonly lane: number;
  readonly periods: number;
  /** [money/period] */
  readonly optimum?: number | null;
}

/**
 * An episode in the simulator. Each policy orders for the whole catalogue in a simulator of its own, seeded alike, so that every lane is the
 * one that an evaluation with this seed has; one lane is shown. Warm-up periods are played before the first frame and count in no total.
 */
export function simulatedEpisode({ scenario, policies, seed, lane, periods, optimum = null }: EpisodeOptions): Episode {
  const items = scenario.laneNames ?? [];
  const lanes = Math.max(1, items.length);
  const shown = lane % lanes;
  const runs = policies.map(({ policy }) => new PolicyRun({ policy, scenario, lanes, seed: seed + lane - shown, shown }));
  for (let period = 0; period < scenario.warmUp; period++) for (const run of runs) run.step();
  for (const run of runs) run.totalCost = 0;
  let played = 0;
  return {
    title: scenario.title,
    names: policies.map(({ name }) => name),
    items,
    periods: scenario.periods === null ? periods : Math.min(periods, scenario.periods - scenario.warmUp),
    optimum,
    step(): Frame {
      const forecast = runs[0].forecast();
      const frames = runs.map((run) => run.step());
      played++;
      return { period: played, demand: runs[0].demand(), forecast, policies: frames };
    },
  };
}

interface PolicyRunOptions {
  readonly policy: Policy;
  readonly scenario: Scenario;
  readonly lanes: number;
  readonly seed: number;
  readonly shown: number;
}

/** One policy at work; the numbers of one lane are read off. */
class PolicyRun {
  totalCost = 0;
  readonly #policy: Policy;
  readonly #simulator: Simulator;
  readonly #shown: number;
  readonly #orders: Float64Array;

  constructor({ policy, scenario, lanes, seed, shown }: PolicyRunOptions) {
    this.#policy = policy;
    this.#simulator = new Simulator({ scenario, lanes, seed });
    this.#shown = shown;
    this.#orders = new Float64Array(this.#simulator.network.arcs.length * lanes);
  }

  /** What can be known of the period's demand before the order. */
  forecast(): Frame['forecast'] {
    const { view, network } = this.#simulator;
    let mean = 0;
    let variance = 0;
    for (const [n, node] of network.nodes.entries()) {
      if (node.demand < 0) continue;
      mean += view.forecastMean(n, 0)[this.#shown];
      variance += view.forecastVariance(n, 0)[this.#shown];
    }
    return { mean, p10: countQuantile(mean, variance, 0.1), p90: countQuantile(mean, variance, 0.9) };
  }

  step(): PolicyFrame {
    const { view } = this.#simulator;
    const before = { onHand: this.#sum(view.onHand), backlog: this.#sum(view.backlog), onOrder: this.#sum(view.onOrder) };
    this.#orders.fill(0);
    this.#policy.order(view, this.#orders);
    this.#simulator.step(this.#orders);
    const cost = this.#simulator.cost[this.#shown];
    this.totalCost += cost;
    return {
      ...before,
      orders: this.#sum(this.#orders),
      served: this.#sum(this.#simulator.served),
      cost,
      totalCost: this.totalCost,
      costs: [],
    };
  }

  demand(): number {
    return this.#sum(this.#simulator.demand);
  }

  /** The shown lane over all rows of [row][lane]. */
  #sum(values: Float64Array): number {
    let sum = 0;
    for (let at = this.#shown; at < values.length; at += this.#simulator.lanes) sum += values[at];
    return sum;
  }
}
