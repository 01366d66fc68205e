import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvaluationRecord, listEvaluations } from '../runs/evaluations.ts';
import { kindOf, type StoredRun } from '../runs/records.ts';
import { runFolder } from '../runs/store.ts';

/** Rows of a view by column; a column that is left out has no value. */
export type StoredRow = Readonly<Record<string, unknown>>;

export async function runRows(records: readonly StoredRun[]): Promise<StoredRow[]> {
  const measured = new Map((await evaluations()).map((one) => [one.id, one.evaluation.results[0]]));
  return records.map((record) => {
    const { run, scenario, agent, seed, versions, startedAt, steps, finished } = record;
    const head = { run, kind: kindOf(record), scenario, agent, seed, versions, startedAt, steps, finished };
    if (record.kind === 'recommendation') return { ...head, embedder: record.embedder?.name, asOf: record.asOf, policy: record.policy };
    const { settings, seconds, backend, embedder, config } = record;
    const result = measured.get(run);
    const cost = result && { costPerPeriod: result.costPerPeriod, ...ends(result.ci95), gapPercent: result.gapPercent };
    return { ...head, settings, seconds, backend, embedder, config, ...cost };
  });
}

export async function evaluationRows(): Promise<StoredRow[]> {
  return (await evaluations()).flatMap(({ id, at, settings, evaluation }) => {
    const { scenario, seed, lanes, periods, results, optimum } = evaluation;
    return results.map(({ ci95, costs, parameters, ...result }) => ({
      evaluation: id,
      at,
      scenario,
      seed,
      lanes,
      periods,
      ...result,
      variant: 'settings' in result ? result.settings : undefined,
      parameters,
      ...ends(ci95),
      ...costs,
      optimum: optimum?.costPerPeriod,
      // Not a variant's own: those stand in `variant`.
      settings,
    }));
  });
}

export async function differenceRows(): Promise<StoredRow[]> {
  return (await evaluations()).flatMap(({ id, evaluation }) =>
    (evaluation.differences ?? []).map(({ policy, reference, mean, ci95 }) => ({ evaluation: id, policy, reference, mean, ...ends(ci95) })),
  );
}

function evaluations(): Promise<EvaluationRecord[]> {
  return listEvaluations({ most: Number.POSITIVE_INFINITY });
}

function ends(ci95: readonly [number, number] | null | undefined): StoredRow {
  return ci95 ? { ci95Low: ci95[0], ci95High: ci95[1] } : {};
}

export async function curveRows(run: string): Promise<StoredRow[]> {
  return objects(await readJson(run, 'curve.json')).map((point) => ({ run, ...point }));
}

/** What is in nested objects stands flat. */
export async function suggestionRows(run: string): Promise<StoredRow[]> {
  return objects(await readJson(run, 'suggestions.json')).map(({ order, forecast, expectedCost, ...suggestion }) => ({
    run,
    ...suggestion,
    ordered: order,
    ...object(forecast),
    costOrder: object(expectedCost).order,
    costNothing: object(expectedCost).nothing,
  }));
}

async function readJson(run: string, name: string): Promise<unknown> {
  const text = await readFile(join(runFolder(run), name), 'utf8').catch(() => 'null');
  return JSON.parse(text);
}

function objects(value: unknown): StoredRow[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function object(value: unknown): StoredRow {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
