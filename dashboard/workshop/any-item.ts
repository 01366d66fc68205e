import { tune } from '../../agents/index.ts';
import { compileNetwork, type Distribution, type Scenario } from '../../env/index.ts';
import { evaluate, makePolicy, usualFamily } from '../../experiments/index.ts';
import type { LoadedScenario } from '../../scenarios/index.ts';

/** What is tried of an item in place of the scenario's. */
export interface TriedItem {
  /** [money/unit] of demand that is lost, [money/unit/period] of demand that waits. */
  readonly shortageCost: number;
  /** [periods] */
  readonly leadTime: number;
  /** [units/period] */
  readonly mean: number;
  /** Variance over mean of a period's demand. */
  readonly spread: number;
}

interface Cost {
  readonly costPerPeriod: number;
  readonly ci95: readonly [number, number] | null;
}

/** What an item costs under the network for any item, and under the best classic policy, tuned for it. */
export interface Versus {
  readonly lanes: number;
  readonly periods: number;
  readonly universal: Cost;
  readonly classic: Cost & { readonly policy: string; readonly parameters: Readonly<Record<string, number>> };
  /** How much more universal costs, on the same demand: a part of the classic policy's cost, with its 95 % interval. */
  readonly difference: { readonly mean: number; readonly ci95: readonly [number, number] | null };
  /** Is the item outside the network's family, so that a fallback orders for it? */
  readonly outside: boolean;
}

/** Enough to tell half a percent, little enough to follow a slider. */
const SIZE = { lanes: 128, periods: 1500, laneSteps: 400_000 } as const;

export async function versusClassic(loaded: LoadedScenario, item: TriedItem, signal?: AbortSignal): Promise<Versus> {
  const scenario = withItem(loaded.scenario, item);
  const { policy, parameters } = tune({
    scenario,
    family: usualFamily(compileNetwork(scenario, 1)),
    laneSteps: SIZE.laneSteps,
    exactStates: 0,
    signal,
  });
  const universal = (await makePolicy('universal', { loaded: { ...loaded, scenario }, signal })).policy;
  const { lanes, periods } = SIZE;
  const { results, differences } = evaluate({ scenario, policies: [policy, universal], lanes, periods, seed: 1, signal });
  const [classic, own] = results;
  const [{ mean, ci95 }] = differences;
  const part = (money: number) => (classic.costPerPeriod > 0 ? money / classic.costPerPeriod : 0);
  return {
    lanes,
    periods,
    universal: { costPerPeriod: own.costPerPeriod, ci95: own.ci95 ?? null },
    classic: {
      policy: policy.name,
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, typeof value === 'number' ? value : value[0]]),
      ),
      costPerPeriod: classic.costPerPeriod,
      ci95: classic.ci95 ?? null,
    },
    difference: { mean: part(mean), ci95: ci95 ? [part(ci95[0]), part(ci95[1])] : null },
    outside: 'fallback' in universal.parameters,
  };
}

/** A scenario of one stock point and one source with another item in it; what becomes of unmet demand, and what an order costs, stay. */
export function withItem(scenario: Scenario, { shortageCost, leadTime, mean, spread }: TriedItem): Scenario {
  const [location] = scenario.locations;
  const [link] = scenario.links;
  const [demand] = scenario.demand;
  return {
    ...scenario,
    locations: [{ ...location, shortage: { ...location.shortage, cost: shortageCost } }],
    links: [{ ...link, leadTime }],
    demand: [{ ...demand, process: { kind: 'stationary', distribution: demandOf(mean, spread) } }],
  };
}

/** Counts with a mean and, as nearly as whole trials allow, a variance over it. */
function demandOf(mean: number, spread: number): Distribution {
  if (spread > 1) return { name: 'negative-binomial', mean, variance: spread * mean };
  if (spread === 1) return { name: 'poisson', mean };
  const trials = Math.max(Math.ceil(mean), Math.round(mean / (1 - spread)));
  return { name: 'binomial', trials, probability: mean / trials };
}
