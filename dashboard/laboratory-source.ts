import { baselines, type Policy } from '../agents/index.ts';
import { type Scenario, UserError } from '../env/index.ts';
import { listRuns, makePolicy } from '../experiments/index.ts';
import { type LoadedScenario, listScenarios, loadScenario, readScenarioDocument } from '../scenarios/index.ts';
import type { PolicyChoice, ScenarioChoice } from './protocol.ts';
import { simulatorSource } from './simulator-source.ts';
import type { WatchSource } from './source.ts';

export interface LaboratoryOptions {
  /** A scenario that is loaded already, with policies that are made already, by specification. */
  readonly ready?: { readonly loaded: LoadedScenario; readonly policies: ReadonlyMap<string, Policy> };
  readonly onMessage?: (message: string) => void;
}

/** What the dashboard shows of the laboratory: its presets with their knobs, its policies, and the runs in the store. */
export async function laboratorySource({ ready, onMessage }: LaboratoryOptions = {}): Promise<WatchSource> {
  const loadedBy = new Map<Scenario, LoadedScenario>();
  if (ready) loadedBy.set(ready.loaded.scenario, ready.loaded);
  return simulatorSource({
    scenarios: await scenarioChoices(),
    policies: await policyChoices(),
    async scenario(id, set) {
      const settings = Object.entries(set).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      if (ready && ready.loaded.document.id === id && settings.length === 0) return ready.loaded.scenario;
      const document = await readScenarioDocument(await knownPreset(id));
      const unknown = Object.keys(set).find((name) => !Object.hasOwn(document.knobs, name));
      if (unknown !== undefined)
        throw new UserError(`knob "${unknown}" of ${id}: expected one of ${Object.keys(document.knobs).join(', ')}`);
      const loaded = await loadScenario(id, { set: settings, onMessage });
      loadedBy.set(loaded.scenario, loaded);
      return loaded.scenario;
    },
    async policy(spec, scenario) {
      const loaded = loadedBy.get(scenario);
      if (!loaded) throw new Error(`the scenario "${scenario.id}" was not opened here`);
      const made = ready?.loaded === loaded ? ready.policies.get(spec) : undefined;
      return made ?? (await makePolicy(spec, { loaded })).policy;
    },
    async optimum(scenario) {
      const loaded = loadedBy.get(scenario);
      if (!loaded || loaded.document.solver === null) return null;
      return (await makePolicy('optimal', { loaded })).costPerPeriod ?? null;
    },
  });
}

/** Only presets are shown: a page cannot name a file. */
async function knownPreset(id: string): Promise<string> {
  const ids = (await listScenarios()).map((scenario) => scenario.id);
  if (!ids.includes(id)) throw new UserError(`scenario "${id}": expected one of ${ids.join(', ')}`);
  return id;
}

async function scenarioChoices(): Promise<ScenarioChoice[]> {
  const documents = await Promise.all((await listScenarios()).map(({ id }) => readScenarioDocument(id)));
  return documents.map((document) => ({
    id: document.id,
    title: document.title,
    knobs: Object.entries(document.knobs).map(([name, { path, help }]) => ({ name, help, value: valueAt(document, path) })),
  }));
}

/** The value that a knob stands at, as it can be typed. */
function valueAt(document: object, path: string): string | number | boolean {
  let value: unknown = document;
  for (const step of path.split('.')) {
    const list: readonly unknown[] | null = Array.isArray(value) ? value : null;
    const link = list?.find(
      (entry) => typeof entry === 'object' && entry !== null && 'to' in entry && `${Reflect.get(entry, 'from')}>${entry.to}` === step,
    );
    value = link ?? (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined);
  }
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** Baselines where they fit, the optimum where it can be computed, and every run in the scenario that it was trained in. */
async function policyChoices(): Promise<PolicyChoice[]> {
  const documents = await Promise.all((await listScenarios()).map(({ id }) => readScenarioDocument(id)));
  const solved = documents.filter(({ solver }) => solver !== null).map(({ id }) => id);
  const runs = await listRuns();
  return [
    ...runs.reverse().map(({ run, agent, scenario }) => ({ spec: `run:${run}`, title: `${agent} (${run})`, scenarios: [scenario] })),
    ...Object.values(baselines).map(({ name, title }) => ({ spec: name, title: `${name}: ${title}` })),
    { spec: 'optimal', title: 'optimal', scenarios: solved },
  ];
}
