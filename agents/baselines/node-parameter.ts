import { laneValues, type Network, type PerLane, UserError } from '../../env/index.ts';
import type { PolicyParameters } from '../policy.ts';

/** A number for all stock points, or one for each by its id; each may differ by lane. */
export type PerNode = PerLane | Readonly<Record<string, PerLane>>;

/** A parameter spread over the stock points and lanes of a network; kept, because a policy is asked by the same network period after period. */
export class NodeParameter {
  readonly #name: string;
  readonly #value: PerNode;
  #values: Float64Array[] = [];
  #network: Network | null = null;

  constructor(name: string, value: PerNode) {
    this.#name = name;
    this.#value = value;
  }

  /**
   * [lane]
   * @throws UserError where the stock point has no value
   */
  over(network: Network, node: number): Float64Array {
    if (this.#network !== network) {
      this.#values = [];
      this.#network = network;
    }
    this.#values[node] ??= laneValues(this.#at(network.nodes[node].id), network.represents);
    return this.#values[node];
  }

  #at(id: string): PerLane {
    const value = this.#value;
    if (isPerLane(value)) return value;
    if (Object.hasOwn(value, id)) return value[id];
    throw new UserError(
      `parameter ${this.#name}: none given for "${id}", only for ${Object.keys(value).join(', ')}; add ${this.#name}.${id}=...`,
    );
  }
}

export function isPerLane(value: PerNode): value is PerLane {
  return typeof value === 'number' || typeof Reflect.get(value, 'length') === 'number';
}

/** Parameters as they are printed: one of a stock point is called `name.id`. */
export function printed(parameters: Readonly<Record<string, PerNode>>): PolicyParameters {
  return Object.fromEntries(Object.entries(flatParameters(parameters)).map(([name, value]) => [name, plain(value)]));
}

const plain = (value: PerLane) => (typeof value === 'number' ? value : Array.from(value));

/** `{ S: { shop: 3 } }` as `{ 'S.shop': 3 }`. */
export function flatParameters(parameters: Readonly<Record<string, PerNode>>): Record<string, PerLane> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]): [string, PerLane][] =>
      isPerLane(value) ? [[name, value]] : Object.entries(value).map(([id, own]) => [`${name}.${id}`, own]),
    ),
  );
}

/** `{ 'S.shop': 3 }` as `{ S: { shop: 3 } }`. */
export function foldedParameters(parameters: Readonly<Record<string, PerLane>>): Record<string, PerNode> {
  const folded: Record<string, PerNode> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const dot = name.indexOf('.');
    if (dot < 0) folded[name] = value;
    else {
      const own = folded[name.slice(0, dot)];
      const others = own === undefined || isPerLane(own) ? {} : own;
      folded[name.slice(0, dot)] = { ...others, [name.slice(dot + 1)]: value };
    }
  }
  return folded;
}
