import type { Policy } from '../agents/index.ts';
import { type ForecastRecord, type LoadedScenario, loadScenario } from '../scenarios/index.ts';
import { breathe } from './compare.ts';
import { CURVE_EVALUATION } from './curve-evaluation.ts';
import { type Evaluation, evaluate, type PolicyResult } from './evaluate.ts';
import { makePolicy } from './policy-spec.ts';
import { train } from './train.ts';
import type { TrainProgress, TrainResult } from './train-options.ts';

export interface DemoOptions {
  /** Seconds of training. Default 60. */
  readonly seconds?: number;
  readonly seed?: number;
  /** Above 1, the learning curve is measured beside training. Default 1. */
  readonly cores?: number;
  readonly signal?: AbortSignal;
  /** What is being done, a line each. */
  readonly onMessage?: (message: string) => void;
  /** While training: how far it is, with what the baselines cost on the learning curve's demand. */
  readonly onTraining?: (progress: TrainProgress, baselines: Readonly<Record<string, number>>) => void;
}

export interface DemoResult {
  readonly data: { readonly source: string; readonly items: number; readonly weeks: number; readonly heldOutWeeks: number };
  /** What read the descriptions. */
  readonly embedder: string;
  /** What was looked for to read them, in this order, and what came of it. */
  readonly searched: ForecastRecord['searched'];
  readonly forecast: {
    /** Weighted absolute percentage error on the held-out weeks, as a part of 1. */
    readonly wape: { readonly embedded: number; readonly naive: number; readonly movingAverage: number };
  };
  readonly train: Pick<TrainResult, 'run' | 'agent' | 'backend' | 'steps' | 'seconds' | 'stepsPerSecond' | 'curve'>;
  /** On demand drawn from the forecasts. */
  readonly simulated: Evaluation;
  /** On the held-out weeks as they happened. */
  readonly heldOut: Evaluation;
  /** [s] that each step took. */
  readonly timings: Readonly<Record<'load' | 'tune' | 'train' | 'evaluate', number>>;
}

/** What the demonstration leaves behind for a dashboard. */
export interface Demonstration {
  readonly result: DemoResult;
  readonly loaded: LoadedScenario;
  /** The compared policies by specification. */
  readonly policies: ReadonlyMap<string, Policy>;
}

const SCENARIO = 'retail';
const EVALUATION = { lanes: 1000, periods: 260 };

/** The whole of the product on real sales: forecast, train, compare. */
export async function demo({ seconds = 60, seed = 0, cores, signal, onMessage, onTraining }: DemoOptions = {}): Promise<Demonstration> {
  const lap = stopwatch();
  onMessage?.(`Forecasting: reading the sales and the descriptions of "${SCENARIO}"`);
  const loaded = await loadScenario(SCENARIO, { onMessage });
  const { catalogue } = loaded;
  if (!catalogue) throw new Error(`the preset "${SCENARIO}" has no catalogue`);
  const load = lap();
  const policies = await tunedBaselines(loaded, { seed, signal, onMessage });
  const tune = lap();
  onMessage?.(`Training one policy for all ${catalogue.items.length} items`);
  const baselines = baselineCosts(loaded, policies, seed);
  const trained = await train({
    loaded,
    agent: 'ppo',
    seconds,
    seed,
    lanes: 400,
    cores,
    evaluation: null,
    signal,
    onMessage,
    onProgress: (progress) => onTraining?.(progress, baselines),
  });
  const training = lap();
  signal?.throwIfAborted();
  onMessage?.('Comparing on simulated demand and on the held-out weeks');
  const spec = `run:${trained.run}`;
  const compared = new Map([[spec, (await makePolicy(spec, { loaded })).policy], ...policies]);
  await breathe();
  const all = [...compared.values()];
  const simulated = evaluate({ scenario: loaded.scenario, policies: all, ...EVALUATION, seed, signal });
  const heldOut = evaluate({ scenario: catalogue.heldOut, policies: all, lanes: 1, seed, signal });
  const { run, agent, backend, steps, stepsPerSecond, curve } = trained;
  const result: DemoResult = {
    data: {
      source: loaded.document.source ?? loaded.document.id,
      items: catalogue.items.length,
      weeks: catalogue.study.history.periods.length,
      heldOutWeeks: catalogue.study.history.periods.length - catalogue.study.cut,
    },
    embedder: catalogue.embedder ?? 'none',
    searched: catalogue.forecasts.searched,
    forecast: { wape: wapes(catalogue.study.backtest.methods) },
    train: { run, agent, backend, steps, seconds: trained.seconds, stepsPerSecond, curve },
    simulated,
    heldOut,
    timings: { load, tune, train: training, evaluate: lap() },
  };
  return { result, loaded, policies: compared };
}

/** Seconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}

async function tunedBaselines(
  loaded: LoadedScenario,
  { seed, signal, onMessage }: Pick<DemoOptions, 'seed' | 'signal' | 'onMessage'>,
): Promise<Map<string, Policy>> {
  const policies = new Map<string, Policy>();
  for (const spec of loaded.document.baselines) {
    onMessage?.(`Tuning ${spec} for each item`);
    await breathe();
    policies.set(spec, (await makePolicy(spec, { loaded, seed, signal })).policy);
  }
  return policies;
}

/** What the baselines cost on the demand of the learning curve. */
function baselineCosts(loaded: LoadedScenario, policies: ReadonlyMap<string, Policy>, seed: number): Record<string, number> {
  const { results } = evaluate({ scenario: loaded.scenario, policies: [...policies.values()], ...CURVE_EVALUATION, seed });
  return Object.fromEntries(results.map(({ policy, costPerPeriod }: PolicyResult) => [policy, costPerPeriod]));
}

function wapes(methods: readonly { readonly method: string; readonly wape: number }[]): DemoResult['forecast']['wape'] {
  const of = (name: string) => methods.find(({ method }) => method === name)?.wape ?? Number.NaN;
  return { embedded: methods[0].wape, naive: of('naive'), movingAverage: of('moving-average') };
}
