import { clairvoyantBound, type Policy } from '../../agents/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';
import { toStandardError, trainedAgent, tunedBaselines } from './contenders.ts';
import { type NotesWorth, notesWorth } from './notes-worth.ts';

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
  /** Of the cheapest baseline, then of agents; empty where it was not measured, or there are none. */
  readonly notes: readonly NotesWorth[];
}

/** Trains the agents in a trade's scenario and compares them with its tuned baselines and a bound, all on the same demand. */
export async function trade(scenario: string, agents: readonly string[]): Promise<TradeOutcome> {
  const loaded = await loadScenario(scenario, { onMessage: toStandardError });
  const made = await tunedBaselines(loaded);
  const trained = [];
  for (const agent of agents) trained.push(await trainedAgent(loaded, agent));
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
    notes: await notesWorth({ loaded, cheapest: made[0], agents: trained, ...size, seed: EVALUATION_SEED }),
  };
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
  const notes = [...other.notes, ...one.notes.filter(({ policy }) => kept.some(({ agent }) => agent === policy))];
  return { ...other, training: [...kept, ...other.training], results: sorted(other.results), notes };
}
