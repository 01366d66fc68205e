import { availableParallelism } from 'node:os';
import { UserError } from '../env/index.ts';
import type { TrainFamilyResult } from '../experiments/index.ts';
import type { Session } from './session.ts';

/** Options of `train` that a family's training looks at. */
export interface FamilyOptions {
  readonly family?: string;
  readonly agent: string;
  readonly resume?: string;
  readonly set: readonly string[];
  readonly seed: number;
  readonly cores?: number;
  readonly steps?: number;
  readonly seconds?: number;
  readonly seeds?: number;
  readonly dashboard?: boolean;
  readonly tensorboard?: boolean;
}

const AGENT = 'agent.';
/** Options that have no meaning there. */
const WITHOUT = ['steps', 'seconds', 'seeds', 'dashboard', 'tensorboard'] as const;

/** Trains for a family, or goes on with such a run; null where the command is about something else. */
export async function trainFamilyIfAsked(
  options: FamilyOptions,
  { output, signal }: Pick<Session, 'output' | 'signal'>,
): Promise<TrainFamilyResult | null> {
  const { family, resume, set, seed, cores = availableParallelism() } = options;
  if (family === undefined && !(resume !== undefined && (await isFamilyRun(resume)))) return null;
  const given = WITHOUT.find((name) => options[name] !== undefined && options[name] !== false);
  if (given !== undefined)
    throw new UserError(`--${given}: has no meaning for a family; leave it out, and set agent.items for less or more work`);
  if (family !== undefined && options.agent !== 'dcl') {
    throw new UserError(`--agent ${options.agent}: expected dcl, which trains for a family; write --agent dcl --family ${family}`);
  }
  const { FAMILY_AGENT, readKnobs, resumeFamily, trainFamily } = await import('../experiments/index.ts');
  const progress = await output.progress('Training');
  const going = {
    cores,
    signal: signal(),
    onMessage: output.log,
    onProgress: ({ part, doing }: { readonly part: number; readonly doing: string }) => progress.update(part, doing),
  };
  try {
    if (family === undefined) return await resumeFamily(String(resume), going);
    const own = set.filter((setting) => setting.startsWith(AGENT)).map((setting) => setting.slice(AGENT.length));
    const others = set.filter((setting) => !setting.startsWith(AGENT));
    return await trainFamily({ family, set: others, seed, settings: readKnobs(FAMILY_AGENT, own), ...going });
  } finally {
    progress.end();
  }
}

async function isFamilyRun(run: string): Promise<boolean> {
  const { FAMILY_AGENT, readRun } = await import('../experiments/index.ts');
  return (await readRun(run)).agent === FAMILY_AGENT;
}
