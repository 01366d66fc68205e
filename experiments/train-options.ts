import type { LoadedScenario } from '../scenarios/index.ts';
import type { CurveReferences } from './curve-evaluation.ts';
import type { Evaluation } from './evaluate.ts';
import type { StopReason } from './stopping.ts';

export interface TrainOptions {
  readonly loaded: LoadedScenario;
  readonly agent: string;
  /** Environment steps, all lanes together. Default: the agent's own. */
  readonly steps?: number;
  /** In place of steps: about how long to train. The same seed then gives the same run only as far as the machine is as fast. */
  readonly seconds?: number;
  readonly seed?: number;
  /** Knobs of the agent. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Parallel copies of the environment; rounded up to whole catalogues. Default 256. */
  readonly lanes?: number;
  /** Size of the evaluation at the end; null: none. Default 1,024 lanes x 2,000 periods. */
  readonly evaluation?: { readonly lanes: number; readonly periods: number } | null;
  /** Points of the learning curve, each an evaluation on the same fixed demand. Default 10. */
  readonly curvePoints?: number;
  /** [s] between checkpoints. Default 15. */
  readonly checkpointSeconds?: number;
  /** Stop after this many points of the curve without a cheaper one. Default: never. */
  readonly patience?: number;
  /** Stop at a point of the curve this near to the optimum [percent]. Default: never. */
  readonly stopAtGap?: number;
  /** Writes TensorBoard event files beside the metrics. Default false. */
  readonly tensorboard?: boolean;
  /** Above 1, the learning curve is measured beside training, with the same numbers; and what it is to be read against is worked out. Default 1. */
  readonly cores?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Told the run's id when its record is there. */
  readonly onStart?: (run: string) => void;
  /** Told once what computes, and of what went wrong on the way. */
  readonly onMessage?: (message: string) => void;
}

/** What a resumed run needs to end as an uninterrupted one, beside the agent's knobs. */
export interface RunPlan extends Required<Pick<TrainOptions, 'curvePoints' | 'checkpointSeconds' | 'tensorboard'>> {
  readonly evaluation: { readonly lanes: number; readonly periods: number } | null;
  readonly patience: number | null;
  readonly stopAtGap: number | null;
}

const DEFAULT_EVALUATION = { lanes: 1024, periods: 2000 };

export function runPlan(options: Partial<TrainOptions>): RunPlan {
  const { evaluation = DEFAULT_EVALUATION, curvePoints = 10, checkpointSeconds = 15, patience, stopAtGap, tensorboard = false } = options;
  return { evaluation, curvePoints, checkpointSeconds, patience: patience ?? null, stopAtGap: stopAtGap ?? null, tensorboard };
}

export interface CurvePoint {
  readonly step: number;
  readonly seconds: number;
  /** [money/period] on a fixed demand, never seen in training. */
  readonly costPerPeriod: number;
  /** Above the optimum's cost on the same demand; where the optimum was worked out, to stop at a gap. */
  readonly gapPercent?: number;
}

export interface TrainProgress {
  /** Part done, 0 to 1. */
  readonly part: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  readonly last: CurvePoint | null;
  /** Null until they are worked out, beside training. */
  readonly references: CurveReferences | null;
}

export interface BaseComparison {
  readonly policy: string;
  readonly costPerPeriod: number;
  /** [money/period] cost of the run less that of the policy; below 0 the run is cheaper. */
  readonly difference: number;
  readonly ci95: readonly [number, number] | null;
}

export interface TrainResult {
  readonly run: string;
  readonly agent: string;
  readonly backend: string;
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** Why training stopped before its planned end; null where it did not. */
  readonly stopped: StopReason | null;
  /** Null where training was broken off before its end, or none was asked for. */
  readonly evaluation: Pick<Evaluation['results'][number], 'costPerPeriod' | 'standardError' | 'ci95'> | null;
  /** [money/period] */
  readonly optimum: number | null;
  readonly gapPercent: number | null;
  /** What the policy that was improved on costs on the same demand, and how much less the run does than it, paired; null where there is no such policy, or no evaluation. */
  readonly base: BaseComparison | null;
  readonly curve: readonly CurvePoint[];
}
