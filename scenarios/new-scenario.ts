import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { UserError } from '../env/index.ts';
import { documentWith } from './document.ts';
import type { ScenarioDocument } from './schema.ts';

const SCHEMA = new URL('./scenario.schema.json', import.meta.url);

export type Answer = string | number | null;

/** Something that a new scenario is asked about. */
export interface Question {
  /** What the answer is called, on the command line too. */
  readonly name: string;
  readonly ask: string;
  /** Taken where nothing is answered; null: left out. */
  readonly default: Answer;
  readonly takes: 'text' | 'id' | 'number' | 'positive' | 'periods' | 'count' | readonly string[];
  /** Largest number. */
  readonly most?: number;
  /** The question that must have been answered before this one makes sense. */
  readonly after?: string;
}

/** The questions, in the order in which they are asked. */
export const QUESTIONS = [
  { name: 'id', ask: 'Its id: lower-case letters, digits and hyphens', default: 'my-shop', takes: 'id' },
  { name: 'title', ask: 'Its title, in a line', default: 'A shop and its supplier', takes: 'text' },
  { name: 'mean', ask: 'Mean demand of a period, of each shop, in units', default: 5, takes: 'positive' },
  { name: 'sd', ask: 'Standard deviation of a period’s demand (nothing: Poisson)', default: null, takes: 'positive' },
  { name: 'lead-time', ask: 'Periods from an order to its receipt', default: 2, takes: 'periods' },
  { name: 'holding-cost', ask: 'Cost of keeping a unit for a period', default: 1, takes: 'number' },
  { name: 'shortage', ask: 'What unmet demand does: lost or backlog', default: 'lost', takes: ['lost', 'backlog'] },
  { name: 'shortage-cost', ask: 'Cost of a unit lost, or of one that waits for a period', default: 9, takes: 'number' },
  { name: 'fixed-cost', ask: 'Cost of an order, however large', default: 0, takes: 'number' },
  { name: 'life', ask: 'Periods that a unit can be sold (nothing: it keeps)', default: null, takes: 'count' },
  { name: 'shops', ask: 'Number of shops; with more than one, a warehouse supplies them', default: 1, takes: 'count', most: 50 },
  { name: 'season', ask: 'Periods after which demand repeats its season (nothing: it has none)', default: null, takes: 'count' },
  { name: 'amplitude', ask: 'Part of the mean by which the season swings', default: 0.3, takes: 'number', most: 1, after: 'season' },
  { name: 'event', ask: 'An event that comes again and again, in words (nothing: none)', default: null, takes: 'text' },
  { name: 'event-every', ask: 'Periods after which it comes again', default: 28, takes: 'count', after: 'event' },
  { name: 'event-factor', ask: 'What it multiplies demand by', default: 1.5, takes: 'number', after: 'event' },
] as const satisfies readonly Question[];

type Name = (typeof QUESTIONS)[number]['name'];
export type Answers = Readonly<Record<Name, Answer>>;

/**
 * An answer as it was typed; an empty one is the default.
 * @throws UserError naming the question, the value and what was expected
 */
export function readAnswer({ name, takes, most = Number.MAX_VALUE, default: preset }: Question, text: string): Answer {
  const typed = text.trim();
  if (typed === '') return preset;
  const refuse = (expected: string) => new UserError(`--${name} ${typed}: expected ${expected}; for example --${name} ${preset ?? 4}`);
  if (takes === 'text') return typed;
  if (takes === 'id') {
    if (/^[a-z0-9][a-z0-9-]*$/.test(typed)) return typed;
    throw refuse('lower-case letters, digits and hyphens');
  }
  if (typeof takes !== 'string') {
    if (takes.includes(typed)) return typed;
    throw refuse(`one of ${takes.join(', ')}`);
  }
  const value = Number(typed);
  const [fits, expected] = NUMBERS[takes];
  if (Number.isFinite(value) && fits(value) && value <= most) return value;
  throw refuse(most < Number.MAX_VALUE ? `${expected}, at most ${most}` : expected);
}

