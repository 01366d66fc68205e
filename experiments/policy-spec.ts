import { baselines, buildBaseline, type Policy, restoreActingNetwork, tune } from '../agents/index.ts';
import { OBSERVATION_PARTS, type ObservationPart, UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { type AgentInterface, agentPolicy } from './agent-policy.ts';
import { findOptimum } from './optimum.ts';
import { readArchive } from './runs/artefacts.ts';
import { readRun } from './runs/store.ts';

/** A policy that was asked for by its name. */
export interface MadePolicy {
  readonly policy: Policy;
  /** Where its parameters come from. */
  readonly how: string;
  /** [money/period] where the making of it told. */
  readonly costPerPeriod?: number;
  readonly standardError?: number;
}

export interface MakePolicyOptions {
  readonly loaded: LoadedScenario;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** What a policy can be called on the command line. */
export function policyNames(): string[] {
  return [...Object.keys(baselines), 'optimal', 'run:ID'];
}

/**
 * Makes the policy that a specification asks for: `name` (its parameters tuned for the scenario), `name:key=value,key=value` (given), `optimal`, or
 * `run:ID` (a trained agent).
 * @throws UserError on an unknown name or parameter, or where the policy does not fit the scenario
 */
export async function makePolicy(spec: string, { loaded, seed = 0, signal }: MakePolicyOptions): Promise<MadePolicy> {
  const at = spec.indexOf(':');
  const name = at < 0 ? spec : spec.slice(0, at);
  if (name === 'run') return makeRunPolicy(spec.slice(at + 1));
  if (name === 'optimal') return makeOptimal(loaded);
  if (!Object.hasOwn(baselines, name)) throw new UserError(`policy "${spec}": expected one of ${policyNames().join(', ')}`);
  if (at >= 0) return { policy: buildBaseline(name, parseParameters(spec, spec.slice(at + 1))), how: 'given' };
  const { policy, how, costPerPeriod, standardError } = tune({ scenario: loaded.scenario, family: name, seed, signal });
  return { policy, how, costPerPeriod, standardError };
}

function makeOptimal(loaded: LoadedScenario): MadePolicy {
  const { policy, solver, costPerPeriod } = findOptimum(loaded);
  return { policy, how: solver, costPerPeriod, standardError: 0 };
}

function parseParameters(spec: string, text: string): Record<string, number> {
  const entries = text.split(',').map((part) => {
    const [key, value, ...more] = part.split('=');
    const number = Number(value);
    if (more.length > 0 || !key || value === undefined || value === '' || Number.isNaN(number)) {
      throw new UserError(`policy "${spec}": "${part}"; expected name:key=number,key=number, for example base-stock:S=25`);
    }
    return [key, number] as const;
  });
  return Object.fromEntries(entries);
}

/** `run:ID` is the agent as training left it, `run:ID@best` as it was at the cheapest point of its learning curve. */
async function makeRunPolicy(spec: string): Promise<MadePolicy> {
  const [run, which = 'last'] = spec.split('@');
  if (which !== 'last' && which !== 'best') throw new UserError(`policy "run:${spec}": expected run:ID, or run:ID@best`);
  const record = await readRun(run);
  const network = restoreActingNetwork(await readArchive(run, which === 'best' ? 'checkpoint/best' : 'checkpoint/policy'));
  const name = `run:${spec}`;
  const parameters = { agent: record.agent, steps: record.steps };
  return { policy: agentPolicy({ name, parameters, network, agentInterface: interfaceOf(record.agentInterface, run) }), how: 'trained' };
}

/** What the run's agent saw and chose from, read back from its record. */
function interfaceOf({ actions, observation }: Readonly<Record<string, unknown>>, run: string): AgentInterface {
  const damaged = () => new UserError(`run "${run}": run.json is damaged: agentInterface; restore the file`);
  if (!Array.isArray(observation) || typeof actions !== 'object' || actions === null || !('kind' in actions)) throw damaged();
  const parts = observation.filter((part): part is ObservationPart => OBSERVATION_PARTS.includes(part));
  if (parts.length < observation.length) throw damaged();
  const number = (key: string) => {
    const value: unknown = Reflect.get(actions, key);
    return typeof value === 'number' ? value : undefined;
  };
  if (actions.kind === 'quantity') return { actions: { kind: 'quantity', max: number('max') }, observation: parts };
  if (actions.kind === 'order-up-to') {
    return { actions: { kind: 'order-up-to', levels: number('levels'), from: number('from'), to: number('to') }, observation: parts };
  }
  if (actions.kind === 'continuous') {
    return { actions: { kind: 'continuous', max: number('max'), whole: Reflect.get(actions, 'whole') === true }, observation: parts };
  }
  if (actions.kind === 'multiple') {
    const of = Reflect.get(actions, 'of') === 'forecast' ? 'forecast' : 'mean';
    return { actions: { kind: 'multiple', of, step: number('step'), max: number('max') }, observation: parts };
  }
  throw damaged();
}
