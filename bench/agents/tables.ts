import type { Outcome } from './cell.ts';
import type { Asked, Study, Variant } from './studies.ts';

/** What a study came to with one agent. */
export interface Summary {
  readonly study: string;
  readonly agent: string;
  readonly cells: number;
  /** Null where no optimum is computed. */
  readonly meanGapPercent: number | null;
  readonly worstGapPercent: number | null;
  /** Cells in which the agent is cheaper than every baseline, its intervals excluding zero. Null where there are no baselines. */
  readonly cheaperThanAll: number | null;
  readonly longestSeconds: number;
  readonly longestCpuSeconds: number;
  readonly largestMegabytes: number;
  /** Is what was asked for held, as far as the cells go? Null where no figure is asked for. */
  readonly holds: boolean | null;
}

export function summarise(study: Study, agent: string, outcomes: readonly Outcome[]): Summary {
  const gaps = outcomes.flatMap(({ gapPercent }) => gapPercent ?? []);
  const figures = {
    meanGapPercent: gaps.length === 0 ? null : mean(gaps),
    worstGapPercent: gaps.length === 0 ? null : Math.max(...gaps),
    longestCpuSeconds: Math.max(...outcomes.map(({ cpuSeconds }) => cpuSeconds)),
  };
  const compared = outcomes.filter(({ differences }) => differences.length > 0);
  return {
    study: study.name,
    agent,
    cells: outcomes.length,
    ...figures,
    cheaperThanAll: compared.length === 0 ? null : compared.filter(isCheapest).length,
    longestSeconds: Math.max(...outcomes.map(({ seconds }) => seconds)),
    largestMegabytes: Math.max(...outcomes.map(({ peakMegabytes }) => peakMegabytes)),
    holds: holds(study.asked?.[agent] ?? study.asked?.any, figures),
  };
}

function isCheapest({ differences }: Outcome): boolean {
  return differences.every(({ mean, ci95 }) => (ci95?.[1] ?? mean) < 0);
}

/** Time is judged by CPU time: on a machine that others use, the clock tells what they do. */
function holds(
  asked: Asked | undefined,
  figures: Pick<Summary, 'meanGapPercent' | 'worstGapPercent' | 'longestCpuSeconds'>,
): boolean | null {
  if (asked === undefined || figures.meanGapPercent === null || figures.worstGapPercent === null) return null;
  const { mean = Infinity, worst = Infinity, seconds = Infinity } = asked;
  return figures.meanGapPercent <= mean && figures.worstGapPercent <= worst && figures.longestCpuSeconds <= seconds;
}

/** A study's cells with one agent in Markdown, under a line that sums them up. */
export function markdown(study: Study, summary: Summary, outcomes: readonly Outcome[]): string {
  const { agent, cells, meanGapPercent, worstGapPercent, cheaperThanAll } = summary;
  const parts = [
    `${cells} ${cells === 1 ? 'cell' : 'cells'}`,
    meanGapPercent === null ? '' : `mean gap ${meanGapPercent.toFixed(3)} %, worst ${worstGapPercent?.toFixed(3)} %`,
    cheaperThanAll === null ? '' : `cheaper than every baseline in ${cheaperThanAll}`,
    `longest training ${summary.longestSeconds.toFixed(0)} s (${summary.longestCpuSeconds.toFixed(0)} s of CPU)`,
    `${summary.largestMegabytes.toFixed(0)} MB`,
    summary.holds === null ? '' : summary.holds ? 'holds' : 'falls short',
  ];
  const table = outcomes.some(({ gapPercent }) => gapPercent !== null) ? gapTable(study, outcomes) : differenceTable(outcomes);
  return `**${study.name}, ${agent}**: ${parts.filter(Boolean).join('; ')}\n\n${table}`;
}

/** One row per variant but for the knob that goes across; the gap in percent, its interval and the seconds; of several seeds mean and worst. */
function gapTable({ variants, across }: Study, outcomes: readonly Outcome[]): string {
  const columns = across === undefined ? [undefined] : distinct(variants.map((variant) => String(variant[across])));
  const names = distinct(variants.flatMap(Object.keys)).filter((name) => name !== across);
  const rows = distinct(variants.map((variant) => rowOf(variant, names)));
  const cellsAt = (row: string, column: string | undefined) =>
    outcomes.filter(({ variant }) => rowOf(variant, names) === row && (across === undefined || String(variant[across]) === column));
  const head = [...names, ...columns.map((value) => (value === undefined ? 'gap, %' : `${across} ${value}`))];
  return tableOf(
    head,
    rows.map((row) => [...(names.length === 0 ? [] : row.split('\t')), ...columns.map((column) => gapText(cellsAt(row, column)))]),
  );
}

function rowOf(variant: Variant, names: readonly string[]): string {
  return names.map((name) => String(variant[name])).join('\t');
}

function gapText(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return 'not run';
  const seconds = `${Math.max(...outcomes.map((outcome) => outcome.seconds)).toFixed(0)} s`;
  const gaps = outcomes.map(({ gapPercent }) => gapPercent ?? Number.NaN);
  if (gaps.length > 1) return `mean ${mean(gaps).toFixed(3)}, worst ${Math.max(...gaps).toFixed(3)} of ${gaps.length} (${seconds})`;
  const [{ gapCi95 }] = outcomes;
  return `${gaps[0].toFixed(3)}${gapCi95 === null ? '' : ` ± ${((gapCi95[1] - gapCi95[0]) / 2).toFixed(3)}`} (${seconds})`;
}

/** One row per cell and baseline. */
function differenceTable(outcomes: readonly Outcome[]): string {
  const settings = (variant: Variant) =>
    Object.entries(variant)
      .map((pair) => pair.join(' '))
      .join(', ');
  return tableOf(
    ['setting', 'seed', 'cost', 'baseline', 'its cost', 'difference', 'gap to the bound left', 'seconds'],
    outcomes.flatMap(({ variant, seed, costPerPeriod, differences, clairvoyant, seconds }) =>
      differences.map(({ policy, costPerPeriod: other, mean: difference, ci95 }) => [
        settings(variant),
        String(seed),
        costPerPeriod.toFixed(4),
        policy,
        other.toFixed(4),
        `${difference.toFixed(4)}${ci95 === null ? '' : ` ± ${((ci95[1] - ci95[0]) / 2).toFixed(4)}`}`,
        clairvoyant === null ? '' : `${(100 * clairvoyant.gapLeft).toFixed(1)} %`,
        seconds.toFixed(0),
      ]),
    ),
  );
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
