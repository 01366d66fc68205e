import type { EmbedderSearch } from '../../forecasting/index.ts';
import type { ForecastRecord } from '../../scenarios/index.ts';
import type { RunPlan } from '../train-options.ts';

/** What every run has in its run.json, whatever it was made by. */
export interface RunHead {
  readonly run: string;
  /** What made it. A record without a kind is of training: all were before there were others. */
  readonly kind?: RunKind;
  /** What it is about: a scenario, or the name of a sales file. */
  readonly scenario: string;
  /** What was trained or fitted: an agent, or a forecasting method. */
  readonly agent: string;
  readonly seed: number;
  readonly versions: Readonly<Record<string, string>>;
  /** An ISO date and time. */
  readonly startedAt: string;
  /** Steps of training; 0 where nothing is trained. */
  readonly steps: number;
  readonly finished: boolean;
}

/** The whole record of a training run, as it stands in run.json. */
export interface RunRecord extends RunHead {
  readonly kind?: 'training';
  /** `--set` settings laid over the scenario. */
  readonly settings: readonly string[];
  /** Every knob of the agent as used. */
  readonly config: Readonly<Record<string, unknown>>;
  /** How it was to be measured, saved and stopped. */
  readonly plan?: RunPlan;
  readonly agentInterface: Readonly<Record<string, unknown>>;
  readonly backend: string;
  /** What read the texts, where there were any. */
  readonly embedder: string | null;
  /** How demand was forecast, and where what reads was looked for; null or left out where nothing was. */
  readonly forecasts?: ForecastRecord | null;
  /** Training time so far, all sittings together. */
  readonly seconds: number;
}

/** What read the texts of a recommendation. */
export interface TextReader {
  readonly name: string;
  readonly model: string;
  readonly fallback: string | null;
  /** What was looked for, in this order, and what came of it. Left out in records of before it was kept. */
  readonly searched?: readonly EmbedderSearch[];
}

/** The record of a recommendation, as it stands in run.json; what is by item lies in files beside it. */
export interface RecommendationRecord extends RunHead {
  readonly kind: 'recommendation';
  /** The run that it was promoted over, where monitoring made it. */
  readonly parent?: string;
  /** Day on which the orders are placed, YYYY-MM-DD. */
  readonly asOf: string;
  /** Number of the history's first period that is forecast: those before it were learnt from. */
  readonly origin: number;
  /** [periods] that the forecast covers. */
  readonly horizon: number;
  /** [periods] until the next order can be placed. */
  readonly review: number;
  /** The forecasting method, the country whose holidays it knew, and what it chose while it was fitted. With the seed and the history it gives the same forecasts again. */
  readonly method: { readonly name: string; readonly country?: string; readonly choices: Readonly<Record<string, number | string>> };
  /** What read the texts, where the method reads; why another one than was asked for. */
  readonly embedder: TextReader | null;
  /** What turned forecasts into orders: `newsvendor`, or a policy as written on the command line. */
  readonly policy: string;
  /** Chance aimed at of lasting until the next order arrives; null where each item's costs say it. */
  readonly service: number | null;
  /** Limits across items; null where there is none. */
  readonly limits: { readonly budget: number | null; readonly storage: number | null; readonly suppliers: boolean };
  /** Files as they were given, by option. */
  readonly sources: Readonly<Record<string, string>>;
  /** How they were read: `map`, `dates`, `decimal`, `encoding`, `period`, `cleaning`, as importSales takes them. */
  readonly reading: Readonly<Record<string, unknown>>;
  /** What was found in the files and what became of it. */
  readonly findings: readonly { readonly kind: string; readonly count: number; readonly unit: string; readonly action: string }[];
  /** SHA-256 of the files beside run.json, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Any run of the store; `kind` tells them apart. */
export type StoredRun = RunRecord | RecommendationRecord;

export type RunKind = 'training' | 'recommendation';

/** Fields without which a record of that kind is damaged. */
const NEEDED: Readonly<Record<RunKind, readonly string[]>> = {
  training: ['settings', 'config', 'agentInterface'],
  recommendation: ['asOf', 'origin', 'horizon', 'method', 'policy', 'sources', 'files'],
};

/** What made a run. */
export function kindOf({ kind = 'training' }: Pick<RunHead, 'kind'>): RunKind {
  return kind;
}

/** Is this a whole record of a kind that is known? */
export function isStoredRun(value: unknown): value is StoredRun {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = 'kind' in value ? value.kind : 'training';
  if (kind !== 'training' && kind !== 'recommendation') return false;
  return ['run', 'scenario', 'agent', 'seed', 'startedAt', 'steps', ...NEEDED[kind]].every((key) => key in value);
}
