import { compareCommand, evaluateCommand, policyMapCommand, reportCommand, trainCommand } from './commands.ts';
import type { Block, Cell, Section } from './document.ts';
import type { RunFacts, ScenarioFacts } from './facts.ts';
import type { Labels } from './labels.ts';

/** What the runs were made with, whole. */
export function configurationSections({ runs }: ScenarioFacts, labels: Labels, anchor: string): Section[] {
  const facts = (pick: (facts: RunFacts) => Cell): Cell[] => runs.map(pick);
  const rows: Cell[][] = [
    ['Run', ...facts(({ record }) => record.run)],
    ['Scenario', ...facts(({ record }) => record.scenario)],
    ['Settings', ...facts(({ record }) => record.settings.join(', ') || 'as the scenario has them')],
    ['Agent', ...facts(({ record }) => record.agent)],
    ['Seed', ...facts(({ record }) => String(record.seed))],
    ['Started', ...facts(({ record }) => record.startedAt)],
    ['Finished', ...facts(({ record }) => (record.finished ? 'yes' : 'no: it can be gone on with'))],
    ['Computed with', ...facts(({ record }) => record.backend || '–')],
    ['Texts read by', ...facts(({ record }) => record.embedder ?? 'nothing: there are none')],
    ['Versions', ...facts(({ record }) => entries(record.versions))],
    ['Observation', ...facts(({ record }) => plain(record.agentInterface.observation))],
    ['Actions', ...facts(({ record }) => plain(record.agentInterface.actions))],
  ];
  const knobs = [...new Set(runs.flatMap(({ record }) => Object.keys(record.config)))];
  const columns = [
    { title: '', align: 'left' as const },
    ...runs.map(({ record }) => ({ title: labels.ofRun(record.run), align: 'left' as const })),
  ];
  const blocks: Block[] = [
    { kind: 'table', caption: 'Runs of this report', columns, rows },
    {
      kind: 'table',
      caption: 'Every knob of the agents, as used',
      columns,
      rows: knobs.map((name) => [name, ...runs.map(({ record }) => (name in record.config ? plain(record.config[name]) : '–'))]),
    },
  ];
  return [{ id: `${anchor}-configuration`, title: 'What they were made with', newPage: true, blocks }];
}

/** The commands that give the numbers of this report again. */
export function repeatSection(groups: readonly ScenarioFacts[], runs: readonly string[], file: string): Section {
  const blocks: Block[] = [
    {
      kind: 'text',
      text: 'The same command with the same seed gives the same numbers, on the same versions and kind of computing. A run that was trained for a given time (--seconds) gives them again only as far as the machine is as fast: its steps are what it came to. In a checkout, npm run -s replenish -- stands in place of npx replenish.',
    },
  ];
  for (const { runs: trained, comparison, map } of groups) {
    const records = trained.map(({ record }) => record);
    blocks.push({ kind: 'commands', caption: `Train ${trained[0].record.scenario} again`, lines: records.map(trainCommand) });
    const evaluated = trained.flatMap(({ record, evaluation }) => (evaluation === null ? [] : [evaluateCommand(record, evaluation)]));
    const compared = comparison === null ? [] : [compareCommand(records, comparison)];
    const mapped = map === null ? [] : [policyMapCommand(records)];
    if (evaluated.length + compared.length + mapped.length > 0)
      blocks.push({
        kind: 'commands',
        caption: 'Measure, compare and look at the kept runs',
        lines: [...evaluated, ...compared, ...mapped],
      });
  }
  blocks.push({ kind: 'commands', caption: 'Write this report', lines: [reportCommand(runs, file)] });
  return { id: 'repeat', title: 'How to repeat it', blocks };
}

export function entries(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${plain(value)}`)
    .join(', ');
}

/** A value of a record as people read it. */
export function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value === 'object' && value !== null) return entries({ ...value });
  return value === undefined ? '–' : String(value);
}
