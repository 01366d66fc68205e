import { laneValues, type Network, type PerLane, type StateView } from '../../env/index.ts';
import type { PolicyParameters } from '../policy.ts';
import type { ItemNumbers } from './family.ts';

/** A stock point with exactly one arc that brings it stock. */
export interface SingleSource {
  readonly node: number;
  readonly arc: number;
}

const known = new WeakMap<Network, readonly SingleSource[]>();

/** The stock points of a network that have one source each: those that the classic policies order for. */
export function singleSources(network: Network): readonly SingleSource[] {
  let sources = known.get(network);
  if (!sources) {
    sources = network.nodes.flatMap(({ inbound }, node) => (inbound.length === 1 ? [{ node, arc: inbound[0] }] : []));
    known.set(network, sources);
  }
  return sources;
}

/** Why a policy for stock points with one source each does not fit a network. */
export function whyNotSingleSources(network: Network): string | undefined {
  const several = network.nodes.find(({ inbound }) => inbound.length !== 1);
  if (several) return `"${several.id}" has ${several.inbound.length} sources; this policy orders from one`;
  return undefined;
}

/** Stock on hand and on the way less what is owed, of one node and lane [units]. */
export function inventoryPosition(view: StateView, node: number, lane: number): number {
  const i = node * view.lanes + lane;
  return view.onHand[i] + view.onOrder[i] - view.backlog[i];
}

/** A parameter spread over the lanes of a network; kept, because a policy is asked by the same network period after period. */
export class LaneParameter {
  readonly #value: PerLane;
  #values: Float64Array = new Float64Array(0);
  #network: Network | null = null;

  constructor(value: PerLane) {
    this.#value = value;
  }

  /** [lane] */
  over(network: Network): Float64Array {
    if (this.#network !== network) {
      this.#values = laneValues(this.#value, network.represents);
      this.#network = network;
    }
    return this.#values;
  }
}

/** Parameters as they are printed. */
export function printed(parameters: Readonly<Record<string, PerLane>>): PolicyParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === 'number' ? value : Array.from(value)]),
  );
}

/** A stock that is hardly ever too small for the demand until the order after the next one arrives [units]. */
export function ampleStock({ meanDemand, demandVariance, leadTime }: ItemNumbers): number {
  return Math.ceil(meanDemand * (leadTime + 1) + 4 * Math.sqrt(demandVariance * (leadTime + 1))) + 1;
}

/** The order quantity that balances ordering against holding (Harris 1913) [units], at least 1. */
export function economicOrderQuantity({ meanDemand, fixedCost, holdingCost }: ItemNumbers): number {
  if (!(holdingCost > 0)) return Math.max(1, 4 * meanDemand);
  return Math.max(1, Math.sqrt((2 * fixedCost * meanDemand) / holdingCost));
}
