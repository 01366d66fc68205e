import type { VariantComparison, VariantResult } from '../compare-variants.ts';
import { assignments, type Settings } from '../vary.ts';

/** A comparison of variants as it is drawn and tabulated. */
export interface Sweep {
  /** What runs across: what has the most values. */
  readonly across: string;
  readonly values: readonly string[];
  /** The other settings, one after the other; one empty one where nothing else is varied. */
  readonly panels: readonly Settings[];
  /** What the policies are called where the variant is known. */
  readonly policies: readonly string[];
  /** [panel][policy][value] null where a variant is missing. */
  readonly results: readonly (readonly (readonly (VariantResult | null)[])[])[];
}

/** Lays a comparison of variants out by what is varied most. */
export function sweepOf({ variants, results }: Pick<VariantComparison, 'variants' | 'results'>): Sweep {
  const names = Object.keys(variants[0].settings);
  const valuesOf = (name: string) => [...new Set(variants.map(({ settings }) => settings[name]))];
  const across = names.reduce((best, name) => (valuesOf(name).length > valuesOf(best).length ? name : best), names[0]);
  const values = valuesOf(across);
  const rest = ({ [across]: _, ...others }: Settings) => others;
  const key = (settings: Settings) => JSON.stringify(rest(settings));
  const panels = [...new Map(variants.map(({ settings }) => [key(settings), rest(settings)])).values()];
  const count = results.length / variants.length;
  const at = (panel: Settings, policy: number, x: string) => {
    const k = variants.findIndex(({ settings }) => settings[across] === x && key(settings) === JSON.stringify(panel));
    return k < 0 ? null : results[k * count + policy];
  };
  const policies = distinct(results.slice(0, count));
  return {
    across,
    values,
    panels,
    policies,
    results: panels.map((panel) => policies.map((_, policy) => values.map((x) => at(panel, policy, x)))),
  };
}

/** Names without their variant; with their parameters where two would be called the same. */
function distinct(results: readonly VariantResult[]): string[] {
  const names = results.map(({ policy, settings }) => policy.slice(0, policy.length - assignments(settings).join(' ').length - 2));
  return names.map((name, k) => {
    if (names.filter((other) => other === name).length === 1) return name;
    const parameters = Object.entries(results[k].parameters).map(([key, value]) => `${key}=${value}`);
    return `${name}:${parameters.join(',')}`;
  });
}
