import type { Policy } from '../../agents/index.ts';
import type { Scenario } from '../../env/index.ts';
import { evaluationSize, makePolicy, measure, train } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';
import { cheaperThan, type Opponent } from './cheaper-than.ts';
import { SEED } from './family-items.ts';

export interface CataloguesOptions {
  /** Whose network is measured; left out: those that ship. */
  readonly run?: string;
  /** Presets whose demand is forecast from sales. */
  readonly scenarios: readonly string[];
  /** Changes to them: other data, for instance. */
  readonly set: readonly string[];
  /** Usual policies, tuned for each item. Left out: all that a scenario names, which takes a quarter of an hour for two thousand items. */
  readonly against?: readonly string[];
  readonly lanes: number;
  readonly periods: number;
  /** Agents are trained for a catalogue with seeds 1 to this; none is more like the truth than their mean. 0: none is. */
  readonly trainings: number;
}

interface Contestant {
  readonly name: string;
  /** One for each training; else one. */
  readonly policies: readonly Policy[];
}

/**
 * Catalogues of items that the network has never seen, ordered for by their forecasts: beside the scenario's usual policies, tuned for each item, and beside agents that were trained for the
 * catalogue; on simulated demand, and on the held-out periods as they happened.
 */
export async function catalogues({ run, scenarios, set, against, trainings, ...size }: CataloguesOptions) {
  const measured: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const id of scenarios) {
    const onMessage = (line: string) => console.error(line);
    const loaded = await loadScenario(id, { set, onMessage });
    const own = await makePolicy(run === undefined ? 'universal' : `run:${run}`, { loaded, onMessage });
    const agents = trainings > 0 ? [{ name: 'ppo', policies: await trainedAgents(loaded, trainings) }] : [];
    const contestants = [
      { name: 'universal', policies: [own.policy] },
      ...agents,
      ...(await usualPolicies(loaded, against ?? loaded.document.baselines)),
    ];
    const { scenario, catalogue } = loaded;
    const heldOut = catalogue === null ? null : contest(catalogue.heldOut, contestants, { lanes: 1 });
    console.error(`${id}: ${JSON.stringify({ heldOut })}`);
    measured[id] = { set, simulated: contest(scenario, contestants, size), heldOut };
    console.error(`${id}: ${JSON.stringify(measured[id])}`);
  }
  return measured;
}

async function trainedAgents(loaded: LoadedScenario, trainings: number): Promise<Policy[]> {
  const agents: Policy[] = [];
  for (let seed = 1; seed <= trainings; seed++) {
    const { run } = await train({ loaded, agent: 'ppo', seed, evaluation: null, curvePoints: 1 });
    agents.push((await makePolicy(`run:${run}`, { loaded })).policy);
    console.error(`ppo, seed ${seed}: trained`);
  }
  return agents;
}

async function usualPolicies(loaded: LoadedScenario, specs: readonly string[]): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  for (const spec of specs) {
    const { policy } = await makePolicy(spec, { loaded });
    contestants.push({ name: policy.name, policies: [policy] });
  }
  return contestants;
}

/** The first one's cost, and how much cheaper it is than each of the others on the same demand. */
function contest(scenario: Scenario, contestants: readonly Contestant[], asked: { readonly lanes: number; readonly periods?: number }) {
  const { items, lanes, periods } = evaluationSize(scenario, asked);
  const measured = contestants.map(({ name, policies }): Opponent => {
    const runs = policies.map((policy) => measure({ scenario, policy, lanes, periods, seed: SEED, onProgress: () => {} }));
    return { name, costs: runs.map(({ cost }) => cost), fillRates: runs.map(({ fillRate }) => fillRate) };
  });
  return { items, lanes, periods, ...cheaperThan(measured[0], measured.slice(1), items) };
}
