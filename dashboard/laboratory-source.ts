import type { Policy } from '../agents/index.ts';
import { type Scenario, UserError } from '../env/index.ts';
import { listRuns, makePolicy } from '../experiments/index.ts';
import { type LoadedScenario, listScenarios, loadScenario, readScenarioDocument } from '../scenarios/index.ts';
import type { KnownOptimum } from './episode.ts';
import { knobsOf } from './knobs.ts';
import type { PolicyChoice, ScenarioChoice, WatchMessage } from './protocol.ts';
import { simulatorSource } from './simulator-source.ts';
import type { WatchSource } from './source.ts';

export interface LaboratoryOptions {
  /** A scenario that is loaded already, with policies by specification that are made already: they are offered as they are. */
  readonly ready?: { readonly loaded: LoadedScenario; readonly policies: ReadonlyMap<string, Policy> };
  /** A scenario to offer beside the presets: the path of a YAML file. Clients can name no other file. */
  readonly file?: string;
  /** Told of what goes on while scenarios are loaded. */
  readonly onMessage?: (message: string) => void;
}

/** The held-out weeks of a catalogue, as they happened. */
const HELD_OUT = '-held-out';

/** Everything that the laboratory can show: presets, a scenario file, baselines, the optimum, trained runs. */
export async function laboratorySource({ ready, file, onMessage }: LaboratoryOptions = {}): Promise<WatchSource> {
  const listed = await listScenarios();
  const presets = listed.map(({ id }) => id);
  const offered = file === undefined || presets.includes(file) ? presets : [file, ...presets];
  const loaded = new WeakMap<Scenario, LoadedScenario>();
  /** [money/period] of the scenarios that were solved because somebody asked for their optimum. */
  const optima = new WeakMap<Scenario, KnownOptimum>();
  /** What was made ready beforehand, and what was loaded with no knob turned. */
  const plain = new Map<string, LoadedScenario>(ready === undefined ? [] : [[ready.loaded.source, ready.loaded]]);

  const load = async (id: string, set: WatchMessage['set']): Promise<Scenario> => {
    const heldOut = id.endsWith(HELD_OUT);
    const base = heldOut ? id.slice(0, -HELD_OUT.length) : id;
    if (!offered.includes(base)) throw new UserError(`scenario "${id}": expected one of ${offered.join(', ')}`);
    const settings = await settingsOf(base, set);
    const found = (settings.length === 0 ? plain.get(base) : undefined) ?? (await loadScenario(base, { set: settings, onMessage }));
    if (settings.length === 0) plain.set(base, found);
    const scenario = heldOut ? found.catalogue?.heldOut : found.scenario;
    if (scenario === undefined) throw new UserError(`scenario "${id}": "${base}" has no held-out weeks; leave out "${HELD_OUT}"`);
    loaded.set(scenario, found);
    return scenario;
  };

  const make = async (spec: string, scenario: Scenario): Promise<Policy> => {
    const found = loaded.get(scenario);
    if (found === undefined) throw new Error(`${scenario.id} was not loaded here`);
    const made = found === ready?.loaded ? ready.policies.get(spec) : undefined;
    if (made !== undefined) return made;
    const { policy, costPerPeriod } = await makePolicy(spec, { loaded: found });
    if (spec === 'optimal' && costPerPeriod !== undefined) optima.set(scenario, { policy, costPerPeriod });
    return policy;
  };

  return simulatorSource({
    scenarios: async () => (await Promise.all(offered.map(choicesOf))).flat(),
    policies: async () => policyChoices(offered),
    scenario: load,
    policy: make,
    optimum: (scenario) => optima.get(scenario) ?? null,
  });
}

async function choicesOf(id: string): Promise<ScenarioChoice[]> {
  const document = await readScenarioDocument(id);
  const choice = { id, title: document.title, knobs: knobsOf(document) };
  if (document.catalogue === undefined) return [choice];
  const title = `${document.catalogue.heldOut} held-out periods as they happened: ${document.title}`;
  return [choice, { id: `${id}${HELD_OUT}`, title, knobs: choice.knobs }];
}

/** Only knobs: the path of a field could name a file. */
async function settingsOf(id: string, set: WatchMessage['set']): Promise<string[]> {
  const knobs = knobsOf(await readScenarioDocument(id)).map(({ name }) => name);
  return Object.entries(set).map(([name, value]) => {
    if (!knobs.includes(name)) throw new UserError(`setting "${name}" of "${id}": expected one of ${knobs.join(', ')}`);
    return `${name}=${value}`;
  });
}

async function policyChoices(offered: readonly string[]): Promise<PolicyChoice[]> {
  const fits = new Map<string, string[]>();
  for (const id of offered) {
    const { baselines, solver, catalogue } = await readScenarioDocument(id);
    const ids = catalogue === undefined ? [id] : [id, `${id}${HELD_OUT}`];
    for (const spec of solver === null ? baselines : [...baselines, 'optimal']) fits.set(spec, [...(fits.get(spec) ?? []), ...ids]);
  }
  const classic = [...fits].map(([spec, scenarios]) => ({ spec, title: TITLES[spec] ?? spec, scenarios }));
  return [...(await runChoices()), ...classic];
}

const TITLES: Readonly<Record<string, string>> = {
  'base-stock': 'Base stock',
  's-S': '(s, S)',
  'capped-base-stock': 'Capped base stock',
  constant: 'Constant order',
  'r-Q': '(r, Q)',
  's-nQ': '(s, nQ)',
  myopic: 'Myopic',
  forecast: 'Forecast-driven',
  optimal: 'Optimum',
};

/** Runs that can be offered at once, the latest ones. */
const RUNS = 30;

/** Trained agents, the latest first: the last one of its kind bears the plain name, the others their date too. */
async function runChoices(): Promise<PolicyChoice[]> {
  const runs = (await listRuns()).filter(({ steps }) => steps > 0).reverse();
  const seen = new Set<string>();
  return runs.slice(0, RUNS).map(({ run, scenario, agent, startedAt }) => {
    const name = agent.toUpperCase();
    const kind = `${scenario} ${agent}`;
    const title = seen.has(kind) ? `${name} of ${startedAt.slice(0, 16).replace('T', ' ')}` : name;
    seen.add(kind);
    return { spec: `run:${run}`, title, scenarios: [scenario, `${scenario}${HELD_OUT}`] };
  });
}
