import type { HelloMessage, StoredEvaluation } from '../../protocol.ts';

type Result = StoredEvaluation['results'][number];

/** One policy in one evaluation. */
export interface Row extends Result {
  readonly key: string;
  /** What the policy is called elsewhere on the page. */
  readonly name: string;
  readonly evaluation: StoredEvaluation;
}

/** Names of policies by what evaluations call them: trained agents by what tells them apart. */
export function namesOf(
  { policies, runs }: Pick<HelloMessage, 'policies' | 'runs'>,
  called: (title: string) => string,
): ReadonlyMap<string, string> {
  return new Map([
    ...policies.map(({ spec, title }) => [spec, called(title)] as const),
    ...runs.map(({ run, title }) => [`run:${run}`, called(title)] as const),
  ]);
}

/** Rows of the same scenario with the same settings: what can be compared. */
export interface Group {
  readonly key: string;
  readonly scenario: string;
  readonly settings: string;
  readonly rows: readonly Row[];
}

/** By scenario and settings; in each the rows as they come. */
export function groupsOf(rows: readonly Row[]): Group[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.evaluation.scenario, [...row.evaluation.settings].sort()]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .map(([key, own]) => {
      const [{ evaluation }] = own;
      return { key, scenario: evaluation.scenario, settings: evaluation.settings.join(', '), rows: own };
    })
    .sort((a, b) => words.compare(a.scenario, b.scenario) || words.compare(a.settings, b.settings));
}

/** Numbers in words by their value: leadTime=2 comes before leadTime=10. */
const words = new Intl.Collator('en', { numeric: true });

export function rowsOf(evaluations: readonly StoredEvaluation[], names: ReadonlyMap<string, string>): Row[] {
  return evaluations.flatMap((evaluation) =>
    evaluation.results.map((result, k) => ({
      ...result,
      evaluation,
      key: `${evaluation.id} ${k}`,
      name: names.get(result.policy) ?? result.policy,
    })),
  );
}

/** What a column sorts by; null comes last. */
export const COLUMNS = {
  policy: ({ name }: Row) => name,
  scenario: ({ evaluation }: Row) => evaluation.scenario,
  settings: ({ evaluation }: Row) => evaluation.settings.join(' '),
  costPerPeriod: ({ costPerPeriod }: Row) => costPerPeriod,
  gapPercent: ({ gapPercent }: Row) => gapPercent,
  fillRate: ({ fillRate }: Row) => fillRate,
  cycleServiceLevel: ({ cycleServiceLevel }: Row) => cycleServiceLevel,
  lanes: ({ evaluation }: Row) => evaluation.lanes,
  at: ({ evaluation }: Row) => evaluation.at,
} as const satisfies Readonly<Record<string, (row: Row) => string | number | null>>;

export type Column = keyof typeof COLUMNS;

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** Rows that are alike in the column stand by scenario, settings and cost. */
const AFTER: readonly Column[] = ['scenario', 'settings', 'costPerPeriod'];

export function sorted(rows: readonly Row[], { column, descending }: Order): Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const first = difference(COLUMNS[column](a), COLUMNS[column](b), sign);
    return AFTER.reduce((found, next) => found || difference(COLUMNS[next](a), COLUMNS[next](b)), first);
  });
}

/** Below 0 where `a` comes first; nothing comes last, either way round. */
function difference(a: string | number | null, b: string | number | null, sign = 1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b)));
}

/** A sweep: evaluations of one scenario that differ in one setting. */
export interface Sweep {
  readonly scenario: string;
  readonly knob: string;
  /** Ascending. */
  readonly values: readonly number[];
  /** The cheapest first. */
  readonly policies: readonly { readonly policy: string; readonly costs: readonly (number | null)[] }[];
}

/** The sweeps among evaluations: at least three values of a number, all else equal. The latest evaluation of a value counts. */
export function sweepsOf(evaluations: readonly StoredEvaluation[]): Sweep[] {
  const groups = new Map<string, { scenario: string; knob: string; found: Map<number, StoredEvaluation> }>();
  for (const evaluation of evaluations) {
    for (const setting of evaluation.settings) {
      const [knob, written] = [setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1)];
      const value = Number(written);
      if (written.trim() === '' || !Number.isFinite(value)) continue;
      const others = evaluation.settings.filter((other) => other !== setting).sort();
      const key = JSON.stringify([evaluation.scenario, knob, others]);
      const group = groups.get(key) ?? { scenario: evaluation.scenario, knob, found: new Map() };
      if (!group.found.has(value)) group.found.set(value, evaluation);
      groups.set(key, group);
    }
  }
  return [...groups.values()].filter(({ found }) => found.size >= 3).map(sweepOf);
}

function sweepOf({ scenario, knob, found }: { scenario: string; knob: string; found: ReadonlyMap<number, StoredEvaluation> }): Sweep {
  const values = [...found.keys()].sort((a, b) => a - b);
  const names = [...new Set([...found.values()].flatMap(({ results }) => results.map(({ policy }) => policy)))];
  const costOf = (policy: string, value: number) =>
    found.get(value)?.results.find((result) => result.policy === policy)?.costPerPeriod ?? null;
  const policies = names
    .map((policy) => ({ policy, costs: values.map((value) => costOf(policy, value)) }))
    .map((line) => ({ ...line, total: line.costs.reduce<number>((sum, cost) => sum + (cost ?? Infinity), 0) }))
    .sort((a, b) => (a.total === b.total ? 0 : a.total - b.total));
  return { scenario, knob, values, policies };
}
