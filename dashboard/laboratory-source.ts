import type { Policy } from '../agents/index.ts';
import { compileNetwork, type Scenario, UserError } from '../env/index.ts';
import { type Evaluation, loadRunPolicy } from '../experiments/index.ts';
import { type LoadedScenario, listScenarios, readScenarioDocument } from '../scenarios/index.ts';
import { type Clock, systemClock } from './clock.ts';
import type { KnownOptimum } from './episode.ts';
import { HELD_OUT } from './held-out.ts';
import { knobsOf } from './knobs.ts';
import { offersOf, titleOf } from './offers.ts';
import type { ScoresMessage, WatchMessage } from './protocol.ts';
import { type SimulatorSource, simulatorSource } from './simulator-source.ts';
import type { WatchSource } from './source.ts';
import { pair, storedEvaluations } from './stored-evaluations.ts';
import { TrainedRuns } from './trained-runs.ts';
import { Trainings } from './trainings.ts';
import { costPartsOf } from './watched-network.ts';
import type { Place } from './workshop/jobs.ts';
import { baselineRecipe, fromRecipe, isBaseline, type Recipe } from './workshop/recipe.ts';
import { ownWorkshop, type Workshop } from './workshop/workshop.ts';

export interface LaboratoryOptions {
  /** A scenario that is loaded already, with policies by specification that are made already: they are offered as they are. */
  readonly ready?: { readonly loaded: LoadedScenario; readonly policies: ReadonlyMap<string, Policy> };
  /** A scenario to offer beside the presets: the path of a YAML file. Clients can name no other file. */
  readonly file?: string;
  /** Where scenarios are loaded, policies tuned and optima computed. Default: in this process. */
  readonly workshop?: Workshop;
  readonly clock?: Clock;
}

/** Lanes that the scores' intervals are taken over, or whole catalogues of at least as many. */
const SCORED = 256;

/** Everything that the laboratory can show: presets, a scenario file, baselines, the optimum, trained runs. */
export async function laboratorySource(options: LaboratoryOptions = {}): Promise<WatchSource> {
  const { ready, file, clock = systemClock } = options;
  const presets = (await listScenarios()).map(({ id }) => id);
  const offered = file === undefined || presets.includes(file) ? presets : [file, ...presets];
  // What stands in the documents is read once: every page that comes is told.
  const { scenarios: choices, policies: classic } = await offersOf(offered);
  const trained = new TrainedRuns();
  const workshop = options.workshop ?? ownWorkshop(ready === undefined ? [] : [ready.loaded]);
  const placeOf = async (id: string, set: WatchMessage['set']): Promise<Place> => readPlace({ id, set, offered });
  const places = new WeakMap<Scenario, Place>();
  const known = new WeakMap<Scenario, KnownOptimum>();

  const load = async (id: string, set: WatchMessage['set'], signal: AbortSignal): Promise<Scenario> => {
    const place = await placeOf(id, set);
    const scenario = readyScenario(ready, place) ?? (await workshop.run('load', { place }, { signal }));
    places.set(scenario, place);
    return scenario;
  };
  const place = (scenario: Scenario): Place => {
    const found = places.get(scenario);
    if (found === undefined) throw new Error(`${scenario.id} was not loaded here`);
    return found;
  };
  const solve = async (scenario: Scenario, signal?: AbortSignal): Promise<KnownOptimum | null> => {
    const found = known.get(scenario);
    if (found !== undefined) return found;
    const solution = await workshop.run('solve', { place: place(scenario) }, { signal });
    if (solution === null) return null;
    const optimum = { policy: await fromRecipe(solution.recipe, scenario), costPerPeriod: solution.costPerPeriod };
    known.set(scenario, optimum);
    return optimum;
  };
  const make = async (spec: string, scenario: Scenario, signal: AbortSignal): Promise<Policy> => {
    const made = scenario === ready?.loaded.scenario ? ready.policies.get(spec) : undefined;
    if (made !== undefined) return made;
    if (spec.startsWith('run:')) return (await loadRunPolicy(spec.slice('run:'.length))).policy;
    if (spec !== 'optimal') return fromRecipe(await workshop.run('tune', { place: place(scenario), spec }, { signal }), scenario);
    const optimum = await solve(scenario, signal);
    if (optimum === null) throw new UserError(`policy "optimal": nothing computes the optimum of "${scenario.id}"; choose another`);
    return optimum.policy;
  };

  const simulator = simulatorSource({
    scenarios: async () => choices,
    policies: async () => [...(await trained.policies()), ...classic],
    scenario: load,
    policy: make,
    titleOf,
    optimum: (scenario) => known.get(scenario) ?? null,
  });
  return {
    ...simulator,
    optimum: async (watch, work = {}) => solve(await simulator.scenario(watch, work), work.signal),
    scores: async (watch, work = {}) => {
      const scenario = await simulator.scenario(watch, work);
      const policies = await recipesOf(watch, simulator);
      const { seed, periods } = watch;
      const lanes = place(scenario).heldOut ? 1 : SCORED;
      const evaluation = await workshop.run('evaluate', { place: place(scenario), policies, lanes, periods, seed }, work);
      return scoresOf(evaluation, scenario);
    },
    versus: async ({ scenario, set, shortageCost, leadTime, mean, spread }, { signal } = {}) => {
      if (!choices.some(({ id, anyItem }) => id === scenario && anyItem))
        throw new UserError(`scenario "${scenario}": no other item can be tried in it; choose one with "anyItem"`);
      const item = { shortageCost, leadTime, mean, spread };
      const {
        universal,
        classic: rival,
        ...rest
      } = await workshop.run('versus', { place: await placeOf(scenario, set), item }, { signal });
      const cost = ({ costPerPeriod, ci95 }: Pick<typeof universal, 'costPerPeriod' | 'ci95'>) => ({ costPerPeriod, ci95: pair(ci95) });
      return {
        item,
        ...rest,
        universal: cost(universal),
        classic: { ...rival, ...cost(rival) },
        difference: { mean: rest.difference.mean, ci95: pair(rest.difference.ci95) },
      };
    },
    runs: () => trained.followed(),
    evaluations: storedEvaluations,
    training: new Trainings({ clock, workshop, placeOf }),
  };
}

