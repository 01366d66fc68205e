import { outsideReason, type Policy, shippedUniversalNetworks, tune, type UniversalNetwork, universal } from '../agents/index.ts';
import { compileNetwork, type Network, type Scenario, UserError } from '../env/index.ts';

/** Simulated periods per round of the search for a fallback: it is to stand in, not to be the best that there is. */
const STEPS = 1_000_000;
const STEPS_PER_ITEM = 10_000;

export interface UniversalPolicyOptions {
  readonly scenario: Scenario;
  /** Usual policies of the scenario by name, among which a fallback is looked for; see usualFamily. */
  readonly baselines?: readonly string[];
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
  scenario,
  baselines,
  networks = shippedUniversalNetworks(),
  name = 'universal',
  force = false,
  onMessage,
  ...search
}: UniversalPolicyOptions): Policy {
  const items = scenario.laneNames?.length ?? 1;
  const outside = outsideReason(scenario, networks, force);
  // Whose item it is has been said here: another lane, whose forecasts begin elsewhere, is not asked again.
  if (outside === undefined) return universal({ networks, name, force: true });
  const { reason } = outside;
  if (force) throw new UserError(`policy "${name}" cannot be used in "${scenario.id}" even by force: ${reason}`);
  const which = items > 1 ? `${outside.items} of these ${items} items` : `"${scenario.id}"`;
  const family = usualFamily(compileNetwork(scenario, items), baselines);
  onMessage?.(`policy "${name}" was not trained for ${which}: ${reason}. Tuned, ${family} orders instead; --force to try anyway.`);
  return universal({
    networks,
    name,
    fallback: tune({ scenario, family, laneSteps: Math.max(STEPS, STEPS_PER_ITEM * items), ...search }).policy,
  });
}

/** The usual policy that is sensible in a network, by its name, the best of its kind first: of those that are named, where any is. */
export function usualFamily({ scenario, arcs, nodes }: Network, named: readonly string[] = []): string {
  const moves = scenario.demand.some(({ process }) => process.kind !== 'stationary');
  const apart = arcs.some(({ fixedCost, minimumOrder }) => some(fixedCost) || some(minimumOrder));
  const lost = nodes.every(({ backlogged }) => backlogged.every((part) => part < 1));
  const wished = [
    ...(moves ? [apart ? 'forecast-s-S' : 'forecast'] : []),
    ...(apart ? ['s-S'] : []),
    ...(lost && !apart && !moves ? ['capped-base-stock'] : []),
    'base-stock',
  ];
  const plain = named.filter((name) => !name.includes(':'));
  return wished.find((family) => plain.includes(family)) ?? plain[0] ?? wished[0];
}

function some(values: Float64Array): boolean {
  return values.some((value) => value > 0);
}
