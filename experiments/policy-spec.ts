import {
  baselines,
  buildBaseline,
  holdsUniversalNetwork,
  type Policy,
  restoreActingNetwork,
  restoreUniversalNetwork,
  tune,
  type UniversalNetwork,
  universal,
} from '../agents/index.ts';
import { UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { recordedInterface } from './agent-interface.ts';
import { agentPolicy } from './agent-policy.ts';
import { findOptimum } from './optimum.ts';
import { readArchive } from './runs/artefacts.ts';
import { readRun } from './runs/store.ts';
import { type UniversalPolicyOptions, universalPolicy } from './universal-policy.ts';

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
  /** Told where a policy is not what was asked for. */
  readonly onMessage?: (message: string) => void;
}

const UNIVERSAL = 'universal';

/** What a policy can be called on the command line. */
export function policyNames(): string[] {
  return [...Object.keys(baselines), 'optimal', UNIVERSAL, 'run:ID'];
}

/**
 * Makes the policy that a specification asks for: `name` (its parameters tuned for the scenario), `name:key=value,key=value` (given), `optimal`,
 * `universal` (one network for any item of its family; `universal:force=1` for others too), or `run:ID` (a trained agent).
 * @throws UserError on an unknown name or parameter, or where the policy does not fit the scenario
 */
export async function makePolicy(spec: string, options: MakePolicyOptions): Promise<MadePolicy> {
  const { loaded, seed = 0, signal } = options;
  const at = spec.indexOf(':');
  const name = at < 0 ? spec : spec.slice(0, at);
  if (name === 'run') return loadRunPolicy(spec.slice(at + 1), options);
  if (name === 'optimal') return makeOptimal(loaded);
  if (name === UNIVERSAL) return { policy: universalPolicy({ ...universalOptions(options), force: readForce(spec) }), how: 'trained' };
  if (!Object.hasOwn(baselines, name)) throw new UserError(`policy "${spec}": expected one of ${policyNames().join(', ')}`);
  if (at >= 0) return { policy: buildBaseline(name, parseParameters(spec, spec.slice(at + 1))), how: 'given' };
  const { policy, how, costPerPeriod, standardError } = tune({ scenario: loaded.scenario, family: name, seed, signal });
  return { policy, how, costPerPeriod, standardError };
}

function universalOptions({ loaded: { scenario, document }, ...search }: MakePolicyOptions): UniversalPolicyOptions {
  return { scenario, baselines: document.baselines, ...search };
}

function readForce(spec: string): boolean {
  const at = spec.indexOf(':');
  if (at < 0) return false;
  const { force, ...others } = parseParameters(spec, spec.slice(at + 1));
  if (Object.keys(others).length === 0 && (force === 0 || force === 1)) return force === 1;
  throw new UserError(`policy "${spec}": expected universal, or universal:force=1 for items outside its family too`);
}

function makeOptimal(loaded: LoadedScenario): MadePolicy {
  const { policy, solver, costPerPeriod } = findOptimum(loaded);
  return { policy, how: solver, costPerPeriod, standardError: 0 };
}

/** The parameters in `name:key=value,key=value`. @throws UserError */
export function policyParameters(spec: string): Record<string, number> {
  return parseParameters(spec, spec.slice(spec.indexOf(':') + 1));
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

/**
 * The network of a run that was trained for a family.
 * @throws UserError where there is no such run, or it is of one scenario
 */
export async function loadRunNetwork(run: string): Promise<UniversalNetwork> {
  return restoreUniversalNetwork(await readArchive(run, 'checkpoint/policy'));
}

/**
 * What `run:` is followed by: a run's id for the agent as training left it, ID@best for it as it was at the cheapest point of its learning curve.
 * Without a place, one that was trained for a family orders for items of that family only.
 * @throws UserError where there is no such run, or it is damaged
 */
export async function loadRunPolicy(spec: string, place?: MakePolicyOptions): Promise<MadePolicy> {
  const [run, which = 'last'] = spec.split('@');
  if (which !== 'last' && which !== 'best') throw new UserError(`policy "run:${spec}": expected run:ID, or run:ID@best`);
  const record = await readRun(run);
  const archive = await readArchive(run, which === 'best' ? 'checkpoint/best' : 'checkpoint/policy');
  const name = `run:${spec}`;
  if (holdsUniversalNetwork(archive)) {
    const own = { networks: [restoreUniversalNetwork(archive)], name };
    return { policy: place === undefined ? universal(own) : universalPolicy({ ...universalOptions(place), ...own }), how: 'trained' };
  }
  const network = restoreActingNetwork(archive);
  const parameters = { agent: record.agent, steps: record.steps };
  return {
    policy: agentPolicy({ name, parameters, network, agentInterface: recordedInterface(record.agentInterface, run) }),
    how: 'trained',
  };
}
