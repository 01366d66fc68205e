import { type ItemTable, type ItemTableOptions, readItemTable } from '../../forecasting/index.ts';
import type { Suggestion } from '../recommend/suggestion.ts';

export type Verdict = 'accept' | 'change' | 'refuse';

/** What a person made of a suggestion. */
export interface Decision {
  readonly item: string;
  readonly decision: Verdict;
  /** [units] suggested, and decided. */
  readonly suggested: number;
  readonly order: number;
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  accept: 'accept',
  accepted: 'accept',
  yes: 'accept',
  ok: 'accept',
  change: 'change',
  changed: 'change',
  refuse: 'refuse',
  refused: 'refuse',
  reject: 'refuse',
  no: 'refuse',
};

/** Reads item,decision[,decidedOrder]; a line without a decision leaves its item open. @throws UserError with file, line and column */
export async function readDecisions(
  path: string,
  form: Pick<ItemTableOptions, 'map' | 'decimal' | 'encoding'>,
  suggestions: readonly Suggestion[],
): Promise<Decision[]> {
  const table = await readItemTable({
    ...form,
    path,
    needed: ['item', 'decision'],
    optional: ['decidedOrder'],
    numbers: ['decidedOrder'],
  });
  const suggested = new Map(suggestions.map(({ item, order }) => [item, order]));
  const decisions = new Map<string, Decision>();
  for (let row = 0; row < table.rows; row++) {
    const item = table.text(row, 'item');
    const order = suggested.get(item);
    if (order === undefined) return table.refuse(row, 'item', 'an item of the recommendation', 'correct it, or leave the row out');
    if (decisions.has(item)) return table.refuse(row, 'item', 'each item once', 'leave one of its rows out');
    const decision = await readDecision(table, row, item, order);
    if (decision !== null) decisions.set(item, decision);
  }
  if (decisions.size > 0) return [...decisions.values()];
  return table.refuse(0, 'decision', 'accept, change or refuse of at least one item', 'write some');
}

async function readDecision(table: ItemTable, row: number, item: string, suggested: number): Promise<Decision | null> {
  const text = table.text(row, 'decision').toLowerCase();
  const given = table.number(row, 'decidedOrder');
  if (text === '' && given === undefined) return null;
  // A number without a word says enough.
  const decision = text === '' ? 'change' : VERDICTS[text];
  if (decision === undefined) return table.refuse(row, 'decision', 'accept, change or refuse, or nothing');
  if (decision === 'change' && !(given !== undefined && given >= 0)) {
    return table.refuse(row, 'decidedOrder', 'the units to order instead, 0 or more', 'write them, or accept or refuse the suggestion');
  }
  const order = { accept: suggested, change: given ?? 0, refuse: 0 }[decision];
  if (decision !== 'change' && given !== undefined && given !== order) {
    return table.refuse(row, 'decidedOrder', `nothing, or ${order} where the decision is ${text}`, 'empty the cell, or write change');
  }
  return { item, decision, suggested, order };
}
