import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { runFolder, writeWhole } from '../../experiments/index.ts';
import type { ItemTableOptions } from '../../forecasting/index.ts';
import { openRecommendation } from '../store/recommendation.ts';
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

/** Records what people decided on a recommendation. @throws UserError with file, line and column, or where there is no such recommendation */
export async function decide(
  run: string,
  options: Pick<ItemTableOptions, 'path' | 'map' | 'decimal' | 'encoding'>,
): Promise<{ readonly counts: DecisionCounts; readonly decisions: readonly Decision[] }> {
  const { suggestions } = await openRecommendation(run);
  const decisions = await readDecisions(options, suggestions);
  if (decisions.length === 0) {
    throw new UserError(`${options.path}: no decision in it; expected accept, change or refuse in the column decision; write some`);
  }
  const { rounds } = await readRounds(run);
  const now: DecisionRounds = { rounds: [...rounds, { at: new Date().toISOString(), decisions }] };
  await writeWhole(join(runFolder(run), FILE), `${JSON.stringify(now, null, 1)}\n`);
  const all = [...latest(now).values()];
  const count = (kind: Decision['decision']) => all.filter(({ decision }) => decision === kind).length;
  const counts = { accepted: count('accept'), changed: count('change'), refused: count('refuse') };
  return { counts: { ...counts, open: suggestions.length - all.length }, decisions };
}

/** What was decided on each item last. */
export async function decisionsOn(run: string): Promise<ReadonlyMap<string, Decision>> {
  return latest(await readRounds(run));
}

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
