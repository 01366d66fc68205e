import { UserError } from '../../env/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';
import { breathe, type Comparison, compare } from '../compare.ts';
import { type CurveReferences, curveReferences } from '../curve-evaluation.ts';
import type { Evaluation } from '../evaluate.ts';
import { type PolicyMap, policyMap } from '../policy-map.ts';
import { readDocument } from '../runs/artefacts.ts';
import { isEvaluation } from '../runs/evaluations.ts';
import type { RunRecord } from '../runs/records.ts';
import type { CurvePoint } from '../train-options.ts';
import { type Calibration, calibrationOf } from './calibration.ts';

/** What a training run left behind. */
export interface RunFacts {
  readonly record: RunRecord;
  readonly curve: readonly CurvePoint[];
  /** Null where it was broken off before its end. */
  readonly evaluation: Evaluation | null;
}

/** Runs of the same scenario with the same settings, and what is worked out about them together. Null is what could not be had; `omitted` says why. */
export interface ScenarioFacts {
  readonly scenario: string;
  readonly settings: readonly string[];
  readonly title: string;
  readonly runs: readonly RunFacts[];
  readonly comparison: Comparison | null;
  /** On the demand of the first run's curve. */
  readonly references: CurveReferences | null;
  readonly map: PolicyMap | null;
  readonly calibration: Calibration | null;
  readonly omitted: readonly string[];
}

export interface GatherOptions {
  /** Compare the runs with the scenario's policies on the same demand; else the report has what the runs kept. Default true. */
  readonly compared?: boolean;
  /** Of the comparison. Default: those of the first run's own evaluation. */
  readonly lanes?: number;
  readonly periods?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number, doing: string) => void;
  readonly onMessage?: (message: string) => void;
}

/** Reads what a run kept. @throws UserError where it is damaged */
export async function runFacts(record: RunRecord): Promise<RunFacts> {
  const [curve, evaluation] = await Promise.all([readDocument(record.run, 'curve'), readDocument(record.run, 'evaluation')]);
  if (evaluation !== null && !isEvaluation(evaluation))
    throw new UserError(`run "${record.run}": evaluation.json is damaged; expected a policy's costs: restore the file, or train again`);
  return { record, curve: isCurve(curve) ? curve : [], evaluation };
}

function isCurve(value: unknown): value is CurvePoint[] {
  const isPoint = (point: unknown) => typeof point === 'object' && point !== null && 'step' in point && 'costPerPeriod' in point;
  return Array.isArray(value) && value.every(isPoint);
}

/** Runs by what they were trained on, in the order given. */
export function grouped(runs: readonly RunFacts[]): RunFacts[][] {
  const groups = new Map<string, RunFacts[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.record.scenario, run.record.settings]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}

/** Works out what runs of one scenario are told beside. What cannot be had is left out, with the reason. */
export async function scenarioFacts(
  runs: readonly RunFacts[],
  { compared = true, lanes, periods, signal, onProgress, onMessage }: GatherOptions,
): Promise<ScenarioFacts> {
  const { scenario, settings, seed } = runs[0].record;
  const omitted: string[] = [];
  const unless = async <T>(what: string, make: () => Promise<T>): Promise<T | null> => {
    await breathe();
    signal?.throwIfAborted();
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      omitted.push(`${what}: ${error.message}`);
      return null;
    }
  };
  onProgress?.(0, `reading ${scenario}`);
  const loaded = await unless('What is worked out from the scenario', () => loadScenario(scenario, { set: settings, onMessage }));
  const head = { scenario, settings, title: loaded?.document.title ?? scenario, runs };
  if (loaded === null) return { ...head, comparison: null, references: null, map: null, calibration: null, omitted };
  const ids = runs.flatMap(({ record, evaluation }) => (evaluation === null && !record.finished && record.steps === 0 ? [] : [record.run]));
  const size = runs.find(({ evaluation }) => evaluation !== null)?.evaluation;
  const comparison = compared
    ? await unless('The comparison on the same demand', () =>
        compare({
          loaded,
          runs: ids,
          seed: size?.seed ?? seed,
          lanes: lanes ?? size?.lanes,
          periods: periods ?? size?.periods,
          signal,
          onProgress: (part, doing) => onProgress?.(0.05 + 0.65 * part, doing),
          onMessage,
        }),
      )
    : null;
  onProgress?.(0.7, 'references of the learning curve');
  const references = compared
    ? await unless('What the learning curve is read against', () => curveReferences({ loaded: withoutCatalogue(loaded), seed }))
    : null;
  onProgress?.(0.85, 'policy map');
  const map = await unless('The map of orders', () => policyMap({ loaded, policies: ids.map((id) => `run:${id}`), seed, onMessage }));
  onProgress?.(0.95, 'forecast calibration');
  const calibration = loaded.catalogue === null ? null : calibrationOf(loaded.catalogue.study.backtest.methods[0]);
  return { ...head, comparison, references, map, calibration, omitted };
}

/** Nothing that is evaluated needs the catalogue's history. */
function withoutCatalogue(loaded: LoadedScenario): LoadedScenario {
  return { ...loaded, catalogue: null };
}
