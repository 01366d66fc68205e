import { clairvoyantBound, type Policy } from '../../agents/index.ts';
import { type Evaluation, evaluate, makePolicy, optimumIfAny, train } from '../../experiments/index.ts';
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
  /** [money/period] below which nobody could have gone, and what agent and cheapest baseline paid on the same demand. */
  readonly bound: number;
  readonly agent: number;
  readonly baseline: number;
  /** Of the cheapest baseline's distance to the bound, the part that the agent leaves. */
  readonly gapLeft: number;
}

const EVALUATION = { lanes: 1024, periods: 10_000 };
/** Far from any training seed. */
const EVALUATION_SEED = 1_000_000;

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
  const optimum = optimumIfAny(loaded);
  const baselines = study.baselines ?? (optimum === null ? loaded.document.baselines : []);
  const policies: Policy[] = [];
  for (const spec of [`run:${run}`, ...baselines]) policies.push((await makePolicy(spec, { loaded })).policy);
  const { scenario } = loaded;
  const { results, differences } = evaluate({ scenario, policies, ...(study.evaluation ?? EVALUATION), seed: EVALUATION_SEED, optimum });
  const { costPerPeriod, ci95, gapPercent = null, gapCi95 = null } = results[0];
  return {
    costPerPeriod,
    ci95,
    optimum: optimum?.costPerPeriod ?? null,
    gapPercent,
    gapCi95,
    differences: differences.map(({ policy, ...rest }, k) => ({ policy, costPerPeriod: results[k + 1].costPerPeriod, ...turned(rest) })),
    clairvoyant: study.clairvoyant === undefined ? null : await heldAgainst(study.clairvoyant, { loaded, policies }),
  };
}

/** Agent less baseline in place of baseline less agent. */
function turned({ mean, ci95 }: Pick<Evaluation['differences'][number], 'mean' | 'ci95'>): Pick<Difference, 'mean' | 'ci95'> {
  return { mean: -mean, ci95: ci95 === null ? null : [-ci95[1], -ci95[0]] };
}

async function heldAgainst(
  { lanes, periods }: { readonly lanes: number; readonly periods: number },
  { loaded: { scenario }, policies }: { readonly loaded: LoadedScenario; readonly policies: readonly Policy[] },
): Promise<Clairvoyant> {
  const { results } = evaluate({ scenario, policies, lanes, periods, seed: EVALUATION_SEED });
  const { costPerPeriod: bound } = await clairvoyantBound({
    scenario,
    lanes,
    periods: scenario.warmUp + periods,
    seed: EVALUATION_SEED,
    secondsPerLane: 1,
  });
  const [agent, ...others] = results.map(({ costPerPeriod }) => costPerPeriod);
  const baseline = Math.min(...others);
  return { bound, agent, baseline, gapLeft: (agent - bound) / (baseline - bound) };
}
