import type { LoadedScenario } from '../scenarios/index.ts';
import { evaluate, type Optimum } from './evaluate.ts';
import { type Comparison, withGapLeft } from './gap-left.ts';
import { optimumIfAny } from './optimum.ts';
import { makePolicy } from './policy-spec.ts';

export type { Comparison } from './gap-left.ts';

export interface CompareOptions {
  readonly loaded: LoadedScenario;
  /** Policy specifications; default: the scenario's baselines, and `optimal` where it can be computed. */
  readonly policies?: readonly string[];
  /** Runs whose agents take part. */
  readonly runs?: readonly string[];
  readonly periods?: number;
  readonly lanes?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number, doing: string) => void;
  /** Told where a policy is not what was asked for. */
  readonly onMessage?: (message: string) => void;
}

/** Evaluates the policies that were asked for, tuned where no parameters are given, all on the same demand. */
export async function compare({
  loaded,
  policies,
  runs = [],
  seed = 0,
  signal,
  onProgress,
  onMessage,
  ...size
}: CompareOptions): Promise<Comparison> {
  const specs = [...runs.map((run) => `run:${run}`), ...(policies ?? loaded.document.baselines)];
  const made = [];
  let optimum: Optimum | null = null;
  for (const [k, spec] of specs.entries()) {
    onProgress?.(k / (2 * specs.length), `tuning ${spec}`);
    await breathe();
    const policy = await makePolicy(spec, { loaded, seed, signal, onMessage });
    if (spec === 'optimal' && policy.costPerPeriod !== undefined) optimum = { policy: policy.policy, costPerPeriod: policy.costPerPeriod };
    made.push(policy.policy);
  }
  if (policies === undefined) optimum = optimumIfAny(loaded);
  if (policies === undefined && optimum !== null) made.push(optimum.policy);
  const evaluated = evaluate({
    scenario: loaded.scenario,
    policies: made,
    seed,
    optimum,
    signal,
    onProgress: (part) => onProgress?.(0.5 + part / 2, 'evaluating'),
    ...size,
  });
  const evaluation = loaded.catalogue === null ? evaluated : { ...evaluated, forecasts: loaded.catalogue.forecasts };
  const trained = specs.map((spec) => spec.startsWith('run:'));
  if (loaded.document.solver !== null || (policies !== undefined && !trained.includes(true))) return evaluation;
  onProgress?.(0.99, 'bounding');
  await breathe();
  const baselines = made.map((policy, k) => (trained[k] ? null : policy));
  return withGapLeft(evaluation, { scenario: loaded.scenario, baselines, signal });
}

/** Lets signals in between two long computations. */
export function breathe(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
