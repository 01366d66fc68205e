import type { Demand, DemandProcessSpec, OutsideIndex } from '../env/index.ts';
import type { DemandForm } from './demand-schema.ts';
import { PROCESS_KINDS, type ProcessContext } from './process-kinds.ts';
import { toDistribution } from './to-distribution.ts';

export interface DemandOptions {
  /** Path of the form, for messages. */
  readonly path: string;
  /** Number of periods of the scenario, or null. */
  readonly periods: number | null;
  /** Folder against which the paths of files are read. */
  readonly folder: string;
  /** The scenario's indices by their id. */
  readonly indices: ReadonlyMap<string, OutsideIndex>;
  /** What `kind: forecast` stands for. */
  readonly forecast?: DemandProcessSpec;
}

/**
 * A line of a scenario's demand as the simulator takes it.
 * @throws UserError naming the field, its value and what was expected
 */
export function toDemand({ location, item, ...form }: DemandForm, options: DemandOptions): Demand {
  return { location, item, process: toProcess(form, { ...options, location, item }) };
}

function toProcess(form: Readonly<Record<string, unknown>>, context: Omit<ProcessContext, 'base'>): DemandProcessSpec {
  const { kind = 'stationary', base, ...rest } = form;
  if (kind === 'stationary') return { kind: 'stationary', distribution: toDistribution(rest, context.path) };
  const known = PROCESS_KINDS[String(kind)];
  return known.make(form, { ...context, base: () => toBase(form, Object.keys(known.shape), context) });
}

/** What a kind modulates: the process under `base`, or the distribution that stands beside its own fields. */
function toBase(form: Readonly<Record<string, unknown>>, own: readonly string[], context: Omit<ProcessContext, 'base'>): DemandProcessSpec {
  const { base, kind: _kind, ...rest } = form;
  if (isRecord(base)) return toProcess(base, { ...context, path: `${context.path}.base` });
  const parameters = Object.fromEntries(Object.entries(rest).filter(([name]) => !own.includes(name)));
  return { kind: 'stationary', distribution: toDistribution(parameters, context.path) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
