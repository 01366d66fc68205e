import { outsideReason, type Policy, shippedUniversalNetwork, tune, type UniversalNetwork, universal } from '../agents/index.ts';
import { compileNetwork, UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';

export interface UniversalPolicyOptions {
  readonly loaded: Pick<LoadedScenario, 'scenario' | 'document'>;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Told once where items are outside the network's family, and what orders for them. */
  readonly onMessage?: (message: string) => void;
  /** Order for items outside the family too, as far as the network can. Default false. */
  readonly force?: boolean;
  /** Default: universal, and the network that ships. */
  readonly name?: string;
  readonly network?: UniversalNetwork;
}

/**
 * One network that orders for any item of its family, without being trained or tuned for it; for items outside, the cheapest of the scenario's usual policies.
 * @throws UserError where it is forced and cannot, or an item is outside and the scenario names no policy to fall back to
 */
export function universalPolicy({
  loaded: { scenario, document },
  network = shippedUniversalNetwork(),
  name = 'universal',
  force = false,
  onMessage,
  ...search
}: UniversalPolicyOptions): Policy {
  const items = scenario.laneNames?.length ?? 1;
  const outside = outsideReason(compileNetwork(scenario, items), network, force);
  if (outside === undefined) return universal({ network, name, force });
  const { reason, lanes } = outside;
  if (force) throw new UserError(`policy "${name}" cannot be used in "${scenario.id}" even by force: ${reason}`);
  const { baselines } = document;
  if (baselines.length === 0)
    throw new UserError(
      `policy "${name}" was not trained for "${scenario.id}": ${reason}; and the scenario names no baselines to fall back to`,
    );
  const which = items > 1 ? `${lanes} of these ${items} items` : `"${scenario.id}"`;
  const instead = baselines.length === 1 ? baselines[0] : `the cheapest of ${baselines.join(', ')}`;
  onMessage?.(`policy "${name}" was not trained for ${which}: ${reason}. Tuned, ${instead} orders instead; --force to try anyway.`);
  const tuned = baselines.map((family) => tune({ scenario, family, ...search }));
  const { policy: fallback } = tuned.reduce((best, one) => (one.costPerPeriod < best.costPerPeriod ? one : best));
  return universal({ network, name, fallback });
}