function readyScenario(ready: LaboratoryOptions['ready'], { source, settings, heldOut }: Place): Scenario | undefined {
  if (ready === undefined || settings.length > 0 || source !== ready.loaded.source) return undefined;
  return heldOut ? ready.loaded.catalogue?.heldOut : ready.loaded.scenario;
}

/** @throws UserError for a scenario that is not offered, or a setting that is no knob: the path of a field could name a file */
async function readPlace({ id, set, offered }: { id: string; set: WatchMessage['set']; offered: readonly string[] }): Promise<Place> {
  const heldOut = id.endsWith(HELD_OUT);
  const source = heldOut ? id.slice(0, -HELD_OUT.length) : id;
  if (!offered.includes(source)) throw new UserError(`scenario "${id}": expected one of ${offered.join(', ')}`);
  const document = await readScenarioDocument(source);
  if (heldOut && document.catalogue === undefined)
    throw new UserError(`scenario "${id}": "${source}" has no held-out weeks; leave out "${HELD_OUT}"`);
  const knobs = knobsOf(document).map(({ name }) => name);
  const settings = Object.entries(set).map(([name, value]) => {
    if (!knobs.includes(name)) throw new UserError(`setting "${name}" of "${source}": expected one of ${knobs.join(', ')}`);
    return `${name}=${value}`;
  });
  return { source, settings, heldOut };
}

/** What another process makes the watched policies from. */
async function recipesOf(watch: WatchMessage, simulator: SimulatorSource): Promise<Recipe[]> {
  const recipes: Recipe[] = [];
  for (const spec of watch.policies) {
    const policy = await simulator.policy(spec, watch);
    if (spec.startsWith('run:')) recipes.push({ kind: 'run', run: spec.slice('run:'.length) });
    else recipes.push(isBaseline(policy) ? baselineRecipe(policy) : { kind: 'optimum' });
  }
  return recipes;
}

function scoresOf({ lanes, periods, results, optimum }: Evaluation, scenario: Scenario): Omit<ScoresMessage, 'type'> {
  const parts = costPartsOf(compileNetwork(scenario, 1));
  return {
    lanes,
    periods,
    results: results.map(({ policy, costPerPeriod, ci95, costs, fillRate, cycleServiceLevel, gapPercent = null, gapCi95 }) => ({
      name: policy,
      costPerPeriod,
      ci95: pair(ci95),
      costs: parts.map((part) => costs[part]),
      fillRate,
      cycleServiceLevel,
      gapPercent,
      gapCi95: pair(gapCi95),
    })),
    optimum,
  };
}
