import { UserError } from '../env/index.ts';
import type { WatchRequest } from './protocol.ts';
import type { WatchSource } from './source.ts';

/** What a page watches first. */
export type FirstWatch = Omit<WatchRequest, 'type'>;

/**
 * A sensible first thing to watch: the latest trained agent of a scenario beside (s, S), or else two of its usual policies.
 * @param scenario left out: the first that the source offers
 * @throws UserError where the source offers no such scenario
 */
export async function firstWatch(source: WatchSource, scenario?: string): Promise<FirstWatch> {
  const scenarios = (await source.scenarios()).map(({ id }) => id);
  const id = scenario ?? scenarios[0];
  if (id === undefined || !scenarios.includes(id)) {
    throw new UserError(`scenario "${id}": the dashboard has none of that name, expected one of ${scenarios.join(', ')}`);
  }
  const specs = (await source.policies()).filter(({ scenarios: fits }) => fits?.includes(id) ?? true).map(({ spec }) => spec);
  const [agent] = specs.filter((spec) => spec.startsWith('run:'));
  const preferred = [agent, 's-S', ...specs.filter((spec) => !spec.startsWith('run:'))];
  const policies = [...new Set(preferred)].filter((spec) => spec !== undefined && specs.includes(spec)).slice(0, 2);
  return { scenario: id, policies, seed: 1, periods: 104, play: true };
}
