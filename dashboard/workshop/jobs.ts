import type { ExactSolution } from '../../agents/index.ts';
import type { Scenario } from '../../env/index.ts';
import {
  CURVE_EVALUATION,
  type Evaluation,
  evaluate,
  makePolicy,
  optimumIfAny,
  resumeTraining,
  type TrainResult,
  train,
} from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';
import { type TriedItem, type Versus, versusClassic } from './any-item.ts';
import { baselineRecipe, fromRecipe, optimumRecipe, type Recipe } from './recipe.ts';

/** A scenario with what was set in it. */
export interface Place {
  /** A preset's id, or a file that the server was started with. */
  readonly source: string;
  readonly settings: readonly string[];
  /** The held-out periods of a catalogue in its stead. */
  readonly heldOut: boolean;
}

export interface CurveLevels {
  readonly baselines: readonly { readonly name: string; readonly costPerPeriod: number }[];
  readonly optimum: { readonly costPerPeriod: number; readonly onCurve: number } | null;
}

export interface TrainOrder {
  readonly place: Place;
  readonly agent: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly steps?: number;
  readonly seconds?: number;
}

type TrainEnd = Pick<TrainResult, 'run' | 'steps' | 'seconds'>;

/** Long work by its name: what it needs, and what comes of it. All of it is plain data. */
export interface Jobs {
  readonly load: { readonly order: { readonly place: Place }; readonly result: Scenario };
  readonly tune: { readonly order: { readonly place: Place; readonly spec: string }; readonly result: Recipe };
  readonly solve: {
    readonly order: { readonly place: Place };
    readonly result: { readonly recipe: Recipe; readonly costPerPeriod: number } | null;
  };
  readonly evaluate: { readonly order: EvaluateOrder; readonly result: Evaluation };
  readonly versus: { readonly order: { readonly place: Place; readonly item: TriedItem }; readonly result: Versus };
  readonly levels: { readonly order: { readonly place: Place; readonly seed: number }; readonly result: CurveLevels };
  readonly train: { readonly order: TrainOrder; readonly result: TrainEnd };
  readonly resume: { readonly order: { readonly run: string; readonly steps?: number }; readonly result: TrainEnd };
}

export interface EvaluateOrder {
  readonly place: Place;
  readonly policies: readonly Recipe[];
  readonly lanes: number;
  readonly periods: number;
  readonly seed: number;
}

export type JobName = keyof Jobs;

export interface JobOptions {
  readonly signal?: AbortSignal;
  /** Told the id of a run that begins. */
  readonly onStart?: (run: string) => void;
}

type Bench = { readonly [K in JobName]: (order: Jobs[K]['order'], options: JobOptions) => Promise<Jobs[K]['result']> };

/** Scenarios that are kept loaded: a catalogue takes its time. */
const KEPT = 4;

/** Does the jobs in this process. */
export function createBench(ready: readonly LoadedScenario[] = []): Bench {
  const loaded = new Map<string, LoadedScenario>(ready.map((one) => [keyOf(one), one]));
  const load = async (place: Place): Promise<LoadedScenario> => {
    const key = keyOf(place);
    const found = loaded.get(key) ?? (await loadScenario(place.source, { set: place.settings }));
    loaded.delete(key);
    loaded.set(key, found);
    const [oldest] = loaded.keys();
    if (loaded.size > KEPT + ready.length) loaded.delete(oldest);
    return found;
  };
  const optima = new WeakMap<LoadedScenario, ExactSolution | null>();
  const optimumOf = (found: LoadedScenario): ExactSolution | null => {
    const optimum = optima.get(found) ?? optimumIfAny(found);
    optima.set(found, optimum);
    return optimum;
  };
  return {
    load: async ({ place }) => scenarioOf(await load(place), place),
    tune: async ({ place, spec }, { signal }) => {
      // On simulated demand, always: tuned on held-out periods as they happened, a policy would know what is to come.
      return baselineRecipe((await makePolicy(spec, { loaded: await load(place), signal })).policy);
    },
    solve: async ({ place }) => {
      const solution = place.heldOut ? null : optimumOf(await load(place));
      return solution === null ? null : { recipe: optimumRecipe(solution), costPerPeriod: solution.costPerPeriod };
    },
    evaluate: async ({ place, policies, ...size }, { signal }) => {
      const found = await load(place);
      const scenario = scenarioOf(found, place);
      const optimum = place.heldOut ? null : optimumOf(found);
      const made = [];
      for (const recipe of policies)
        made.push(recipe.kind === 'optimum' && optimum !== null ? optimum.policy : await fromRecipe(recipe, scenario));
      return evaluate({ scenario, policies: made, ...size, optimum, signal });
    },
    versus: async ({ place, item }, { signal }) => versusClassic(await load(place), item, signal),
    levels: async ({ place, seed }, { signal }) => levels(await load(place), seed, signal),
    train: async ({ place, ...order }, options) => plainEnd(await train({ ...order, ...options, loaded: await load(place) })),
    resume: async (order, options) => plainEnd(await resumeTraining({ ...order, ...options })),
  };
}

/** What the usual policies, and the best one, cost on the demand of learning curves. */
async function levels(loaded: LoadedScenario, seed: number, signal?: AbortSignal): Promise<CurveLevels> {
  const { scenario, document } = loaded;
  const made = [];
  for (const spec of document.baselines) made.push({ name: spec, policy: (await makePolicy(spec, { loaded, seed, signal })).policy });
  const optimum = optimumIfAny(loaded);
  const policies = [...made.map(({ policy }) => policy), ...(optimum === null ? [] : [optimum.policy])];
  const { results } = evaluate({ scenario, policies, ...CURVE_EVALUATION, seed, signal });
  return {
    baselines: made.map(({ name }, k) => ({ name, costPerPeriod: results[k].costPerPeriod })),
    optimum: optimum === null ? null : { costPerPeriod: optimum.costPerPeriod, onCurve: results[made.length].costPerPeriod },
  };
}

function scenarioOf({ scenario, catalogue }: LoadedScenario, { heldOut }: Place): Scenario {
  return heldOut && catalogue !== null ? catalogue.heldOut : scenario;
}

function plainEnd({ run, steps, seconds }: TrainResult): TrainEnd {
  return { run, steps, seconds };
}

function keyOf({ source, settings }: Pick<Place, 'source' | 'settings'>): string {
  return JSON.stringify([source, ...settings]);
}
