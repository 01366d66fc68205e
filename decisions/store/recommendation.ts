import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { newRunId, productVersions, type RecommendationRecord, readStoredRun, runFolder, runsFolder } from '../../experiments/index.ts';
import type { History } from '../../forecasting/index.ts';
import type { Suggestion } from '../recommend/suggestion.ts';
import type { ItemTerms } from '../recommend/terms.ts';
import { readHistory, writeHistory } from './history-files.ts';
import { readItems, writeItems } from './item-files.ts';
import { type KeptPredictions, readPredictions, writePredictions } from './prediction-files.ts';

const SUGGESTIONS = 'suggestions.json';

/** Everything that a recommendation rests on and says. Items stand in the same order everywhere. */
export interface Recommendation {
  readonly history: History;
  /** [item] */
  readonly terms: readonly ItemTerms[];
  readonly predictions: KeptPredictions;
  /** [item] */
  readonly suggestions: readonly Suggestion[];
}

export interface KeptRecommendation extends Recommendation {
  readonly record: RecommendationRecord;
}

/** What the maker of a recommendation says of it; the store knows the rest. */
export type RecommendationConfig = Omit<
  RecommendationRecord,
  'run' | 'kind' | 'versions' | 'startedAt' | 'steps' | 'finished' | 'files' | 'horizon'
>;

/** Keeps a recommendation as a run of the store: the whole of it or nothing. */
export async function keepRecommendation(config: RecommendationConfig, recommendation: Recommendation): Promise<RecommendationRecord> {
  const { history, terms, predictions, suggestions } = recommendation;
  const startedAt = new Date();
  const run = newRunId({ scenario: 'recommend', agent: plain(config.agent), startedAt });
  const folder = join(runsFolder(), `.${run}.part`);
  await mkdir(folder, { recursive: true });
  try {
    const names = [
      ...(await writeHistory(folder, history)),
      await writeItems(folder, history.items, terms),
      await writePredictions(folder, predictions, { history, origin: config.origin }),
    ];
    await writeFile(join(folder, SUGGESTIONS), JSON.stringify(suggestions));
    const files = await checksums(folder, [...names, SUGGESTIONS]);
    const head = { run, kind: 'recommendation', startedAt: startedAt.toISOString(), steps: 0, finished: true } as const;
    const record: RecommendationRecord = { ...head, ...config, horizon: predictions.horizon, versions: productVersions(), files };
    await writeFile(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
    await rename(folder, runFolder(run));
    return record;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Opens a recommendation that was kept.
 * @throws UserError where there is no such run, it is no recommendation, or one of its files was altered or cut short
 */
export async function openRecommendation(run: string): Promise<KeptRecommendation> {
  const record = await readStoredRun(run);
  if (record.kind !== 'recommendation') {
    throw new UserError(`run "${run}" is of training; expected one that recommend made: see runs list`);
  }
  const folder = runFolder(run);
  for (const [name, kept] of Object.entries(await checksums(folder, Object.keys(record.files)))) {
    if (kept !== record.files[name]) throw new UserError(`${join(folder, name)}: altered or cut short; restore it, or recommend again`);
  }
  const { items, terms } = await readItems(folder);
  const suggestions: Suggestion[] = JSON.parse(await readFile(join(folder, SUGGESTIONS), 'utf8'));
  return {
    record,
    history: await readHistory(folder, items),
    terms,
    predictions: await readPredictions(folder, record.horizon),
    suggestions,
  };
}

async function checksums(folder: string, names: readonly string[]): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const name of names) {
    const bytes = await readFile(join(folder, name)).catch(() => {
      throw new UserError(`${join(folder, name)}: missing; restore it, or recommend again`);
    });
    sums[name] = createHash('sha256').update(bytes).digest('hex');
  }
  return sums;
}

/** A method's name as a part of a run's id. */
function plain(method: string): string {
  return method.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
