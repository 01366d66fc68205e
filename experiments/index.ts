export { type AgentKnob, agentKnobs, readKnobs } from './agent-knobs.ts';
export { type AgentInterface, type AgentPolicyOptions, agentPolicy } from './agent-policy.ts';
export { type CompareOptions, type Comparison, compare } from './compare.ts';
export {
  type CompareVariantsOptions,
  compareVariants,
  type Variant,
  type VariantComparison,
  type VariantResult,
} from './compare-variants.ts';
export { CURVE_EVALUATION } from './curve-evaluation.ts';
export { type Demonstration, type DemoOptions, type DemoResult, demo } from './demo.ts';
export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  evaluationSize,
  type Measured,
  type MeasureOptions,
  measure,
  type Optimum,
  type PolicyDifference,
  type PolicyResult,
} from './evaluate.ts';
export { type ExportedPolicy, type ExportOptions, exportPolicy } from './export-policy.ts';
export {
  FAMILY_AGENT,
  type FamilyProgress,
  resumeFamily,
  type TrainFamilyOptions,
  type TrainFamilyResult,
  trainFamily,
} from './family/train-family.ts';
export { LEDGER_COLUMNS, Ledger } from './ledger.ts';
export { optimumIfAny } from './optimum.ts';
export { type PairedCosts, type PairedCostsOptions, pairedCosts, type Trial } from './paired-costs.ts';
export { type PolicyMap, type PolicyMapOptions, policyMap } from './policy-map.ts';
export {
  loadRunNetwork,
  loadRunPolicy,
  type MadePolicy,
  type MakePolicyOptions,
  makePolicy,
  policyNames,
  policyParameters,
} from './policy-spec.ts';
export { answerTasks } from './processes/answer-tasks.ts';
export { workInProcesses } from './processes/pool.ts';
export {
  csvLines,
  describeViews,
  type ExportResult,
  exportRuns,
  type QueryOptions,
  type QueryResult,
  queryRuns,
  VIEWS,
  type View,
} from './query/index.ts';
export { REPORT_FORMATS, type ReportFormat, type ReportOptions, type ReportResult, report } from './report/index.ts';
export { checkWritable } from './report/write-report.ts';
export { readDocument } from './runs/artefacts.ts';
export { type EvaluationRecord, listEvaluations, saveEvaluation } from './runs/evaluations.ts';
export { type MetricsLine, readMetrics } from './runs/metrics-log.ts';
export { MetricsTail } from './runs/metrics-tail.ts';
export type { RecommendationRecord, RunHead, RunKind, RunRecord, StoredRun } from './runs/records.ts';
export { askToStop, isTrained } from './runs/sitting.ts';
export { listRuns, newRunId, type RunSummary, readRun, readStoredRun, runFolder, runsFolder, writeWhole } from './runs/store.ts';
export { type SensitivityOptions, type Sweep, sensitivity, sweepOf, writeSensitivityChart } from './sensitivity/index.ts';
export { type SimulateOptions, type Simulation, simulate } from './simulate.ts';
export { type Solution, type SolveOptions, solve } from './solve.ts';
export { type Estimate, estimate } from './statistics.ts';
export { type ResumeOptions, resumeTraining, train } from './train.ts';
export type { BaseComparison, CurvePoint, TrainOptions, TrainProgress, TrainResult } from './train-options.ts';
export { agentNames } from './trainers.ts';
export { universalPolicy, usualFamily } from './universal-policy.ts';
export { readVary, type Vary } from './vary.ts';
export { productVersions } from './versions.ts';
