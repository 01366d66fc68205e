import type { QueryResult } from '../query/index.ts';
import { queryRuns } from '../query/index.ts';
import type { RecommendationRecord } from '../runs/records.ts';
import { listRuns } from '../runs/store.ts';
import { type Calibration, calibrationOf } from './calibration.ts';

type Row = QueryResult['rows'][number];

export interface SuggestionFacts {
  readonly item: string;
  /** Empty where there is none. */
  readonly description: string;
  readonly onHand: number;
  readonly onOrder: number;
  readonly mean: number;
  readonly p10: number;
  readonly p90: number;
  readonly ordered: number;
  readonly costOrder: number;
  readonly costNothing: number;
  readonly reason: string;
}

/** What a recommendation left behind, and what later runs know of what happened since. */
export interface RecommendationFacts {
  readonly record: RecommendationRecord;
  /** Those that save most first. */
  readonly suggestions: readonly SuggestionFacts[];
  /** Of its forecasts against the sales that later recommendations rest on; null where there are none yet. */
  readonly calibration: Calibration | null;
  readonly omitted: readonly string[];
}

const SUGGESTED = `
  SELECT suggestions.*, items.description FROM suggestions LEFT JOIN items ON items.item = suggestions.item
  ORDER BY "costNothing" - "costOrder" DESC, suggestions.item`;

/** Reads a recommendation from the run store. */
export async function recommendationFacts(record: RecommendationRecord): Promise<RecommendationFacts> {
  const omitted: string[] = [];
  const onMessage = (message: string) => omitted.push(message);
  const { rows } = await queryRuns(SUGGESTED, { runs: [record.run], onMessage });
  return { record, suggestions: rows.map(suggestion), calibration: await calibrationSince(record, onMessage), omitted };
}

function suggestion(row: Row): SuggestionFacts {
  const number = (name: string) => Number(row[name]);
  return {
    item: String(row.item),
    description: String(row.description ?? ''),
    onHand: number('onHand'),
    onOrder: number('onOrder'),
    mean: number('mean'),
    p10: number('p10'),
    p90: number('p90'),
    ordered: number('ordered'),
    costOrder: number('costOrder'),
    costNothing: number('costNothing'),
    reason: String(row.reason ?? ''),
  };
}

/** Forecast periods that a later run of the same kind of data knows: each by the latest run that has it; where stock was out, sales are no demand. */
const SINCE = `
  WITH known AS (
    SELECT item, period, quantity FROM sales JOIN runs USING (run)
    WHERE missing = 0 AND runs.run != $run AND runs."asOf" > date '$asOf'
    QUALIFY row_number() OVER (PARTITION BY item, period ORDER BY runs."asOf" DESC, runs.run) = 1
  )
  SELECT quantity, weights, means, variances FROM predictions JOIN known ON predictions.item = known.item AND predictions.date = known.period
  WHERE predictions.run = $run ORDER BY predictions.item, predictions.date`;

async function calibrationSince(
  { run, asOf, scenario, method }: RecommendationRecord,
  onMessage: (message: string) => void,
): Promise<Calibration | null> {
  const others = (await listRuns()).filter((one) => one.kind === 'recommendation' && one.scenario === scenario).map((one) => one.run);
  if (others.length < 2) return null;
  // Ids are letters, digits and dashes, and a day is a day: nothing in them ends a text.
  const sql = SINCE.replaceAll('$run', `'${run}'`).replace('$asOf', asOf);
  const { rows } = await queryRuns(sql, { runs: others, onMessage });
  if (rows.length === 0) return null;
  return calibrationOf({
    method: method.name,
    scored: {
      actual: rows.map(({ quantity }) => Number(quantity)),
      distributions: rows.map(({ weights, means, variances }) => ({
        weights: numbers(weights),
        means: numbers(means),
        variances: numbers(variances),
      })),
    },
  });
}

function numbers(value: Row[string]): Float64Array {
  return Float64Array.from(Array.isArray(value) ? value.map(Number) : []);
}
