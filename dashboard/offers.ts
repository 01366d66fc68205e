import { baselines, outsideReason, shippedUniversalNetworks } from '../agents/index.ts';
import { loadScenario, readScenarioDocument } from '../scenarios/index.ts';
import { HELD_OUT } from './held-out.ts';
import { knobsOf } from './knobs.ts';
import type { PolicyChoice, ScenarioChoice } from './protocol.ts';
import { orderingLocations } from './simulator-source.ts';

/** A scenario to choose, and of a catalogue its held-out periods beside it. */
export async function scenarioChoices(id: string): Promise<ScenarioChoice[]> {
  const document = await readScenarioDocument(id);
  const lasts = document.periods === null ? {} : { periods: document.periods };
  const choice = { id, title: document.title, knobs: knobsOf(document), seats: orderingLocations(document), ...lasts };
  if (document.catalogue === undefined) return [choice];
  const title = `${document.catalogue.heldOut} held-out periods as they happened: ${document.title}`;
  return [choice, { ...choice, id: `${id}${HELD_OUT}`, title }];
}

/** The usual policies of some scenarios, and the optimum where it can be computed. */
export async function classicChoices(offered: readonly string[]): Promise<PolicyChoice[]> {
  const fits = new Map<string, string[]>();
  for (const id of offered) {
    const { baselines, solver, catalogue, periods, links } = await readScenarioDocument(id);
    const ids = catalogue === undefined ? [id] : [id, `${id}${HELD_OUT}`];
    // Most are ruled out by a look at them: the others are loaded.
    const plain = catalogue === undefined && periods === null && links.every(({ from }) => from === 'supplier');
    const anyItem = plain && (await takesUniversal(id)) ? ['universal'] : [];
    for (const spec of [...baselines, ...(solver === null ? [] : ['optimal']), ...anyItem])
      fits.set(spec, [...(fits.get(spec) ?? []), ...ids]);
  }
  return [...fits].map(([spec, scenarios]) => ({ spec, title: titleOf(spec), scenarios }));
}

/** Letters of parameters that fit beside a name. */
const BRIEF = 40;

const OTHERS: Readonly<Record<string, string>> = { optimal: 'Optimum', universal: 'Universal' };

/** The family's own name, with the parameters where they are given: the part of its title before the colon. */
export function titleOf(spec: string): string {
  const [name, ...given] = spec.split(':');
  if (!Object.hasOwn(baselines, name)) return OTHERS[spec] ?? spec;
  const [title] = baselines[name].title.split(':');
  const parameters = given.join(':').replaceAll(',', ', ');
  if (parameters === '') return title;
  return `${title}: ${parameters.length > BRIEF ? `${parameters.slice(0, BRIEF)}...` : parameters}`;
}

/** Is it a scenario that the networks for any item order for? */
async function takesUniversal(id: string): Promise<boolean> {
  const { scenario } = await loadScenario(id);
  return outsideReason(scenario, shippedUniversalNetworks()) === undefined;
}