const NUMBERS = {
  number: [(value: number) => value >= 0, 'a number of 0 or more'],
  positive: [(value: number) => value > 0, 'a number above 0'],
  periods: [(value: number) => Number.isInteger(value) && value >= 0, 'a whole number of 0 or more'],
  count: [(value: number) => Number.isInteger(value) && value >= 1, 'a whole number of 1 or more'],
} as const;

/**
 * A scenario from the answers, as YAML whose first line tells editors where its schema is; `folder`: where the file will lie.
 * @throws UserError where the answers do not fit each other
 */
export function newScenario(answers: Answers, folder: string): { readonly document: ScenarioDocument; readonly yaml: string } {
  const raw = fieldsOf(answers);
  const document = documentWith(raw, [], `scenario "${answers.id}"`);
  const schema = relative(folder, fileURLToPath(SCHEMA)).split(sep).join('/');
  const head = `# yaml-language-server: $schema=${schema.startsWith('.') ? schema : `./${schema}`}\n# docs/scenario-format.md says what each field means, and what else there is.\n`;
  return { document, yaml: head + stringify(raw, { lineWidth: 150, aliasDuplicateObjects: false }) };
}

function fieldsOf(answers: Answers): Record<string, unknown> {
  const shops = Number(answers.shops);
  const names = shops === 1 ? ['shop'] : Array.from({ length: shops }, (_, k) => `shop${k + 1}`);
  const source = shops === 1 ? 'supplier' : 'warehouse';
  const cover = { periodsOfDemand: Number(answers['lead-time']) + 1 };
  const shop = {
    holdingCost: answers['holding-cost'],
    shortage: { kind: answers.shortage, cost: answers['shortage-cost'] },
    initialStock: cover,
  };
  const warehouse = {
    holdingCost: Number(answers['holding-cost']) / 2,
    shortage: { kind: 'backlog', cost: 0 },
    initialStock: Number(answers.mean) * shops * (Number(answers['lead-time']) + 1),
    allocation: 'fair-share',
  };
  const order = { leadTime: answers['lead-time'], ...(Number(answers['fixed-cost']) > 0 ? { fixedCost: answers['fixed-cost'] } : {}) };
  return {
    id: answers.id,
    title: answers.title,
    source: 'Numbers as answered to `scenarios new`',
    periods: null,
    warmUp: 100,
    ...(answers.life === null ? {} : { items: { item: { life: answers.life } } }),
    locations: { ...(shops > 1 ? { warehouse } : {}), ...Object.fromEntries(names.map((name) => [name, { ...shop }])) },
    links: [
      ...(shops > 1 ? [{ from: 'supplier', to: 'warehouse', ...order }] : []),
      ...names.map((to) => ({ from: source, to, ...(shops > 1 ? { leadTime: 1 } : order) })),
    ],
    demand: names.map((location) => ({ location, ...demandOf(answers) })),
    baselines: shops > 1 ? ['echelon-base-stock', 'base-stock', 's-S'] : ['base-stock', 's-S', 'forecast'],
    knobs: {
      leadTime: { path: 'links.0.leadTime', help: 'periods from an order to its receipt' },
      shortageCost: { path: `locations.${names[0]}.shortage.cost`, help: 'money per unit that cannot be served' },
    },
  };
}

function demandOf({ mean, sd, season, amplitude, ...answers }: Answers): Record<string, unknown> {
  const distribution = sd === null ? { distribution: 'poisson', mean } : { distribution: 'gamma', mean, sd, rounded: true };
  const seasonal = season === null ? distribution : { kind: 'seasonal', amplitude, period: season, ...distribution };
  if (answers.event === null) return seasonal;
  const every = Number(answers['event-every']);
  const notes = [{ text: answers.event, from: every - 1, length: 1, multiplier: answers['event-factor'], every }];
  const base = season === null ? distribution : { base: seasonal };
  return { kind: 'events', knownAhead: 2, notes, ...base };
}
