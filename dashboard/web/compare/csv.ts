import type { Row } from './rows.ts';

const HEAD = [
  'scenario',
  'settings',
  'policy',
  'parameters',
  'costPerPeriod',
  'standardError',
  'ci95Low',
  'ci95High',
  'gapPercent',
  'fillRate',
  'cycleServiceLevel',
  'lanes',
  'periods',
  'seed',
  'at',
];

/** The rows as CSV with a line of names; cost parts follow the fixed columns. */
export function csvOf(rows: readonly Row[]): string {
  const parts = [...new Set(rows.flatMap(({ costs }) => Object.keys(costs)))];
  const lines = rows.map(({ evaluation, policy, parameters, ci95, costs, ...result }) => [
    evaluation.scenario,
    evaluation.settings.join(' '),
    policy,
    parameters,
    result.costPerPeriod,
    result.standardError,
    ci95?.[0] ?? null,
    ci95?.[1] ?? null,
    result.gapPercent,
    result.fillRate,
    result.cycleServiceLevel,
    evaluation.lanes,
    evaluation.periods,
    evaluation.seed,
    evaluation.at,
    ...parts.map((part) => costs[part] ?? null),
  ]);
  return [[...HEAD, ...parts], ...lines].map((cells) => cells.map(cellOf).join(',')).join('\r\n');
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
