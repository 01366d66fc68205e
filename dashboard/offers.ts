import { baselines, whyNotLostSales } from '../agents/index.ts';
import { compileNetwork } from '../env/index.ts';
import { listEvaluations, listRuns } from '../experiments/index.ts';
import { loadScenario, readScenarioDocument } from '../scenarios/index.ts';
import { knobsOf } from './knobs.ts';
import type { EvaluationsMessage, PolicyChoice, RunChoice, ScenarioChoice } from './protocol.ts';
import { orderingLocations } from './simulator-source.ts';

/** What follows a catalogue's id where its held-out periods are meant, as they happened. */
export const HELD_OUT = '-held-out';

/** A scenario to choose, and of a catalogue its held-out periods beside it. */
export async function scenarioChoices(id: string): Promise<ScenarioChoice[]> {
  const document = await readScenarioDocument(id);
  const choice = { id, title: document.title, knobs: knobsOf(document), seats: orderingLocations(document) };
  if (document.catalogue === undefined) return [choice];
  const title = `${document.catalogue.heldOut} held-out periods as they happened: ${document.title}`;
  return [choice, { ...choice, id: `${id}${HELD_OUT}`, title }];
}

/** The usual policies of some scenarios, and the optimum where it can be computed. */
export async function classicChoices(offered: readonly string[]): Promise<PolicyChoice[]> {
  const fits = new Map<string, string[]>();
  for (const id of offered) {
    const { baselines, solver, catalogue } = await readScenarioDocument(id);
    const ids = catalogue === undefined ? [id] : [id, `${id}${HELD_OUT}`];
    const anyItem = catalogue === undefined && (await takesUniversal(id)) ? ['universal'] : [];
    for (const spec of [...baselines, ...(solver === null ? [] : ['optimal']), ...anyItem])
      fits.set(spec, [...(fits.get(spec) ?? []), ...ids]);
  }
  return [...fits].map(([spec, scenarios]) => ({ spec, title: titleOf(spec), scenarios }));
}

/** Letters of parameters that fit beside a name. */
const BRIEF = 40;

const OTHERS: Readonly<Record<string, string>> = { optimal: 'Optimum', universal: 'Universal' };

/** The family's own name, with the parameters where they are given: the part of its title before the colon. */
function titleOf(spec: string): string {
  const [name, ...given] = spec.split(':');
  if (!Object.hasOwn(baselines, name)) return OTHERS[spec] ?? spec;
  const [title] = baselines[name].title.split(':');
  const parameters = given.join(':').replaceAll(',', ', ');
  if (parameters === '') return title;
  return `${title}: ${parameters.length > BRIEF ? `${parameters.slice(0, BRIEF)}...` : parameters}`;
}

/** Is it the kind of scenario that the network for any item orders for? */
async function takesUniversal(id: string): Promise<boolean> {
  const { scenario } = await loadScenario(id);
  return whyNotLostSales(compileNetwork(scenario, 1)) === undefined;
}

/** Runs that can be offered at once, the latest ones. */
const RUNS = 30;

/** Trained agents, the latest first: the last one of its kind bears the plain name, the others their date too. */
export async function trainedChoices(): Promise<PolicyChoice[]> {
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

/** Training runs to follow, the latest first. */
export async function runChoices(): Promise<RunChoice[]> {
  const runs = (await listRuns()).filter(({ kind }) => kind === 'training');
  return runs.reverse().slice(0, 4 * RUNS);
}

/** Evaluations that were kept, the latest first. */
export async function storedEvaluations(scenario?: string): Promise<EvaluationsMessage['evaluations']> {
  const records = await listEvaluations();
  return records
    .filter(({ evaluation }) => scenario === undefined || evaluation.scenario === scenario)
    .map(({ id, settings, at, evaluation }) => ({
      id,
      scenario: evaluation.scenario,
      settings: [...settings],
      at,
      seed: evaluation.seed,
      lanes: evaluation.lanes,
      periods: evaluation.periods,
      results: evaluation.results.map(({ policy, parameters, gapPercent = null, gapCi95 = null, ci95, costs, ...numbers }) => ({
        policy,
        parameters: written(parameters),
        costPerPeriod: numbers.costPerPeriod,
        standardError: numbers.standardError,
        ci95: pair(ci95),
        fillRate: numbers.fillRate,
        cycleServiceLevel: numbers.cycleServiceLevel,
        costs: { ...costs },
        gapPercent,
        gapCi95: pair(gapCi95),
      })),
      optimum: evaluation.optimum === null ? null : { costPerPeriod: evaluation.optimum.costPerPeriod },
    }));
}

/** An interval that can be written to. */
export function pair(interval: readonly [number, number] | null | undefined): [number, number] | null {
  return interval === null || interval === undefined ? null : [interval[0], interval[1]];
}

/** [letters] of parameters that are shown; those of a catalogue would fill pages. */
const LONGEST = 200;

function written(parameters: Readonly<Record<string, number | readonly number[] | string>>): string {
  const text = Object.entries(parameters)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? `${value.length} values` : value}`)
    .join(', ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
