import { clairvoyantBound, type Policy } from '../../agents/index.ts';
import { evaluate, makePolicy, train } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';

/** The trades, in the order of their page. */
export const TRADES = [
  'grocery',
  'ecommerce',
  'manufacturing',
  'pharmacy',
  'energy',
  'education',
  'cash',
  'warehouse',
  'factory',
  'market',
] as const;

/** Agents with default settings, but that dcl does a quarter of its work: about a minute of CPU in a single stock point. */
const STEPS: Readonly<Record<string, number | undefined>> = { ppo: undefined, dcl: 150_000_000 };
export const AGENTS = Object.keys(STEPS);
const SEED = 1;
/** Far from any training seed. */
const EVALUATION_SEED = 1_000_000;

export interface TradeResult {
  readonly policy: string;
  /** Of a tuned baseline, but for a catalogue's, which has them item by item. */
  readonly parameters: unknown;
  /** [money/period], an item's mean where lanes are items. */
  readonly costPerPeriod: number;
  readonly ci95: readonly [number, number] | null;
  readonly fillRate: number | null;
  /** [money/period] its cost less that of the first result, on the same demand; null for that one. */
  readonly toBest: { readonly mean: number; readonly ci95: readonly [number, number] | null } | null;
  /** [percent] of the gap between the first result and the bound, what is left. */
  readonly gapLeftPercent: number | null;
}

export interface TradeOutcome {
  readonly scenario: string;
  readonly lanes: number;
  readonly periods: number;
  readonly training: readonly { readonly agent: string; readonly steps: number; readonly cpuSeconds: number }[];
  /** The baselines, the cheapest of their tuning first; then the agents. */
  readonly results: readonly TradeResult[];
  /** What nobody could have gone below who knew all demand and prices; on so many lanes and periods, where the first result costs `baseline`. */
  readonly bound: {
    readonly costPerPeriod: number;
    readonly ci95: readonly [number, number];
    readonly lanes: number;
    readonly periods: number;
    readonly solved: number;
    readonly baseline: number;
  } | null;
  /** The cheapest baseline where forecasts do not count what notes announce; null where there are none. */
  readonly withoutNotes: { readonly policy: string; readonly costPerPeriod: number } | null;
}

/** Trains the agents in a trade's scenario and compares them with its tuned baselines and a bound, all on the same demand. */
export async function trade(scenario: string, agents: readonly string[]): Promise<TradeOutcome> {
  const loaded = await loadScenario(scenario, { onMessage: note });
  const made = [...(await tunedBaselines(loaded))].sort((a, b) => a.tuned - b.tuned);
  const trained = [];
  for (const agent of agents) trained.push(await trainedAgent(loaded, agent, STEPS[agent]));
  const all = [...made, ...trained];
  const size = sizeOf(loaded);
  const { results, differences } = evaluate({
    scenario: loaded.scenario,
    policies: all.map(({ policy }) => policy),
    ...size,
    seed: EVALUATION_SEED,
  });
  const { bound, gap } = await boundAndGap(loaded, made[0].policy);
  return {
    scenario,
    ...size,
    training: trained.map(({ name, steps, cpuSeconds }) => ({ agent: name, steps, cpuSeconds: rounded(cpuSeconds) })),
    results: results.map(({ parameters, costPerPeriod, ci95, fillRate }, k) => ({
      policy: all[k].name,
      parameters: k < made.length && loaded.catalogue === null ? parameters : null,
      costPerPeriod,
      ci95,
      fillRate,
      toBest: k === 0 ? null : { mean: differences[k - 1].mean, ci95: differences[k - 1].ci95 },
      gapLeftPercent: gap === null ? null : 100 * (1 + (costPerPeriod - results[0].costPerPeriod) / gap),
    })),
    bound,
    withoutNotes: await withoutNotes(loaded, size),
  };
}

async function tunedBaselines(loaded: LoadedScenario) {
  const made = [];
  for (const spec of loaded.document.baselines) {
    const { policy, costPerPeriod = Number.POSITIVE_INFINITY } = await makePolicy(spec, { loaded, onMessage: note });
    made.push({ name: spec, policy, tuned: costPerPeriod });
  }
  return made;
}

