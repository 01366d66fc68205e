import { baselines, outsideReason, shippedUniversalNetworks, type UniversalNetwork, whyNotAnyItem } from '../agents/index.ts';
import { compileNetwork } from '../env/index.ts';
import { loadScenario, readScenarioDocument, type ScenarioDocument, standInScenario } from '../scenarios/index.ts';
import { HELD_OUT } from './held-out.ts';
import { knobsOf } from './knobs.ts';
import type { PolicyChoice, ScenarioChoice } from './protocol.ts';
import { orderingLocations } from './simulator-source.ts';

const UNIVERSAL = 'universal';

/** What can be chosen. */
export interface Offers {
  /** Of a catalogue its held-out periods stand beside it. */
  readonly scenarios: readonly ScenarioChoice[];
  /** The usual policies, the optimum where it can be computed, and the networks for any item where they order. */
  readonly policies: readonly PolicyChoice[];
}

/** What some scenarios offer, by their ids or files. */
export async function offersOf(ids: readonly string[]): Promise<Offers> {
  const scenarios: ScenarioChoice[] = [];
  const fits = new Map<string, string[]>();
  const networks = shippedUniversalNetworks();
  for (const id of ids) {
    const document = await readScenarioDocument(id);
    const { baselines, solver } = document;
    const universal = await takesUniversal(id, document, networks);
    const choices = scenarioChoices(id, document, universal);
    scenarios.push(...choices);
    for (const spec of [...baselines, ...(solver === null ? [] : ['optimal']), ...(universal ? [UNIVERSAL] : [])])
      fits.set(spec, [...(fits.get(spec) ?? []), ...choices.map((choice) => choice.id)]);
  }
  return { scenarios, policies: [...fits].map(([spec, own]) => ({ spec, title: titleOf(spec), scenarios: own })) };
}

function scenarioChoices(id: string, document: ScenarioDocument, universal: boolean): ScenarioChoice[] {
  const { title, periods, catalogue } = document;
  const lasts = periods === null ? {} : { periods };
  const choice = { id, title, knobs: knobsOf(document), seats: orderingLocations(document), ...lasts };
  // In place of an item that stands in the document another can be tried.
  if (catalogue === undefined) return [universal ? { ...choice, anyItem: true } : choice];
  return [choice, { ...choice, id: `${id}${HELD_OUT}`, title: `${catalogue.heldOut} held-out periods as they happened: ${title}` }];
}

/** Letters of parameters that fit beside a name. */
const BRIEF = 40;

const OTHERS: Readonly<Record<string, string>> = { optimal: 'Optimum', [UNIVERSAL]: 'Universal' };

/** The family's own name, with the parameters where they are given: the part of its title before the colon. */
export function titleOf(spec: string): string {
  const [name, ...given] = spec.split(':');
  if (!Object.hasOwn(baselines, name)) return OTHERS[spec] ?? spec;
  const [title] = baselines[name].title.split(':');
  const parameters = given.join(':').replaceAll(',', ', ');
  if (parameters === '') return title;
  return `${title}: ${parameters.length > BRIEF ? `${parameters.slice(0, BRIEF)}...` : parameters}`;
}

/** Do the networks for any item order in it? Of a catalogue its links and stock points are asked alone: items that are outside have another policy. */
async function takesUniversal(id: string, document: ScenarioDocument, networks: readonly UniversalNetwork[]): Promise<boolean> {
  const { catalogue, periods, links } = document;
  // Most are ruled out by a look at them: the others are loaded.
  if (links.some(({ from }) => from !== 'supplier')) return false;
  if (catalogue !== undefined) return whyNotAnyItem(compileNetwork(standInScenario(document), 1)) === undefined;
  if (periods !== null) return false;
  const { scenario } = await loadScenario(id);
  return outsideReason(scenario, networks) === undefined;
}
