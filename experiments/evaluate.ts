import type { Policy, PolicyParameters } from '../agents/index.ts';
import { COST_PARTS, type CostParts, type Scenario, Simulator, UserError } from '../env/index.ts';
import { type Estimate, estimate } from './statistics.ts';

export interface EvaluateOptions {
  readonly scenario: Scenario;
  readonly policies: readonly Policy[];
  /** Measured periods after the warm-up. A scenario that ends is run once through. Default 10,000. */
  readonly periods?: number;
  /** Rounded up to whole catalogues. Default 1,024. */
  readonly lanes?: number;
  readonly seed?: number;
  /** As in SimulatorOptions: evaluations of another study meet other demand under the same seed. */
  readonly study?: string;
  /** Where it is known. */
  readonly optimum?: Optimum | null;
  readonly signal?: AbortSignal;
  /** Called now and then with the part done, 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

/** The best possible policy, and what it costs by computation rather than by simulation. */
export interface Optimum {
  readonly policy: Policy;
  /** [money/period] */
  readonly costPerPeriod: number;
}

export interface PolicyResult {
  readonly policy: string;
  readonly parameters: PolicyParameters;
  /** [money/period] mean over lanes. */
  readonly costPerPeriod: number;
  readonly standardError: number | null;
  readonly ci95: readonly [number, number] | null;
  /** Part of demand served at once from stock; null where nothing was demanded. */
  readonly fillRate: number | null;
  /** Part of periods in which all demand was served at once. */
  readonly cycleServiceLevel: number;
  /** [money/period] each. */
  readonly costs: Readonly<Record<keyof CostParts, number>>;
  /** Cost above the optimum's on the same demand, in percent of the optimum's size, with its interval; where an optimum is known. */
  readonly gapPercent?: number;
  readonly gapCi95?: readonly [number, number] | null;
}

export interface PolicyDifference {
  readonly policy: string;
  readonly reference: string;
  /** [money/period] cost of the policy less that of the reference, on the same demand. */
  readonly mean: number;
  readonly ci95: readonly [number, number] | null;
}

export interface Evaluation {
  readonly scenario: string;
  readonly seed: number;
  readonly lanes: number;
  readonly periods: number;
  readonly results: readonly PolicyResult[];
  /** Each policy but the first against the first. */
  readonly differences: readonly PolicyDifference[];
  readonly optimum: { readonly costPerPeriod: number } | null;
}

/**
 * What policies cost in the long run, all on the same demand: the mean over lanes with its interval, and paired differences.
 * @throws UserError on a number of lanes or periods that cannot be run
 */
export function evaluate({
  scenario,
  policies,
  periods: asked,
  lanes: atLeast,
  seed = 0,
  study,
  optimum = null,
  signal,
  onProgress,
}: EvaluateOptions): Evaluation {
  const { items, lanes, periods } = evaluationSize(scenario, { lanes: atLeast, periods: asked });
  const all = optimum === null || policies.includes(optimum.policy) ? policies : [...policies, optimum.policy];
  const measured = all.map((policy, k) =>
    measure({ scenario, policy, lanes, periods, seed, study, signal, onProgress: (part) => onProgress?.((k + part) / all.length) }),
  );
  const runs = measured.slice(0, policies.length);
  const best = optimum === null ? null : { cost: measured[all.indexOf(optimum.policy)].cost, exact: optimum.costPerPeriod };
  return {
    scenario: scenario.id,
    seed,
    lanes,
    periods,
    results: runs.map(({ cost, ...rest }, k) => ({
      policy: policies[k].name,
      parameters: policies[k].parameters,
      ...asCost(estimate(cost, items)),
      ...rest,
      ...(best === null ? {} : gapTo(best, cost, items)),
    })),
    differences: runs.slice(1).map(({ cost }, k) => {
      const { mean, ci95 } = pairedDifference(cost, runs[0].cost, items);
      return { policy: policies[k + 1].name, reference: policies[0].name, mean, ci95 };
    }),
    optimum: optimum === null ? null : { costPerPeriod: optimum.costPerPeriod },
  };
}

/**
 * The size of an evaluation: lanes are whole catalogues, and what ends is run once through.
 * @throws UserError on a number that cannot be run
 */
export function evaluationSize(
  scenario: Scenario,
  { lanes = 1024, periods = 10_000 }: { readonly lanes?: number; readonly periods?: number },
): { readonly items: number; readonly lanes: number; readonly periods: number } {
  checkCount('lanes', lanes);
  checkCount('periods', periods);
  const items = scenario.laneNames?.length ?? 1;
  return {
    items,
    lanes: items * Math.ceil(lanes / items),
    periods: scenario.periods === null ? periods : scenario.periods - scenario.warmUp,
  };
}

/** Mean over lanes of what one policy costs more than another, lane by lane. */
export function pairedDifference(cost: Float64Array, reference: Float64Array, items: number): Estimate {
  return estimate(
    cost.map((own, lane) => own - reference[lane]),
    items,
  );
}

/** The optimum's own luck with the demand is taken off: only the difference is estimated. */
function gapTo(
  best: { readonly cost: Float64Array; readonly exact: number },
  cost: Float64Array,
  items: number,
): Pick<PolicyResult, 'gapPercent' | 'gapCi95'> {
  const { mean, ci95 } = pairedDifference(cost, best.cost, items);
  const percent = (difference: number) => (100 * difference) / Math.abs(best.exact);
  return { gapPercent: percent(mean), gapCi95: ci95 === null ? null : [percent(ci95[0]), percent(ci95[1])] };
}

function checkCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value > 0)) throw new UserError(`${name} ${value}: expected a whole number above 0`);
}

