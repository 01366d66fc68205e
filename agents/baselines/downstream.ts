import { longestWays, type Network, suppliedBy } from '../../env/index.ts';

type Members = readonly (readonly number[])[];

const supplied = new WeakMap<Network, Members>();
const facing = new WeakMap<Network, Members>();
const ways = new WeakMap<Network, Float64Array>();

/** [node] the stock points that a node supplies, directly or not, and itself. */
export function suppliedNodes(network: Network): Members {
  const found = supplied.get(network) ?? suppliedBy(network);
  supplied.set(network, found);
  return found;
}

/** [node] those of them that face demand of their own. */
export function facingDemand(network: Network): Members {
  let found = facing.get(network);
  if (!found) {
    found = suppliedNodes(network).map((members) => members.filter((node) => network.nodes[node].demand >= 0));
    facing.set(network, found);
  }
  return found;
}

/** [node] periods that a unit needs from a stock point to a customer, on the longest way. */
export function waysToCustomers(network: Network): Float64Array {
  const found = ways.get(network) ?? longestWays(network);
  ways.set(network, found);
  return found;
}
