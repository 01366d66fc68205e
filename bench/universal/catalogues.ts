import type { Policy } from '../../agents/index.ts';
import { type Evaluation, evaluate, makePolicy, train } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';
import { SEED } from './family-items.ts';

export interface CataloguesOptions {
  /** Whose network is measured; left out: those that ship. */
  readonly run?: string;
  /** Presets whose demand is forecast from sales. */
  readonly scenarios: readonly string[];
  readonly lanes: number;
  readonly periods: number;
  /** Of the agent's training. */
  readonly seed: number;
}

/**
 * Catalogues of items that the network has never seen, ordered for by their forecasts: beside the scenario's usual policies, tuned for each item, and beside an agent that was trained for the
 * catalogue; on simulated demand, and on the held-out periods as they happened.
 */
export async function catalogues({ run, scenarios, seed, ...size }: CataloguesOptions) {
  const measured: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const id of scenarios) {
    const loaded = await loadScenario(id, { onMessage: (line) => console.error(line) });
    const onMessage = (line: string) => console.error(line);
    const own = await makePolicy(run === undefined ? 'universal' : `run:${run}`, { loaded, onMessage });
    const policies = [own.policy, await trainedAgent(loaded, seed), ...(await usualPolicies(loaded))];
    const { scenario, catalogue } = loaded;
    const simulated = evaluate({ scenario, policies, ...size, seed: SEED });
    const heldOut = catalogue === null ? null : evaluate({ scenario: catalogue.heldOut, policies, lanes: 1, seed: SEED });
    measured[id] = { simulated: against(simulated), heldOut: heldOut === null ? null : against(heldOut) };
    console.error(`${id}: ${JSON.stringify(measured[id])}`);
  }
  return measured;
}

async function trainedAgent(loaded: LoadedScenario, seed: number): Promise<Policy> {
  const { run } = await train({ loaded, agent: 'ppo', seed, evaluation: null, curvePoints: 1 });
  return (await makePolicy(`run:${run}`, { loaded })).policy;
}

async function usualPolicies(loaded: LoadedScenario): Promise<Policy[]> {
  const policies: Policy[] = [];
  for (const spec of loaded.document.baselines) policies.push((await makePolicy(spec, { loaded })).policy);
  return policies;
}

/** The network's cost, and how much cheaper it is than each of the others on the same demand, in percent of theirs. */
function against({ results, differences, lanes, periods }: Evaluation) {
  const [own, ...others] = results;
  return {
    lanes,
    periods,
    costPerPeriod: own.costPerPeriod,
    ci95: own.ci95,
    others: others.map(({ policy, costPerPeriod }, k) => {
      const percent = (money: number) => (-100 * money) / costPerPeriod;
      const { mean, ci95 } = differences[k];
      return {
        policy: policy.startsWith('run:') ? 'ppo' : policy,
        costPerPeriod,
        percent: percent(mean),
        ci95: ci95 === null ? null : [percent(ci95[1]), percent(ci95[0])],
      };
    }),
  };
}
