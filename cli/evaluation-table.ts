import { decimalsFor, interval, number, parameters, percent, share, table } from './tables.ts';

type Pair = readonly [number, number] | null;

/** What the tables need of an evaluation. */
export interface ShownEvaluation {
  readonly periods?: number;
  readonly results: readonly ShownResult[];
  readonly differences?: readonly { readonly policy: string; readonly reference: string; readonly mean: number; readonly ci95: Pair }[];
  readonly optimum?: { readonly costPerPeriod: number } | null;
  readonly forecasts?: ShownForecasts;
  readonly variants?: readonly { readonly settings: Readonly<Record<string, string>>; readonly forecasts: ShownForecasts | null }[];
  readonly lowerBound?: { readonly costPerPeriod: number; readonly assumes: string };
  readonly clairvoyant?: { readonly costPerPeriod: number; readonly ci95: Pair; readonly periods: number } | null;
}

interface ShownForecasts {
  readonly reader: string;
  readonly embedder: string | null;
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
  readonly gapLeftPercent?: number | null;
}

/** Costs of policies side by side, their differences, and the optimum. */
export async function evaluationTable(shown: ShownEvaluation): Promise<string> {
  const { periods, results, differences = [], optimum, clairvoyant, lowerBound } = shown;
  const parts = costParts(results);
  const decimals = decimalsFor(Math.max(...results.map(({ costPerPeriod }) => Math.abs(costPerPeriod))));
  const gaps = results.some(({ gapPercent }) => typeof gapPercent === 'number');
  const left = results.some(({ gapLeftPercent }) => typeof gapLeftPercent === 'number');
  const columns = [
    { title: 'policy', align: 'left' as const },
    { title: 'cost per period' },
    ...(gaps ? [{ title: 'gap' }] : []),
    ...(left ? [{ title: 'gap left' }] : []),
    ...parts.map((title) => ({ title })),
    { title: 'fill rate' },
    { title: 'cycle service' },
    { title: 'parameters', align: 'left' as const },
  ];
  const rows = results.map((result) => [
    result.policy,
    interval(result.costPerPeriod, result.ci95, decimals),
    ...(gaps ? [percent(result.gapPercent)] : []),
    ...(left ? [share((result.gapLeftPercent ?? Number.NaN) / 100)] : []),
    ...parts.map((part) => number(result.costs[part], decimals)),
    share(result.fillRate),
    share(result.cycleServiceLevel),
    parameters(result.parameters),
  ]);
  const lines = [await table(columns, rows)];
  if (differences.length > 0) lines.push('', await differenceTable(differences, decimals));
  const readers = [
    ...new Set([shown.forecasts ?? [], ...(shown.variants ?? []).map(({ forecasts }) => forecasts ?? [])].flat().map(readBy)),
  ];
  if (readers.length > 0) lines.push('', `Forecasts: ${readers.join('; ')}`);
  if (optimum) lines.push('', `Optimum: ${number(optimum.costPerPeriod)} per period`);
  if (lowerBound) {
    lines.push('', `Lower bound: ${number(lowerBound.costPerPeriod)} per period, as if ${lowerBound.assumes}; no policy costs less`);
    const best = results.filter(({ ci95 }) => ci95 !== null && ci95[0] <= lowerBound.costPerPeriod).map(({ policy }) => policy);
    if (best.length > 0) lines.push(`At it, as far as this simulation can tell: ${best.join(', ')}`);
  }
  if (clairvoyant) {
    const bound = interval(clairvoyant.costPerPeriod, clairvoyant.ci95, decimals);
    const over = clairvoyant.periods === periods ? '' : ` over ${clairvoyant.periods} periods`;
    lines.push('', `Clairvoyant bound: ${bound} per period${over}; nobody could have gone below who knew all demand`);
    const best = atBound(results, clairvoyant);
    if (best.length > 0) lines.push(`Nothing can be cheaper than what is at the bound: ${best.join(', ')}`);
    if (left) lines.push('Gap left: of what lies between the cheapest baseline and the bound');
  }
  return lines.join('\n');
}

function readBy({ reader, embedder }: ShownForecasts): string {
  if (reader === 'oracle') return 'the oracle knows the truth';
  return embedder === null ? 'from numbers alone' : `texts read by ${embedder}`;
}

/** Policies that cost no more than a bound that is the same on every lane. */
function atBound(
  results: readonly ShownResult[],
  { costPerPeriod, ci95 }: { readonly costPerPeriod: number; readonly ci95: Pair },
): string[] {
  const nothing = 1e-6 * Math.abs(costPerPeriod);
  if (ci95 === null || ci95[1] - ci95[0] > nothing) return [];
  return results.filter((result) => result.costPerPeriod <= costPerPeriod + nothing).map(({ policy }) => policy);
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
