import type { Environment, StepResult } from './environment.ts';
import { createStream } from './random.ts';
import { componentCount, contains, sample } from './spaces.ts';

export interface CheckOptions {
  /** Steps taken in each of the two runs that are compared. Default 100. */
  readonly steps?: number;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * Tries an environment against the contract, as Gymnasium's `check_env` does, and says in words what it does wrong. No problems: an empty list.
 * The environment is reset and stepped with random actions.
 */
export function checkEnvironment(environment: Environment, { steps = 100, seed = 1 }: CheckOptions = {}): string[] {
  const problems = checkSpaces(environment);
  if (problems.length > 0) return problems;
  const first = run(environment, { steps, seed, problems });
  const second = run(environment, { steps, seed, problems: [] });
  const differs = first.findIndex((step, t) => !sameStep(step, second[t]));
  if (differs >= 0) problems.push(`seed ${seed} twice gave different results from step ${differs} on: every draw must come from the seed`);
  const other = run(environment, { steps, seed: seed + 1, problems: [] });
  if (first.length > 1 && first.every((step, t) => sameStep(step, other[t]))) {
    problems.push(`seeds ${seed} and ${seed + 1} gave the same ${first.length} results: the seed is not used (or nothing is random here)`);
  }
  return [...new Set([...problems, ...checkRefusals(environment, seed)])];
}

function checkSpaces({ observationSpace, actionSpace }: Environment): string[] {
  const problems: string[] = [];
  const { names, low, high } = observationSpace;
  if (names.length === 0) problems.push('observationSpace has no component');
  if (low.length !== names.length || high.length !== names.length) {
    problems.push(`observationSpace names ${names.length} components but bounds ${low.length} below and ${high.length} above`);
  }
  if (new Set(names).size < names.length) problems.push('observationSpace names two components alike');
  names.forEach((name, k) => {
    if (low[k] > high[k]) problems.push(`observationSpace: "${name}" has its lower bound ${low[k]} above its upper bound ${high[k]}`);
  });
  const counts = actionSpace.kind === 'discrete' ? [actionSpace.count] : actionSpace.kind === 'multi-discrete' ? actionSpace.counts : [];
  for (const count of counts) {
    if (!(Number.isInteger(count) && count > 0))
      problems.push(`actionSpace has a component of ${count} choices; expected a whole number above 0`);
  }
  return problems;
}

interface Step {
  readonly observation: Float32Array;
  readonly reward: number;
  readonly ended: boolean;
}

function run(environment: Environment, { steps, seed, problems }: { steps: number; seed: number; problems: string[] }): Step[] {
  const random = createStream(seed, 'check actions');
  const taken: Step[] = [];
  let { observation, info } = environment.reset({ seed });
  if (typeof info !== 'object') problems.push('reset returns no info');
  checkObservation(environment, observation, 'reset', problems);
  taken.push({ observation, reward: 0, ended: false });
  for (let t = 0; t < steps; t++) {
    const action = sample(environment.actionSpace, random.next);
    const before = observation.slice();
    const result = environment.step(environment.actionSpace.kind === 'discrete' ? action[0] : action);
    if (!sameNumbers(before, observation)) problems.push('step rewrites the observation that it handed out before: hand out a copy');
    checkResult(environment, result, problems);
    observation = result.observation;
    const ended = result.terminated || result.truncated;
    taken.push({ observation, reward: result.reward, ended });
    if (ended) observation = environment.reset().observation;
  }
  return taken;
}

function checkResult(environment: Environment, result: StepResult, problems: string[]): void {
  checkObservation(environment, result.observation, 'step', problems);
  if (typeof result.reward !== 'number' || !Number.isFinite(result.reward))
    problems.push(`step returns the reward ${result.reward}; expected a finite number`);
  for (const key of ['terminated', 'truncated'] as const) {
    if (typeof result[key] !== 'boolean') problems.push(`step returns ${key} = ${result[key]}; expected true or false`);
  }
  if (typeof result.info !== 'object') problems.push('step returns no info');
}

function checkObservation({ observationSpace }: Environment, observation: Float32Array, from: string, problems: string[]): void {
  if (!(observation instanceof Float32Array)) {
    problems.push(`${from} returns an observation that is no Float32Array`);
    return;
  }
  if (observation.length !== componentCount(observationSpace)) {
    problems.push(`${from} returns an observation of ${observation.length} numbers; the space has ${componentCount(observationSpace)}`);
  } else if (!contains(observationSpace, observation)) {
    const k = observation.findIndex((x, i) => !(x >= observationSpace.low[i] && x <= observationSpace.high[i]));
    problems.push(
      `${from} returns "${observationSpace.names[k]}" = ${observation[k]}, outside ${observationSpace.low[k]} to ${observationSpace.high[k]}`,
    );
  }
}

function checkRefusals(environment: Environment, seed: number): string[] {
  const { actionSpace } = environment;
  const outside = new Array(componentCount(actionSpace)).fill(actionSpace.kind === 'box' ? Number.NaN : -1);
  environment.reset({ seed });
  try {
    environment.step(outside);
  } catch {
    return [];
  }
  return [`step takes the action [${outside}], which is not in the action space: refuse it`];
}

function sameStep(a: Step, b: Step | undefined): boolean {
  return b !== undefined && a.reward === b.reward && a.ended === b.ended && sameNumbers(a.observation, b.observation);
}

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((x, k) => Object.is(x, b[k]));
}
