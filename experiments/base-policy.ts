import { baselineFamily, type Policy, tune } from '../agents/index.ts';
import { UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { evaluate } from './evaluate.ts';
import { makePolicy } from './policy-spec.ts';

/** Size and demand of the comparison of baselines: never seen in training, nor in the evaluations that are reported. */
const COMPARISON = { lanes: 128, periods: 500, study: 'base ' } as const;
/** Less than tuning takes elsewhere: what is started from need not be the very best of its family. */
const TUNING_STEPS = 500_000;

/**
 * The policy specification that an improvement starts from: the one asked for, or the cheapest of the scenario's baselines, with its parameters where they can be
 * written down.
 * @throws UserError where nothing is asked for and the scenario names no baseline
 */
export async function settleBase(spec: string, { loaded, seed }: { loaded: LoadedScenario; seed: number }): Promise<string> {
  if (spec !== '') return printed(spec, await basePolicy(spec, { loaded, seed }));
  const { baselines, id } = loaded.document;
  const made = [];
  for (const baseline of baselines) made.push({ spec: baseline, policy: await basePolicy(baseline, { loaded, seed }) });
  if (made.length === 0)
    throw new UserError(`agent.base: "${id}" names no baselines to start from; give one, for example agent.base=base-stock`);
  const { results } = evaluate({ scenario: loaded.scenario, policies: made.map(({ policy }) => policy), ...COMPARISON, seed });
  const costs = results.map(({ costPerPeriod }) => costPerPeriod);
  const cheapest = made[costs.indexOf(Math.min(...costs))];
  return printed(cheapest.spec, cheapest.policy);
}

/** The policy of a specification, its parameters tuned quickly where none are given. */
export async function basePolicy(spec: string, { loaded, seed }: { loaded: LoadedScenario; seed: number }): Promise<Policy> {
  if (spec.includes(':') || spec === 'optimal') return (await makePolicy(spec, { loaded, seed })).policy;
  const items = loaded.scenario.laneNames?.length ?? 1;
  const laneSteps = Math.max(TUNING_STEPS, 15_000 * items);
  return tune({ scenario: loaded.scenario, family: baselineFamily(spec).name, seed, laneSteps, exactStates: 0 }).policy;
}

/** With its parameters, so that it need not be tuned again; catalogues have too many to be written down. */
function printed(spec: string, { parameters }: Policy): string {
  const entries = Object.entries(parameters);
  if (spec.includes(':') || entries.length === 0 || entries.some(([, value]) => typeof value !== 'number')) return spec;
  return `${spec}:${entries.map(([name, value]) => `${name}=${value}`).join(',')}`;
}
