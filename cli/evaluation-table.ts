import { decimalsFor, interval, number, parameters, percent, share, table } from './tables.ts';

type Pair = readonly [number, number] | null;

/** What the tables need of an evaluation. */
export interface ShownEvaluation {
  readonly results: readonly ShownResult[];
  readonly differences?: readonly { readonly policy: string; readonly reference: string; readonly mean: number; readonly ci95: Pair }[];
  readonly optimum?: { readonly costPerPeriod: number } | null;
  readonly clairvoyant?: { readonly costPerPeriod: number; readonly ci95: Pair } | null;
}

export interface ShownResult {
  readonly policy: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly costPerPeriod: number;
  readonly ci95: Pair;
  readonly fillRate: number | null;
  readonly cycleServiceLevel: number;
  readonly costs: Readonly<Record<string, number>>;
  readonly gapPercent?: number | null;
}

/** Costs of policies side by side, their differences, and the optimum. */
export async function evaluationTable({ results, differences = [], optimum, clairvoyant }: ShownEvaluation): Promise<string> {
  const parts = costParts(results);
  const decimals = decimalsFor(Math.max(...results.map(({ costPerPeriod }) => Math.abs(costPerPeriod))));
  const gaps = results.some(({ gapPercent }) => typeof gapPercent === 'number');
  const columns = [
    { title: 'policy', align: 'left' as const },
    { title: 'cost per period' },
    ...(gaps ? [{ title: 'gap' }] : []),
    ...parts.map((title) => ({ title })),
    { title: 'fill rate' },
    { title: 'cycle service' },
    { title: 'parameters', align: 'left' as const },
  ];
  const rows = results.map((result) => [
    result.policy,
    interval(result.costPerPeriod, result.ci95, decimals),
    ...(gaps ? [percent(result.gapPercent)] : []),
    ...parts.map((part) => number(result.costs[part], decimals)),
    share(result.fillRate),
    share(result.cycleServiceLevel),
    parameters(result.parameters),
  ]);
  const lines = [await table(columns, rows)];
  if (differences.length > 0) lines.push('', await differenceTable(differences, decimals));
  if (optimum) lines.push('', `Optimum: ${number(optimum.costPerPeriod)} per period`);
  if (clairvoyant) {
    const bound = interval(clairvoyant.costPerPeriod, clairvoyant.ci95, decimals);
    lines.push('', `Clairvoyant bound: ${bound} per period; nobody could have gone below who knew all demand`);
  }
  return lines.join('\n');
}

function differenceTable(differences: NonNullable<ShownEvaluation['differences']>, decimals: number): Promise<string> {
  const columns = [
    { title: 'policy', align: 'left' as const },
    { title: 'against', align: 'left' as const },
    { title: 'difference on the same demand' },
    { title: '', align: 'left' as const },
  ];
  return table(
    columns,
    differences.map(({ policy, reference, mean, ci95 }) => [policy, reference, interval(mean, ci95, decimals), verdict(ci95)]),
  );
}

function verdict(ci95: Pair): string {
  if (ci95 === null) return '';
  if (ci95[1] < 0) return 'cheaper';
  return ci95[0] > 0 ? 'dearer' : 'no difference shown';
}

/** Parts of the cost that are not zero everywhere, in the order in which they are given. */
function costParts(results: readonly ShownResult[]): string[] {
  const names = [...new Set(results.flatMap(({ costs }) => Object.keys(costs)))];
  return names.filter((name) => results.some(({ costs }) => (costs[name] ?? 0) !== 0));
}
