import { pairedCosts } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';
import { type TrainedAgent, type TunedBaseline, toStandardError, trainedAgent, tunedBaselines } from './contenders.ts';

/** Agents that are trained a second time, without the notes: those that take seconds. */
const TWICE_TRAINED: readonly string[] = ['ppo'];

/** What it saves a policy that forecasts count what the notes announce. */
export interface NotesWorth {
  /** Where they count it, and where they do not: the cheapest baseline of each, or an agent that was trained in each. */
  readonly policy: string;
  readonly without: string;
  /** [money/period] where they do not. */
  readonly costWithout: number;
  /** [money/period] on the same demand. */
  readonly saved: { readonly mean: number; readonly ci95: readonly [number, number] | null };
}

export interface NotesWorthOptions {
  readonly loaded: LoadedScenario;
  readonly cheapest: TunedBaseline;
  readonly agents: readonly TrainedAgent[];
  readonly lanes: number;
  readonly periods: number;
  readonly seed: number;
}

/** For the cheapest baseline, then the agents; empty where a scenario has no notes. */
export async function notesWorth({ loaded, cheapest, agents, ...size }: NotesWorthOptions): Promise<NotesWorth[]> {
  if (loaded.document.knobs.notes === undefined) return [];
  const untold = await loadScenario(loaded.source, { set: ['notes=false'], onMessage: toStandardError });
  const worth = (told: TunedBaseline, other: TunedBaseline): NotesWorth => {
    const { trial, difference } = pairedCosts({
      trial: { scenario: untold.scenario, policy: other.policy },
      reference: { scenario: loaded.scenario, policy: told.policy },
      ...size,
    });
    const { mean, ci95 } = difference;
    return { policy: told.name, without: other.name, costWithout: trial.mean, saved: { mean, ci95 } };
  };
  const [cheapestUntold] = await tunedBaselines(untold);
  const found = [worth(cheapest, cheapestUntold)];
  for (const agent of agents) {
    if (TWICE_TRAINED.includes(agent.name)) found.push(worth(agent, await trainedAgent(untold, agent.name)));
  }
  return found;
}
