import { UserError } from '../env/index.ts';
import type { ForecastRecord, LoadedScenario } from '../scenarios/index.ts';
import { breathe, type CompareOptions } from './compare.ts';
import { asCost, type Evaluation, evaluationSize, measure, type PolicyResult, pairedDifference } from './evaluate.ts';
import { makePolicy } from './policy-spec.ts';
import { estimate } from './statistics.ts';

/** A knob, or a path of a field, and the values that it is to have. */
export interface Vary {
  readonly name: string;
  readonly values: readonly string[];
}

export interface CompareVariantsOptions extends Omit<CompareOptions, 'loaded'> {
  readonly vary: readonly Vary[];
  /** Loads the scenario with `name=value` settings. */
  readonly load: (settings: readonly string[]) => Promise<LoadedScenario>;
}

type Settings = Readonly<Record<string, string>>;

export interface VariantResult extends PolicyResult {
  /** Values of the variant, by what is varied. */
  readonly settings: Settings;
}

export interface Variant {
  readonly settings: Settings;
  /** What was forecast with; null where nothing is. */
  readonly forecasts: ForecastRecord | null;
}

export interface VariantComparison extends Evaluation {
  readonly variants: readonly Variant[];
  /** By variant. A policy is called by its name and its variant's settings. */
  readonly results: readonly VariantResult[];
}

/** How many variants one comparison may have. */
const MOST_VARIANTS = 1000;

/**
 * The same policies in variants of a scenario, tuned for each of them unless their parameters are given, all with the same random numbers: where a variant does not
 * change the demand, on the same demand. Differences are those of each policy between a variant and the first one.
 * @throws UserError where a variant cannot be loaded, or has another number of items
 */
export async function compareVariants(options: CompareVariantsOptions): Promise<VariantComparison> {
  const { vary, load, policies, runs = [], seed = 0, signal, onProgress, onMessage } = options;
  const all = combinations(vary);
  const variants: Variant[] = [];
  const results: VariantResult[] = [];
  const differences: Evaluation['differences'][number][] = [];
  const reference = new Map<string, { readonly policy: string; readonly cost: Float64Array }>();
  let head: Pick<Evaluation, 'scenario' | 'lanes' | 'periods'> | null = null;
  for (const [k, settings] of all.entries()) {
    const told = describe(settings);
    const progress = (part: number, doing: string) => onProgress?.((k + part) / all.length, `${doing}, ${told}`);
    progress(0, 'loading');
    const loaded = await load(Object.entries(settings).map(([name, value]) => `${name}=${value}`));
    const { items, lanes, periods } = evaluationSize(loaded.scenario, options);
    head ??= { scenario: loaded.scenario.id, lanes, periods };
    if (lanes !== head.lanes) {
      throw new UserError(
        `--vary: ${lanes} lanes where ${told}, ${head.lanes} before; expected variants of as many items: leave this one out`,
      );
    }
    variants.push({ settings, forecasts: loaded.catalogue?.forecasts ?? null });
    const specs = [...runs.map((run) => `run:${run}`), ...(policies ?? loaded.document.baselines)];
    for (const [n, spec] of specs.entries()) {
      progress((n + 0.1) / specs.length, spec);
      await breathe();
      const { policy } = await makePolicy(spec, { loaded, seed, signal, onMessage });
      const { cost, ...rest } = measure({ scenario: loaded.scenario, policy, lanes, periods, seed, signal, onProgress: () => {} });
      const name = `${policy.name}, ${told}`;
      results.push({ settings, policy: name, parameters: policy.parameters, ...asCost(estimate(cost, items)), ...rest });
      const first = reference.get(spec);
      if (first === undefined) reference.set(spec, { policy: name, cost });
      else {
        const { mean, ci95 } = pairedDifference(cost, first.cost, items);
        differences.push({ policy: name, reference: first.policy, mean, ci95 });
      }
    }
  }
  if (head === null) throw new UserError('--vary: nothing to vary; expected name=value,value, for example --vary leadTime=1,2,4');
  return { ...head, seed, variants, results, differences, optimum: null };
}

function describe(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function combinations(vary: readonly Vary[]): Settings[] {
  let all: Settings[] = vary.length > 0 ? [{}] : [];
  for (const { name, values } of vary) {
    all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
    if (all.length > MOST_VARIANTS)
      throw new UserError(`--vary: ${all.length} variants; expected at most ${MOST_VARIANTS}: give fewer values`);
  }
  return all;
}

/**
 * Reads `name=value,value` or `name=1..6`.
 * @throws UserError where it is neither, or gives a value twice
 */
export function readVary(given: string): Vary {
  const at = given.indexOf('=');
  const name = given.slice(0, Math.max(0, at));
  const listed = given.slice(at + 1);
  const range = /^(-?\d+)\.\.(-?\d+)$/.exec(listed);
  const values = range ? wholeNumbers(Number(range[1]), Number(range[2])) : listed.split(',').map((value) => value.trim());
  if (at < 1 || values.length === 0 || values.includes('')) {
    throw new UserError(`--vary ${given}: expected name=value,value or name=first..last; for example --vary leadTime=1..4`);
  }
  const twice = values.find((value, k) => values.indexOf(value) !== k);
  if (twice !== undefined) throw new UserError(`--vary ${given}: ${twice} is given twice; expected each value once`);
  return { name, values };
}

function wholeNumbers(first: number, last: number): string[] {
  return Array.from({ length: Math.max(0, Math.min(MOST_VARIANTS + 1, last - first + 1)) }, (_, k) => String(first + k));
}
