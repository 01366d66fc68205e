import type { ComparedResult, Comparison } from '../gap-left.ts';
import type { Drawing } from './charts/drawing.ts';
import { intervalChart } from './charts/interval-chart.ts';
import { seriesColour } from './charts/palette.ts';
import { partsChart } from './charts/parts-chart.ts';
import { type Block, type Cell, type Column, type Section, textOf } from './document.ts';
import type { RunFacts, ScenarioFacts } from './facts.ts';
import { decimalsOf, figure, parametersOf, shareOf, signed, span } from './figures.ts';
import type { Labels } from './labels.ts';

type Results = readonly ComparedResult[];

/** What the runs cost, alone and beside the scenario's policies: with intervals, differences on the same demand, and parts. */
export function costSections(facts: ScenarioFacts, labels: Labels, drawing: Drawing, anchor: string): Section[] {
  const { comparison, runs } = facts;
  const own = runs.flatMap(({ evaluation }) => evaluation?.results ?? []);
  const results = comparison?.results ?? own;
  if (results.length === 0) return [];
  const blocks: Block[] = [];
  if (comparison !== null) blocks.push(...compared(comparison, labels, drawing, anchor));
  if (own.length > 0) blocks.push(ownTable(runs, labels));
  return [
    { id: `${anchor}-costs`, title: 'What they cost', blocks },
    { id: `${anchor}-parts`, title: 'What the costs consist of', blocks: parts(results, labels, drawing, anchor) },
  ];
}

function compared(comparison: Comparison, labels: Labels, drawing: Drawing, anchor: string): Block[] {
  const { results, optimum, clairvoyant, lanes, periods, seed } = comparison;
  const decimals = decimalsOf(Math.max(...results.map(({ costPerPeriod }) => Math.abs(costPerPeriod))));
  const reference = optimum ?? clairvoyant ?? null;
  const bound = optimum ? 'optimum' : 'clairvoyant bound';
  const chart = intervalChart(drawing, {
    name: `${anchor}-cost-chart`,
    title: 'Cost per period with 95 % intervals',
    description: `${results.map(({ policy, costPerPeriod }) => `${labels.of(policy)} ${textOf(figure(costPerPeriod, decimals))}`).join('; ')}.`,
    rows: cheapestFirst(results).map((result) => ({
      label: labels.of(result.policy),
      value: result.costPerPeriod,
      ci95: result.ci95,
      text: textOf(figure(result.costPerPeriod, decimals)),
      colour: labels.isRun(result.policy) ? seriesColour(1) : seriesColour(0),
    })),
    xLabel: 'cost per period [money]',
    reference: reference
      ? { value: reference.costPerPeriod, label: `${bound} ${textOf(figure(reference.costPerPeriod, decimals))}` }
      : undefined,
  });
  const size = `${lanes.toLocaleString('en-US')} lanes of ${periods.toLocaleString('en-US')} periods each, seed ${seed}`;
  return [
    { kind: 'text', text: `All policies met the same demand: ${size}. Intervals are 95 % intervals of the mean.` },
    { kind: 'chart', chart },
    resultTable(
      `Cost per period on the same demand${optimum ? `; the optimum costs ${textOf(figure(optimum.costPerPeriod))}` : ''}`,
      results,
      labels,
    ),
    ...differences(comparison, labels, decimals),
  ];
}

/** What a run measured at its own end: the numbers of its evaluation.json. */
function ownTable(runs: readonly RunFacts[], labels: Labels): Block {
  const measured = runs.flatMap(({ evaluation }) => evaluation?.results ?? []);
  const [first] = runs.flatMap(({ evaluation }) => evaluation ?? []);
  const size = `${first.lanes.toLocaleString('en-US')} lanes of ${first.periods.toLocaleString('en-US')} periods`;
  return resultTable(
    `Each run as it was measured at the end of its training (${size}, fresh demand of the run's own seed)`,
    measured,
    labels,
  );
}

