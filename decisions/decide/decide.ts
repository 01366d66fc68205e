import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { runFolder, writeWhole } from '../../experiments/index.ts';
import { formSaid, type NewerReading } from '../store/kept-reading.ts';
import { openRecommendation } from '../store/recommendation.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Decision, readDecisions } from './read-decisions.ts';

const FILE = 'decisions.json';

/** Decisions on a recommendation, as they came in: a later round overrules an earlier one, item by item. */
export interface DecisionRounds {
  readonly rounds: readonly { readonly at: string; readonly decisions: readonly Decision[] }[];
}

export interface DecisionCounts {
  readonly accepted: number;
  readonly changed: number;
  readonly refused: number;
  readonly open: number;
}

export interface DecideOptions extends NewerReading {
  /** item,decision[,decidedOrder]; left out: nothing new is decided. */
  readonly decisions?: string;
  /** Newer sales, by which suggestions and decisions are judged. */
  readonly sales?: string;
}

export interface Decided {
  readonly run: string;
  /** Where decisions were given. */
  readonly decisions: DecisionCounts | null;
  /** Where newer sales were given. */
  readonly outcome: Outcome | null;
}

/**
 * Records what people decided on a recommendation, and judges it by newer sales: both or, where a file is bad, neither.
 * @throws UserError with file, line and column, or where there is no such recommendation
 */
export async function decide(run: string, options: DecideOptions): Promise<Decided> {
  const kept = await openRecommendation(run);
  const { rounds } = await readRounds(run);
  const fresh = options.decisions === undefined ? [] : await readDecisions(options.decisions, formSaid(options), kept.suggestions);
  const now: DecisionRounds = { rounds: fresh.length === 0 ? rounds : [...rounds, { at: new Date().toISOString(), decisions: fresh }] };
  const decided = latest(now);
  const outcome = options.sales === undefined ? null : await outcomeOf(kept, decided, { ...options, sales: options.sales });
  if (fresh.length > 0) await writeWhole(join(runFolder(run), FILE), `${JSON.stringify(now, null, 1)}\n`);
  return { run, decisions: options.decisions === undefined ? null : countsOf([...decided.values()], kept.suggestions.length), outcome };
}

function countsOf(decided: readonly Decision[], items: number): DecisionCounts {
  const count = (kind: Decision['decision']) => decided.filter(({ decision }) => decision === kind).length;
  return { accepted: count('accept'), changed: count('change'), refused: count('refuse'), open: items - decided.length };
}

/** [item] what was decided on it last. */
function latest({ rounds }: DecisionRounds): Map<string, Decision> {
  return new Map(rounds.flatMap(({ decisions }) => decisions.map((decision) => [decision.item, decision] as const)));
}

async function readRounds(run: string): Promise<DecisionRounds> {
  const file = join(runFolder(run), FILE);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { rounds: [] };
  try {
    const value: DecisionRounds = JSON.parse(text);
    if (Array.isArray(value.rounds)) return value;
  } catch {
    // Said below.
  }
  throw new UserError(`${file}: damaged; restore it, or remove it and decide again`);
}
