import { compare, type Evaluation, train } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';
import type { Study, Variant } from './studies.ts';

/** One agent trained on one seed in one variant of a study. */
export interface Cell {
  readonly study: string;
  readonly scenario: string;
  readonly variant: Variant;
  readonly agent: string;
  readonly seed: number;
}

export interface Outcome extends Cell {
  readonly steps: number;
  /** [s] of training: all of it, what an agent tunes before its first step too. */
  readonly seconds: number;
  /** [s] of all threads, in the same time. */
  readonly cpuSeconds: number;
  /** [MB] largest resident memory of the process up to the end of training. */
  readonly peakMegabytes: number;
  readonly costPerPeriod: number;
  readonly ci95: readonly [number, number] | null;
  readonly optimum: number | null;
  readonly gapPercent: number | null;
  readonly gapCi95: readonly [number, number] | null;
  /** Cost of the agent less that of each baseline, on the same demand: below 0 the agent is the cheaper. */
  readonly differences: readonly Difference[];
  readonly clairvoyant: Clairvoyant | null;
}

interface Difference {
  readonly policy: string;
  readonly costPerPeriod: number;
  readonly mean: number;
  readonly ci95: readonly [number, number] | null;
}

interface Clairvoyant {
  /** [money/period] below which nobody could have gone who knew all demand. */
  readonly bound: number;
  /** Of the cheapest baseline's distance to the bound, the part that the agent leaves. */
  readonly gapLeft: number;
}

const EVALUATION = { lanes: 1024, periods: 10_000 };
/** Far from any training seed. */
const EVALUATION_SEED = 1_000_000;
const OPTIMAL = 'optimal';

/** Trains, with default settings, and measures on fresh demand. */
export async function trainCell(cell: Cell, study: Study): Promise<Outcome> {
  const { agent, seed } = cell;
  const loaded = await loadScenario(cell.scenario, { set: Object.entries(cell.variant).map(([path, value]) => `${path}=${value}`) });
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { run, steps } = await train({ loaded, agent, seed, evaluation: null, curvePoints: 1 });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  return { ...cell, steps, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes, ...(await judge(run, { loaded, study })) };
}

type Verdict = Pick<Outcome, 'costPerPeriod' | 'ci95' | 'optimum' | 'gapPercent' | 'gapCi95' | 'differences' | 'clairvoyant'>;

async function judge(run: string, { loaded, study }: { readonly loaded: LoadedScenario; readonly study: Study }): Promise<Verdict> {
  const { solver, baselines } = loaded.document;
  const policies = study.baselines ?? (solver === null ? baselines : [OPTIMAL]);
  const size = study.evaluation ?? EVALUATION;
  const compared = await compare({ loaded, runs: [run], policies, ...size, seed: EVALUATION_SEED });
  const { results, differences, optimum, clairvoyant } = compared;
  const { costPerPeriod, ci95, gapPercent = null, gapCi95 = null, gapLeftPercent } = results[0];
  return {
    costPerPeriod,
    ci95,
    optimum: optimum?.costPerPeriod ?? null,
    gapPercent,
    gapCi95,
    differences: differences.flatMap(({ policy, mean, ci95: interval }, k) =>
      policies[k] === OPTIMAL ? [] : [{ policy, costPerPeriod: results[k + 1].costPerPeriod, ...turned({ mean, ci95: interval }) }],
    ),
    clairvoyant:
      clairvoyant === undefined || gapLeftPercent === undefined
        ? null
        : { bound: clairvoyant.costPerPeriod, gapLeft: gapLeftPercent / 100 },
  };
}

/** Agent less baseline in place of baseline less agent. */
function turned({ mean, ci95 }: Pick<Evaluation['differences'][number], 'mean' | 'ci95'>): Pick<Difference, 'mean' | 'ci95'> {
  return { mean: -mean, ci95: ci95 === null ? null : [-ci95[1], -ci95[0]] };
}
