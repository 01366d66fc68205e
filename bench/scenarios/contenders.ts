import type { Policy } from '../../agents/index.ts';
import { makePolicy, train } from '../../experiments/index.ts';
import type { LoadedScenario } from '../../scenarios/index.ts';

/** Agents with default settings, but that dcl does a quarter of its work: about a minute of CPU in a single stock point. */
const STEPS: Readonly<Record<string, number | undefined>> = { ppo: undefined, dcl: 150_000_000 };
export const AGENTS = Object.keys(STEPS);
const SEED = 1;

export interface TunedBaseline {
  readonly name: string;
  readonly policy: Policy;
}

export interface TrainedAgent extends TunedBaseline {
  readonly steps: number;
  readonly cpuSeconds: number;
}

/** The scenario's baselines with the parameters that its forecasts ask for, the cheapest of their tuning first. */
export async function tunedBaselines(loaded: LoadedScenario): Promise<TunedBaseline[]> {
  const made = [];
  for (const spec of loaded.document.baselines) {
    const { policy, costPerPeriod = Number.POSITIVE_INFINITY } = await makePolicy(spec, { loaded, onMessage: toStandardError });
    made.push({ name: spec, policy, tuned: costPerPeriod });
  }
  return made.sort((a, b) => a.tuned - b.tuned);
}

export async function trainedAgent(loaded: LoadedScenario, agent: string): Promise<TrainedAgent> {
  const before = process.cpuUsage();
  const { run, steps } = await train({ loaded, agent, steps: STEPS[agent], seed: SEED, evaluation: null, curvePoints: 1 });
  const { user, system } = process.cpuUsage(before);
  const { policy } = await makePolicy(`run:${run}`, { loaded });
  return { name: agent, policy, steps, cpuSeconds: (user + system) / 1e6 };
}

export function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
