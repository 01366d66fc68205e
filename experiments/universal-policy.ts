import { outsideReason, type Policy, shippedUniversalNetworks, tune, type UniversalNetwork, universal } from '../agents/index.ts';
import { compileNetwork, type Network, UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';

/** Simulated periods per round of the search for a fallback: it is to stand in, not to be the best that there is. */
const STEPS = 1_000_000;
const STEPS_PER_ITEM = 10_000;

export interface UniversalPolicyOptions {
  readonly loaded: Pick<LoadedScenario, 'scenario' | 'document'>;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Told once where items are outside the network's family, and what orders for them. */
  readonly onMessage?: (message: string) => void;
  /** Order for items outside the family too, as far as the network can. Default false. */
  readonly force?: boolean;
  /** Default: universal, and the networks that ship. */
  readonly name?: string;
  readonly networks?: readonly UniversalNetwork[];
}

/**
 * Networks that order for any item of their families, without being trained or tuned for it; for items outside, one usual policy, tuned.
 * @throws UserError where it is forced and cannot
 */
export function universalPolicy({
  loaded: { scenario, document },
  networks = shippedUniversalNetworks(),
  name = 'universal',
  force = false,
  onMessage,
  ...search
}: UniversalPolicyOptions): Policy {
  const items = scenario.laneNames?.length ?? 1;
  const outside = outsideReason(scenario, networks, force);
  if (outside === undefined) return universal({ networks, name, force });
  const { reason } = outside;
  if (force) throw new UserError(`policy "${name}" cannot be used in "${scenario.id}" even by force: ${reason}`);
  const which = items > 1 ? `${outside.items} of these ${items} items` : `"${scenario.id}"`;
  const family = fallbackFamily(compileNetwork(scenario, items), document.baselines);
  onMessage?.(`policy "${name}" was not trained for ${which}: ${reason}. Tuned, ${family} orders instead; --force to try anyway.`);
  return universal({
    networks,
    name,
    fallback: tune({ scenario, family, laneSteps: Math.max(STEPS, STEPS_PER_ITEM * items), ...search }).policy,
  });
}

/** The usual policy that is sensible in a network, of those that its scenario names: only one is tuned, which takes a while. */
function fallbackFamily({ scenario, arcs, nodes }: Network, baselines: readonly string[]): string {
  const named = baselines.filter((name) => !name.includes(':'));
  const forecast = scenario.demand.some(({ process }) => process.kind !== 'stationary');
  const fixed = arcs.some(({ fixedCost }) => fixedCost.some((cost) => cost > 0));
  const lost = nodes.every(({ backlogged }) => backlogged.every((part) => part < 1));
  const wished = [
    ...(forecast ? [fixed ? 'forecast-s-S' : 'forecast'] : []),
    ...(fixed ? ['s-S'] : []),
    ...(lost && !fixed && !forecast ? ['capped-base-stock'] : []),
  ];
  return wished.find((family) => named.includes(family)) ?? named[0] ?? 'base-stock';
}