async function trainedAgent(loaded: LoadedScenario, agent: string, asked: number | undefined) {
  const before = process.cpuUsage();
  const { run, steps } = await train({ loaded, agent, steps: asked, seed: SEED, evaluation: null, curvePoints: 1 });
  const { user, system } = process.cpuUsage(before);
  const { policy } = await makePolicy(`run:${run}`, { loaded });
  return { name: agent, policy, steps, cpuSeconds: (user + system) / 1e6 };
}

/** Lanes and periods of an evaluation: of a scenario that ends many lanes, of a catalogue whole ones. */
function sizeOf({ scenario, catalogue }: LoadedScenario): { readonly lanes: number; readonly periods: number } {
  if (scenario.periods !== null) return { lanes: 16_384, periods: scenario.periods };
  return catalogue ? { lanes: 2 * (scenario.laneNames?.length ?? 1), periods: 260 } : { lanes: 256, periods: 1000 };
}

/** Of a scenario that goes on for ever: a program over all of an evaluation would take too long. */
const ENDLESS = { lanes: 16, warmUp: 20, periods: 60 };
const ENDING_LANES = 64;
const SECONDS_PER_LANE = 1;

/** The clairvoyant bound on some lanes, and how far the cheapest baseline lies above it on the same lanes and periods. */
async function boundAndGap(
  loaded: LoadedScenario,
  policy: Policy,
): Promise<{ readonly bound: TradeOutcome['bound']; readonly gap: number | null }> {
  const ends = loaded.scenario.periods !== null;
  const warmUp = ends ? loaded.scenario.warmUp : Math.min(loaded.scenario.warmUp, ENDLESS.warmUp);
  const scenario = { ...loaded.scenario, warmUp };
  const lanes = scenario.laneNames?.length ?? (ends ? ENDING_LANES : ENDLESS.lanes);
  const periods = (scenario.periods ?? ENDLESS.periods + warmUp) - warmUp;
  const common = { scenario, seed: EVALUATION_SEED, lanes };
  const { costPerPeriod, ci95, solved } = await clairvoyantBound({
    ...common,
    periods: warmUp + periods,
    secondsPerLane: SECONDS_PER_LANE,
  });
  const own = evaluate({ ...common, policies: [policy], periods }).results[0].costPerPeriod;
  return { bound: { costPerPeriod, ci95, lanes, periods, solved, baseline: own }, gap: own - costPerPeriod };
}

/** The cheapest baseline where forecasts do not count what notes announce, on the same demand. */
async function withoutNotes({ source, document }: LoadedScenario, size: { readonly lanes: number; readonly periods: number }) {
  if (document.knobs.notes === undefined) return null;
  const loaded = await loadScenario(source, { set: ['notes=false'], onMessage: note });
  const [best] = [...(await tunedBaselines(loaded))].sort((a, b) => a.tuned - b.tuned);
  const { results } = evaluate({ scenario: loaded.scenario, policies: [best.policy], ...size, seed: EVALUATION_SEED });
  return { policy: best.name, costPerPeriod: results[0].costPerPeriod };
}

function rounded(seconds: number): number {
  return Math.round(10 * seconds) / 10;
}

/** What two runs of a scenario with different agents come to together: the baselines, the bound and the demand are the same. */
export function together(one: TradeOutcome | undefined, other: TradeOutcome): TradeOutcome {
  if (one === undefined) return other;
  const fresh = other.training.map(({ agent }) => agent);
  const kept = one.training.filter(({ agent }) => !fresh.includes(agent));
  const agents = one.results.filter(({ policy }) => kept.some(({ agent }) => agent === policy));
  const sorted = (results: readonly TradeResult[]) => {
    const last = results.length - other.training.length;
    return [...results.slice(0, last), ...agents, ...results.slice(last)];
  };
  return { ...other, training: [...kept, ...other.training], results: sorted(other.results) };
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