function resultTable(caption: string, results: Results, labels: Labels): Block {
  const decimals = decimalsOf(Math.max(...results.map(({ costPerPeriod }) => Math.abs(costPerPeriod))));
  const gaps = results.some(({ gapPercent }) => gapPercent !== undefined);
  const left = results.some(({ gapLeftPercent }) => gapLeftPercent !== undefined);
  const parameters = results.some((result) => Object.keys(ownParameters(result, labels)).length > 0);
  const columns: Column[] = [
    { title: 'Policy', align: 'left' },
    { title: 'Cost per period' },
    { title: '95 % interval' },
    ...(gaps ? [{ title: 'Gap to the optimum' }] : []),
    ...(left ? [{ title: 'Gap left' }] : []),
    { title: 'Fill rate' },
    { title: 'Cycle service' },
    ...(parameters ? [{ title: 'Parameters', align: 'left' as const }] : []),
  ];
  const rows = cheapestFirst(results).map((result): Cell[] => [
    labels.of(result.policy),
    figure(result.costPerPeriod, decimals),
    span(result.ci95, decimals),
    ...(gaps ? [signed(result.gapPercent, 2, ' %')] : []),
    ...(left ? [shareOf(result.gapLeftPercent === undefined ? null : result.gapLeftPercent / 100)] : []),
    shareOf(result.fillRate),
    shareOf(result.cycleServiceLevel),
    ...(parameters ? [parametersOf(ownParameters(result, labels))] : []),
  ]);
  return { kind: 'table', caption, columns, rows };
}

/** Of an agent, its steps stand elsewhere. */
function ownParameters({ policy, parameters }: ComparedResult, labels: Labels): Readonly<Record<string, unknown>> {
  return labels.isRun(policy) ? {} : parameters;
}

function differences({ differences: all }: Comparison, labels: Labels, decimals: number): Block[] {
  if (all.length === 0) return [];
  const reference = labels.of(all[0].reference);
  return [
    {
      kind: 'table',
      caption: `What each costs more than ${reference}, period by period on the same demand`,
      columns: [
        { title: 'Policy', align: 'left' },
        { title: 'Difference' },
        { title: '95 % interval' },
        { title: 'Verdict', align: 'left' },
      ],
      rows: [...all]
        .sort((a, b) => a.mean - b.mean)
        .map(({ policy, mean, ci95 }) => [labels.of(policy), signed(mean, decimals), span(ci95, decimals), verdict(ci95)]),
    },
  ];
}

function verdict(ci95: readonly [number, number] | null): string {
  if (ci95 === null) return '–';
  if (ci95[1] < 0) return 'cheaper';
  return ci95[0] > 0 ? 'dearer' : 'no difference shown';
}

function parts(results: Results, labels: Labels, drawing: Drawing, anchor: string): Block[] {
  const names = [...new Set(results.flatMap(({ costs }) => Object.keys(costs)))];
  const used = names.filter((name) => results.some(({ costs }) => (new Map(Object.entries(costs)).get(name) ?? 0) !== 0));
  const rows = cheapestFirst(results).map(({ policy, costs }) => ({ label: labels.of(policy), costs }));
  const decimals = decimalsOf(Math.max(...results.map(({ costPerPeriod }) => Math.abs(costPerPeriod))));
  const chart = partsChart(drawing, {
    name: `${anchor}-parts-chart`,
    title: 'Parts of the cost per period',
    description: `One bar per policy, made of ${used.join(', ')}; the numbers are in the table below.`,
    parts: used,
    rows,
    xLabel: 'cost per period [money]',
  });
  return [
    { kind: 'chart', chart },
    {
      kind: 'table',
      caption: 'Parts of the cost per period',
      columns: [{ title: 'Policy', align: 'left' }, ...used.map((title) => ({ title }))],
      rows: rows.map(({ label, costs }) => [label, ...used.map((part) => figure(new Map(Object.entries(costs)).get(part) ?? 0, decimals))]),
    },
  ];
}

export function cheapestFirst<T extends { readonly costPerPeriod: number }>(results: readonly T[]): T[] {
  return [...results].sort((a, b) => a.costPerPeriod - b.costPerPeriod);
}
