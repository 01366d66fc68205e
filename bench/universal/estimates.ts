import {
  buildBaseline,
  type FoldedItem,
  itemFacts,
  itemPlace,
  type Policy,
  stateLength,
  tune,
  type UniversalNetwork,
} from '../../agents/index.ts';
import { compileNetwork, type Distribution, type Scenario } from '../../env/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { firstItems, mean, SEED } from './family-items.ts';
import { demandMoments, demandOf, type Moments, pastOf, soldMoments } from './past-demand.ts';

const PERIODS = [20, 50, 200];
const SIZE = { lanes: 128, periods: 1_000 };
const TUNING_STEPS = 300_000;
/** Past periods that a kind's usual ratio of variance to mean counts for. */
const PRIOR_PERIODS = 20;

/** What it costs to know demand only from the past: policies made from estimates, each against the network that knows the truth, in percent. */
export async function estimates({ network, items: count }: { readonly network: UniversalNetwork; readonly items: number }) {
  const items = (await firstItems(count, { family: 'lost-sales', network })).filter(({ facts }) => facts.leadTime > 0);
  const usualRatio = mean(items.map(({ facts }) => Math.log(facts.varianceRatio)));
  const rows = new Map<string, number[]>();
  for (const { k, scenario, facts } of items) {
    const known = tune({ scenario, family: 'capped-base-stock', laneSteps: TUNING_STEPS, exactStates: 0 }).parameters;
    const low = { S: Math.max(1, Math.round(0.8 * Number(known.S))), r: Math.max(1, Math.round(Number(known.r))) };
    for (const periods of PERIODS) {
      const free = pastOf(scenario, periods, { seed: SEED + k, levels: null });
      const censored = pastOf(scenario, periods, { seed: SEED + k, levels: low });
      const beliefs: Readonly<Record<string, Moments>> = {
        seen: soldMoments(free),
        'as sold': soldMoments(censored),
        'product limit': demandMoments(censored),
      };
      const names: string[] = [];
      const policies: Policy[] = [ordersFor(scenario, network)];
      for (const [name, moments] of Object.entries(beliefs)) {
        const believed = withDemand(scenario, demandOf(moments));
        for (const family of ['capped-base-stock', 'base-stock']) {
          policies.push(
            buildBaseline(family, numbers(tune({ scenario: believed, family, laneSteps: TUNING_STEPS, exactStates: 0 }).parameters)),
          );
          names.push(`${periods} ${name}: ${family}`);
        }
        policies.push(ordersFor(believed, network));
        names.push(`${periods} ${name}: universal`);
        const shrunk = shrink(moments, periods, usualRatio);
        policies.push(ordersFor(withDemand(scenario, demandOf(shrunk)), network));
        names.push(`${periods} ${name}: universal, variance drawn to its kind's`);
        policies.push(ordersFor(withDemand(scenario, demandOf(widen(moments, periods))), network));
        names.push(`${periods} ${name}: universal, wider`);
      }
      const { results } = evaluate({ scenario, policies, ...SIZE, seed: SEED });
      names.forEach((name, at) => {
        const gaps = rows.get(name) ?? [];
        gaps.push(100 * (results[at + 1].costPerPeriod / results[0].costPerPeriod - 1));
        rows.set(name, gaps);
      });
    }
    console.error(`item ${k}, mean ${facts.mean.toFixed(1)}`);
  }
  return {
    items: items.length,
    rows: Array.from(rows, ([name, gaps]) => ({ name, mean: mean(gaps), standardError: standardError(gaps) })),
  };
}

function standardError(all: readonly number[]): number {
  const middle = mean(all);
  return Math.sqrt(mean(all.map((one) => (one - middle) ** 2)) / Math.max(1, all.length - 1));
}

/** A variance beyond what demand does by itself: the mean is not known exactly either. */
function widen({ mean: middle, variance }: Moments, periods: number): Moments {
  return { mean: middle, variance: variance * (1 + 1 / periods) * (1 + Math.sqrt(2 / periods)) };
}

function shrink({ mean: middle, variance }: Moments, periods: number, usualRatio: number): Moments {
  const own = Math.log(Math.max(0.1, variance / Math.max(0.02, middle)));
  const ratio = (periods * own + PRIOR_PERIODS * usualRatio) / (periods + PRIOR_PERIODS);
  return { mean: middle, variance: middle * Math.exp(ratio) };
}

function withDemand(scenario: Scenario, distribution: Distribution): Scenario {
  return { ...scenario, demand: [{ ...scenario.demand[0], process: { kind: 'stationary', distribution } }] };
}

function numbers(parameters: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, Number(value)]));
}

/** The network as the policy of one item that it believes to be another. */
function ordersFor(believed: Scenario, network: UniversalNetwork): Policy {
  const item: FoldedItem = network.fold(itemFacts(itemPlace(compileNetwork(believed, 1), 0, 0)));
  const state = new Float64Array(stateLength(item.facts));
  return {
    name: 'universal',
    parameters: {},
    order(view, orders) {
      for (let lane = 0; lane < view.lanes; lane++) {
        for (let i = 0; i < state.length; i++) state[i] = i === 0 ? view.onHand[lane] : view.arriving(0, i)[lane];
        orders[lane] = network.order(item, state, 0);
      }
    },
  };
}
