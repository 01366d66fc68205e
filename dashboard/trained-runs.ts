import { agentKnobs, agentNames, listRuns, type RunRecord, type RunSummary, readRun } from '../experiments/index.ts';
import { FreshReading } from './fresh-reading.ts';
import { HELD_OUT } from './held-out.ts';
import type { PolicyChoice, RunChoice } from './protocol.ts';

/** Runs that can be watched, and followed, at most: the latest ones. */
const MOST = { watched: 30, followed: 120 } as const;
/** Letters of one knob's value that are told. */
const BRIEF = 24;

/** Training runs of the store, each by a title that tells it from the others of its kind. */
export class TrainedRuns {
  /** A run's knobs and settings stay what they are once it has begun. */
  readonly #records = new Map<string, RunRecord>();
  readonly #listing = new FreshReading(() => this.#list());

  /** To watch, the latest first. */
  async policies(): Promise<PolicyChoice[]> {
    const trained = (await this.followed()).filter(({ steps }) => steps > 0);
    return trained
      .slice(0, MOST.watched)
      .map(({ run, title, scenario }) => ({ spec: `run:${run}`, title, scenarios: [scenario, `${scenario}${HELD_OUT}`] }));
  }

  /** To follow, the latest first. */
  async followed(): Promise<readonly RunChoice[]> {
    return this.#listing.get();
  }

  async #list(): Promise<readonly RunChoice[]> {
    const runs = (await listRuns())
      .filter(({ kind }) => kind === 'training')
      .reverse()
      .slice(0, MOST.followed);
    const records = await Promise.all(runs.map(async (run) => this.#recordOf(run)));
    const titles = runTitles(records.filter((record) => record !== null));
    return runs.map(({ kind: _, ...run }) => ({ ...run, title: titles.get(run.run) ?? run.agent.toUpperCase() }));
  }

  /** Null for a run that was removed a moment ago. */
  async #recordOf({ run }: RunSummary): Promise<RunRecord | null> {
    const record = this.#records.get(run) ?? (await readRun(run).catch(() => null));
    if (record !== null) this.#records.set(run, record);
    return record;
  }
}

type Titled = Pick<RunRecord, 'run' | 'scenario' | 'agent' | 'settings' | 'config' | 'seed' | 'startedAt'>;

/**
 * Titles by run: the agent's name, then what is set otherwise than by itself. Seeds are told where others of the kind have other ones; of runs that are
 * alike in all this the latest bears the title alone, the others their date too.
 * @param runs the latest first
 */
export function runTitles(runs: readonly Titled[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const taken = new Set<string>();
  for (const run of runs) {
    const alike = runs.filter(({ scenario, agent }) => scenario === run.scenario && agent === run.agent);
    const told = toldOf(run, alike);
    const seeds = new Set(alike.filter((other) => toldOf(other, alike).join() === told.join()).map(({ seed }) => seed));
    if (seeds.size > 1) told.push(`seed=${run.seed}`);
    const title = [run.agent.toUpperCase(), told.join(', ')].filter((part) => part !== '').join(': ');
    const key = `${run.scenario} ${title}`;
    titles.set(run.run, taken.has(key) ? `${title} (${run.startedAt.slice(0, 16).replace('T', ' ')})` : title);
    taken.add(key);
  }
  return titles;
}

/** Settings of the scenario, and knobs of the agent that are not as they are by themselves. */
function toldOf({ agent, settings, config }: Titled, alike: readonly Titled[]): string[] {
  const knobs = agentNames.includes(agent) ? agentKnobs(agent).filter(({ name }) => name !== 'steps') : [];
  const changed = knobs.filter(({ name, default: usual, leftToScenario }) => {
    if (!(name in config) || same(config[name], usual)) return false;
    // What the scenario decided is news only where another run has something else.
    return !leftToScenario || alike.some((other) => !same(other.config[name], config[name]));
  });
  return [...settings, ...changed.map(({ name }) => `${name}=${brief(config[name])}`)];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}...` : text;
}
