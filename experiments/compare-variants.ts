import { UserError } from '../env/index.ts';
import { asCost, type Evaluation, type PolicyResult, pairedDifference } from './evaluate.ts';
import { type MeasuredVariant, type MeasureVariantOptions, measureVariant } from './measure-variant.ts';
import { estimate } from './statistics.ts';
import { assignments, combinations, type Settings, type Vary } from './vary.ts';

export interface CompareVariantsOptions extends Omit<MeasureVariantOptions, 'settings'> {
  readonly vary: readonly Vary[];
}

export interface VariantResult extends PolicyResult {
  /** Values of the variant, by what is varied. */
  readonly settings: Settings;
}

export interface Variant extends Pick<MeasuredVariant, 'settings' | 'forecasts'> {}

export interface VariantComparison extends Evaluation {
  readonly variants: readonly Variant[];
  /** By variant. A policy is called by its name and its variant's settings. */
  readonly results: readonly VariantResult[];
}

/**
 * The same policies in variants of a scenario, tuned for each of them unless their parameters are given, all with the same random numbers: where a variant does not
 * change the demand, on the same demand. Differences are those of each policy between a variant and the first one.
 * @throws UserError where a variant cannot be loaded, or has another number of items
 */
export async function compareVariants({ vary, ...options }: CompareVariantsOptions): Promise<VariantComparison> {
  const all = combinations(vary);
  const measured: MeasuredVariant[] = [];
  for (const [k, settings] of all.entries()) {
    const onProgress = (part: number, doing: string) => options.onProgress?.((k + part) / all.length, doing);
    measured.push(await measureVariant({ ...options, settings, onProgress }));
    checkLanes(measured);
  }
  return joinVariants(measured, options.seed ?? 0);
}

/** @throws UserError where the last of them has other lanes than the first */
export function checkLanes(measured: readonly MeasuredVariant[]): void {
  const [first, last] = [measured[0], measured[measured.length - 1]];
  if (first.lanes === last.lanes) return;
  const told = assignments(last.settings).join(' ');
  throw new UserError(
    `--vary: ${last.lanes} lanes where ${told}, ${first.lanes} before; expected variants of as many items: leave this one out`,
  );
}

/** Variants that were measured one by one as one comparison. */
export function joinVariants(measured: readonly MeasuredVariant[], seed: number): VariantComparison {
  const results: VariantResult[] = [];
  const differences: Evaluation['differences'][number][] = [];
  const reference = new Map<string, { readonly policy: string; readonly cost: Float64Array }>();
  for (const { settings, items, policies } of measured) {
    for (const { spec, name, parameters, cost, ...rest } of policies) {
      const policy = `${name}, ${assignments(settings).join(' ')}`;
      results.push({ settings, policy, parameters, ...asCost(estimate(cost, items)), ...rest });
      const first = reference.get(spec);
      if (first === undefined) reference.set(spec, { policy, cost });
      else {
        const { mean, ci95 } = pairedDifference(cost, first.cost, items);
        differences.push({ policy, reference: first.policy, mean, ci95 });
      }
    }
  }
  const [{ scenario, lanes, periods }] = measured;
  const variants = measured.map(({ settings, forecasts }) => ({ settings, forecasts }));
  return { scenario, lanes, periods, seed, variants, results, differences, optimum: null };
}
