import type { Policy } from '../agents/index.ts';
import { Simulator, UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { optimumIfAny } from './optimum.ts';
import { makePolicy } from './policy-spec.ts';
import { type StateComponent, stateComponents, stateView } from './state-view.ts';

export interface PolicyMapOptions {
  readonly loaded: LoadedScenario;
  readonly policies: readonly string[];
  /** Components of the state along the two axes. Default: the first two. */
  readonly x?: string;
  readonly y?: string;
  /** Largest value on each axis [units]. */
  readonly xMax?: number;
  readonly yMax?: number;
  /** Values of the other components, as name=number. Default: their mean. */
  readonly at?: readonly string[];
  readonly seed?: number;
  /** Told where a policy is not what was asked for. */
  readonly onMessage?: (message: string) => void;
}

interface Axis {
  readonly name: string;
  /** [units] */
  readonly values: readonly number[];
}

export interface PolicyMap {
  readonly scenario: string;
  /** Whose orders they are. */
  readonly link: string;
  readonly x: Axis;
  readonly y: Axis | null;
  /** The other components. */
  readonly at: Readonly<Record<string, number>>;
  /** orders[y][x] [units] of each policy; the optimum stands last where it is known. */
  readonly maps: readonly { readonly policy: string; readonly orders: readonly (readonly number[])[] }[];
}

/** At most so many values along an axis. */
const MOST_VALUES = 21;

/**
 * What policies order as a function of two components of the state, the others held.
 * @throws UserError for a component that there is not, or a catalogue
 */
export async function policyMap({
  loaded,
  policies,
  x,
  y,
  xMax,
  yMax,
  at = [],
  seed = 0,
  onMessage,
}: PolicyMapOptions): Promise<PolicyMap> {
  const { scenario } = loaded;
  if (scenario.laneNames !== undefined) throw new UserError(`"${scenario.id}" is a catalogue: policy-map shows scenarios of one item`);
  const probe = new Simulator({ scenario, lanes: 1 });
  const components = stateComponents(probe.view);
  const first = find(components, x ?? components[0].name);
  const second = y === undefined ? components.find(({ name }) => name !== first.name) : find(components, y);
  const held = heldValues(components, at, [first.name, second?.name]);
  const made: { policy: Policy }[] = [];
  for (const spec of policies) made.push(await makePolicy(spec, { loaded, seed, onMessage }));
  const optimum = policies.includes('optimal') ? null : optimumIfAny(loaded);
  const shown = [...made.map(({ policy }) => policy), ...(optimum === null ? [] : [optimum.policy])];
  const most = optimum === null ? undefined : largestOrder(optimum.policy, probe);
  const across = axis(first, xMax, most);
  const down = second === undefined ? null : axis(second, yMax, most);
  const rows = down?.values ?? [0];
  const lanes = rows.length * across.values.length;
  const { view, network } = new Simulator({ scenario, lanes });
  const state = stateView(view, (name, lane) => {
    if (name === across.name) return across.values[lane % across.values.length];
    return name === down?.name ? rows[Math.floor(lane / across.values.length)] : held[name];
  });
  return {
    scenario: scenario.id,
    link: network.arcs[0].id,
    x: across,
    y: down,
    at: held,
    maps: shown.map((policy) => {
      const orders = new Float64Array(network.arcs.length * lanes);
      policy.order(state, orders);
      return {
        policy: policy.name,
        orders: rows.map((_, row) => across.values.map((_value, column) => orders[row * across.values.length + column])),
      };
    }),
  };
}

function find(components: readonly StateComponent[], name: string): StateComponent {
  const found = components.find((component) => component.name === name);
  if (found) return found;
  throw new UserError(`component "${name}": expected one of ${components.map((component) => component.name).join(', ')}`);
}

/** From an empty system: an optimum is worked out only for pipelines that its own orders can make. */
function largestOrder(policy: Policy, { view, network }: Simulator): number {
  const orders = new Float64Array(network.arcs.length);
  policy.order(
    stateView(view, () => 0),
    orders,
  );
  return Math.max(...orders);
}

function axis({ name, kind, typical }: StateComponent, given?: number, mostOrdered?: number): Axis {
  const largest =
    given ?? (kind === 'arriving' && mostOrdered !== undefined ? mostOrdered : Math.ceil(typical * (kind === 'arriving' ? 2 : 3)));
  const step = Math.max(1, Math.ceil(largest / (MOST_VALUES - 1)));
  return { name, values: Array.from({ length: Math.floor(largest / step) + 1 }, (_, k) => k * step) };
}

function heldValues(
  components: readonly StateComponent[],
  given: readonly string[],
  axes: readonly (string | undefined)[],
): Readonly<Record<string, number>> {
  const held = Object.fromEntries(components.filter(({ name }) => !axes.includes(name)).map(({ name, typical }) => [name, typical]));
  for (const text of given) {
    const [name, value] = text.split('=');
    if (!Object.hasOwn(held, name))
      throw new UserError(`--at ${text}: expected one of ${Object.keys(held).join(', ') || 'none: nothing is held'}`);
    if (!(Number(value) >= 0)) throw new UserError(`--at ${text}: expected a number of units from 0 on; for example ${name}=5`);
    held[name] = Number(value);
  }
  return held;
}
