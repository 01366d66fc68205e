import type { PolicyParameters } from '../agents/index.ts';
import { UserError } from '../env/index.ts';
import type { ForecastRecord, LoadedScenario } from '../scenarios/index.ts';
import { breathe, type CompareOptions } from './compare.ts';
import { evaluationSize, type Measured, measure } from './evaluate.ts';
import { makePolicy } from './policy-spec.ts';
import { assignments, type Settings } from './vary.ts';

export interface MeasureVariantOptions extends Omit<CompareOptions, 'loaded'> {
  readonly settings: Settings;
  /** Loads the scenario with `name=value` settings. */
  readonly load: (settings: readonly string[]) => Promise<LoadedScenario>;
}

/** Policies in one variant of a scenario, lane by lane: what differences between variants are made of. */
export interface MeasuredVariant {
  readonly settings: Settings;
  readonly scenario: string;
  /** Lanes that belong together as one catalogue. */
  readonly items: number;
  readonly lanes: number;
  readonly periods: number;
  /** What was forecast with; null where nothing is. */
  readonly forecasts: ForecastRecord | null;
  readonly policies: readonly MeasuredPolicy[];
}

export interface MeasuredPolicy extends Measured {
  /** As it was asked for. */
  readonly spec: string;
  readonly name: string;
  readonly parameters: PolicyParameters;
}

/**
 * Measures the policies, tuned for the variant unless their parameters are given.
 * @throws UserError that names the variant, where it cannot be loaded or a policy does not fit it
 */
export async function measureVariant({
  settings,
  load,
  policies,
  runs = [],
  seed = 0,
  signal,
  onProgress,
  onMessage,
  ...size
}: MeasureVariantOptions): Promise<MeasuredVariant> {
  const told = assignments(settings).join(' ');
  onProgress?.(0, `loading, ${told}`);
  const loaded = await within(told, () => load(assignments(settings)));
  const { scenario } = loaded;
  const { items, lanes, periods } = evaluationSize(scenario, size);
  const specs = [...runs.map((run) => `run:${run}`), ...(policies ?? loaded.document.baselines)];
  const measured: MeasuredPolicy[] = [];
  for (const [n, spec] of specs.entries()) {
    onProgress?.((n + 0.1) / specs.length, `${spec}, ${told}`);
    await breathe();
    const { policy } = await within(told, () => makePolicy(spec, { loaded, seed, signal, onMessage }));
    const result = measure({ scenario, policy, lanes, periods, seed, signal, onProgress: () => {} });
    measured.push({ spec, name: policy.name, parameters: policy.parameters, ...result });
  }
  return { settings, scenario: scenario.id, items, lanes, periods, forecasts: loaded.catalogue?.forecasts ?? null, policies: measured };
}

async function within<T>(told: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof UserError ? new UserError(`where ${told}: ${error.message}`) : error;
  }
}
