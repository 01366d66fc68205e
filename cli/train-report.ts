import type { AgentKnob, BaseComparison, TrainFamilyResult, TrainProgress, TrainResult } from '../experiments/index.ts';
import { interval, number, pairs, percent, table } from './tables.ts';
import type { SeedSummary, SeedsResult } from './train-seeds.ts';

/** What `train` gives: one run, one for a family, several seeds, or the knobs of an agent. */
export type TrainCommandResult =
  | TrainResult
  | TrainFamilyResult
  | SeedsResult
  | { readonly agent: string; readonly knobs: readonly AgentKnob[] };

/** The result of `train` for people. */
export function printTraining(result: TrainCommandResult): string | Promise<string> {
  if ('knobs' in result) return knobTable(result.knobs);
  if ('family' in result) return pairs(familyRows(result));
  return 'seeds' in result ? seedTable(result) : pairs(rows(result));
}

function familyRows({ run, family, backend, items, steps, seconds, divergence }: TrainFamilyResult): [string, string][] {
  return [
    ['run', run],
    ['family', `${family}, ${items.toLocaleString('en-US')} items`],
    ['agent', `dcl on ${backend}`],
    ['steps', steps.toLocaleString('en-US')],
    ['seconds', seconds.toFixed(1)],
    ['divergence', `${divergence.toFixed(4)} nats from what the tries say`],
    ['next', `replenish evaluate SCENARIO --policy run:${run}`],
  ];
}

function knobTable(knobs: readonly AgentKnob[]): string {
  return knobs
    .map(({ name, default: preset, takes, help }) => `agent.${name}=${JSON.stringify(preset)}  (${takes})\n    ${help}`)
    .join('\n');
}

async function seedTable({ seeds, costPerPeriod, gapPercent }: SeedsResult): Promise<string> {
  const columns = [
    { title: 'seed' },
    { title: 'cost per period' },
    { title: 'gap' },
    { title: 'seconds' },
    { title: 'run', align: 'left' as const },
  ];
  const one = (summary: SeedSummary | null, pick: (of: SeedSummary) => number | null) => (summary === null ? null : pick(summary));
  const row = (title: string, pick: (of: SeedSummary) => number | null) => [
    title,
    number(one(costPerPeriod, pick)),
    percent(one(gapPercent, pick)),
    '',
    '',
  ];
  return table(columns, [
    ...seeds.map(({ seed, evaluation, gapPercent: gap, seconds, run }) => [
      String(seed),
      number(evaluation?.costPerPeriod),
      percent(gap),
      seconds.toFixed(1),
      run,
    ]),
    row('mean', ({ mean }) => mean),
    row('deviation', ({ standardDeviation }) => standardDeviation),
    row('worst', ({ worst }) => worst),
  ]);
}

/** How far training is, in a line: what the policy at hand costs, beside the cheapest baseline and the optimum on the same demand. */
export function describeProgress({ steps, stepsPerSecond, last, references }: TrainProgress): string {
  const { baseline = null, optimum = null } = references ?? {};
  const parts = [
    `${steps.toLocaleString('en-US')} steps, ${Math.round(stepsPerSecond).toLocaleString('en-US')} a second`,
    last === null ? '' : `cost ${number(last.costPerPeriod)} per period`,
    last?.gapPercent === undefined ? '' : `${percent(last.gapPercent)} above the optimum`,
    baseline === null ? '' : `${baseline.policy} ${number(baseline.costPerPeriod)}`,
    optimum === null ? '' : `optimum ${number(optimum)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function rows({
  run,
  agent,
  backend,
  steps,
  seconds,
  stepsPerSecond,
  stopped,
  evaluation,
  optimum,
  gapPercent,
  base,
}: TrainResult): [string, string][] {
  return [
    ['run', run],
    ['agent', `${agent} on ${backend}`],
    ['steps', `${steps.toLocaleString('en-US')}${stopped === null ? '' : `, stopped at a ${stopped}`}`],
    ['seconds', `${seconds.toFixed(1)} (${Math.round(stepsPerSecond).toLocaleString('en-US')} steps a second)`],
    ['cost per period', evaluation === null ? 'broken off before its end' : interval(evaluation.costPerPeriod, evaluation.ci95)],
    ['optimum', number(optimum)],
    ['gap', percent(gapPercent)],
    ...(base === null ? [] : [['set out from', besideBase(base)] satisfies [string, string]]),
    ['next', evaluation === null ? `replenish train --resume ${run}` : `replenish compare SCENARIO --run ${run}`],
  ];
}

/** In words, with the half-width of the interval. */
function besideBase({ policy, costPerPeriod, difference, ci95 }: BaseComparison): string {
  const by = interval(Math.abs(difference), ci95);
  const found =
    ci95 !== null && ci95[0] <= 0 && ci95[1] >= 0
      ? `no difference shown (${interval(difference, ci95)})`
      : difference < 0
        ? `the run is cheaper by ${by}`
        : `the run is dearer by ${by}, so that policy is the better one to use`;
  return `${policy}, ${number(costPerPeriod)} per period: ${found}`;
}