/** The cost of a policy by lane as it is reported. */
export function asCost({ mean, standardError, ci95 }: Estimate): Pick<PolicyResult, 'costPerPeriod' | 'standardError' | 'ci95'> {
  return { costPerPeriod: mean, standardError, ci95 };
}

export interface MeasureOptions extends Required<Pick<EvaluateOptions, 'scenario' | 'lanes' | 'periods' | 'seed'>> {
  readonly policy: Policy;
  readonly study?: string;
  readonly signal?: AbortSignal;
  readonly onProgress: (part: number) => void;
}

export interface Measured extends Pick<PolicyResult, 'fillRate' | 'cycleServiceLevel' | 'costs'> {
  /** [lane] [money/period] */
  readonly cost: Float64Array;
}

/** What a policy costs on each lane [money/period], and what else is reported of it. */
export function measure({ scenario, policy, lanes, periods, seed, study, signal, onProgress }: MeasureOptions): Measured {
  const simulator = new Simulator({ scenario, lanes, seed, study });
  const { view, network } = simulator;
  const orders = new Float64Array(network.arcs.length * lanes);
  const cost = new Float64Array(lanes);
  const totals = new Totals(simulator);
  for (let t = 0; t < scenario.warmUp + periods; t++) {
    if (t % PROGRESS_EVERY === 0) {
      signal?.throwIfAborted();
      onProgress(t / (scenario.warmUp + periods));
    }
    orders.fill(0);
    policy.order(view, orders);
    simulator.step(orders);
    if (t < scenario.warmUp) continue;
    for (let lane = 0; lane < lanes; lane++) cost[lane] += simulator.cost[lane];
    totals.add();
  }
  for (let lane = 0; lane < lanes; lane++) cost[lane] /= periods;
  return { cost, ...totals.perPeriod(periods) };
}

const PROGRESS_EVERY = 200;

/** Running sums over lanes and periods of what a result reports. */
class Totals {
  readonly #simulator: Simulator;
  readonly #parts = new Float64Array(COST_PARTS.length);
  #demanded = 0;
  #served = 0;
  #without = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  add(): void {
    const { costs, demand, served, lanes } = this.#simulator;
    COST_PARTS.forEach((part, k) => {
      const values = costs[part];
      let sum = 0;
      for (let lane = 0; lane < lanes; lane++) sum += values[lane];
      this.#parts[k] += sum;
    });
    for (let i = 0; i < demand.length; i++) {
      this.#demanded += demand[i];
      this.#served += served[i];
      if (served[i] >= demand[i]) this.#without++;
    }
  }

  perPeriod(periods: number): Pick<PolicyResult, 'fillRate' | 'cycleServiceLevel' | 'costs'> {
    const { lanes, demand } = this.#simulator;
    const part = (name: keyof CostParts) => this.#parts[COST_PARTS.indexOf(name)] / (lanes * periods);
    return {
      fillRate: this.#demanded > 0 ? this.#served / this.#demanded : null,
      cycleServiceLevel: this.#without / (demand.length * periods),
      costs: {
        holding: part('holding'),
        shortage: part('shortage'),
        fixed: part('fixed'),
        unit: part('unit'),
        transit: part('transit'),
        disposal: part('disposal'),
        overflow: part('overflow'),
        revenue: part('revenue'),
      },
    };
  }
}
