import { type EvaluationRecord, listEvaluations, type PolicyResult, type VariantResult } from '../experiments/index.ts';
import type { EvaluationsMessage, StoredEvaluation } from './protocol.ts';

/** Evaluations that were kept, the latest first; each variant of a comparison of variants by itself. */
export async function storedEvaluations(scenario?: string): Promise<EvaluationsMessage['evaluations']> {
  const records = await listEvaluations();
  return records.filter(({ evaluation }) => scenario === undefined || evaluation.scenario === scenario).flatMap(evaluationsOf);
}

function evaluationsOf(record: EvaluationRecord): StoredEvaluation[] {
  const results: readonly (PolicyResult | VariantResult)[] = record.evaluation.results;
  const variants = results.filter(isVariant);
  if (variants.length === 0) return [told(record, results)];
  const groups = new Map<string, VariantResult[]>();
  for (const result of variants) {
    const key = settingsOf(result).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups].map(([key, own]) => {
    const varied = settingsOf(own[0]);
    const names = varied.map((setting) => setting.slice(0, setting.indexOf('=') + 1));
    const settings = [...record.settings.filter((setting) => !names.some((name) => setting.startsWith(name))), ...varied];
    // A variant's policies bear its settings in their names: they stand beside them here.
    const plain = own.map((result) => ({ ...result, policy: result.policy.replace(`, ${key}`, '') }));
    return told({ ...record, id: `${record.id} ${key}`, settings }, plain);
  });
}

function isVariant(result: PolicyResult | VariantResult): result is VariantResult {
  return 'settings' in result;
}

function settingsOf({ settings }: VariantResult): string[] {
  return Object.entries(settings).map(([name, value]) => `${name}=${value}`);
}

function told({ id, settings, at, evaluation }: EvaluationRecord, results: readonly PolicyResult[]): StoredEvaluation {
  const { scenario, seed, lanes, periods, optimum } = evaluation;
  return {
    id,
    scenario,
    settings: [...settings],
    at,
    seed,
    lanes,
    periods,
    results: results.map(({ policy, parameters, gapPercent = null, gapCi95 = null, ci95, costs, ...numbers }) => ({
      policy,
      parameters: written(parameters),
      costPerPeriod: numbers.costPerPeriod,
      standardError: numbers.standardError,
      ci95: pair(ci95),
      fillRate: numbers.fillRate,
      cycleServiceLevel: numbers.cycleServiceLevel,
      costs: { ...costs },
      gapPercent,
      gapCi95: pair(gapCi95),
    })),
    optimum: optimum === null ? null : { costPerPeriod: optimum.costPerPeriod },
  };
}

/** An interval that can be written to. */
export function pair(interval: readonly [number, number] | null | undefined): [number, number] | null {
  return interval === null || interval === undefined ? null : [interval[0], interval[1]];
}

/** [letters] of parameters that are shown; those of a catalogue would fill pages. */
const LONGEST = 200;

function written(parameters: PolicyResult['parameters']): string {
  const text = Object.entries(parameters)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? `${value.length} values` : value}`)
    .join(', ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
