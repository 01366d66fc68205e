import type { Policy } from '../agents/index.ts';
import type { StateView } from '../env/index.ts';
import type { KnownOptimum } from './episode.ts';
import type { ExpectedDemand } from './expected-demand.ts';
import type { ExplanationMessage } from './protocol.ts';
import type { ShownNetwork } from './watched-network.ts';

/** What an explanation says of a decision, beside which one it is about. */
export type Explanation = Pick<
  ExplanationMessage,
  'parameters' | 'saw' | 'orders' | 'rules' | 'choices' | 'nearby' | 'planned' | 'optimum'
>;

export interface ExplainOptions {
  /** As it was when the order was due. */
  readonly view: StateView;
  /** [arc][lane] what was ordered. */
  readonly orders: Float64Array;
  readonly lane: number;
  readonly shown: ShownNetwork;
  readonly policy: Policy;
  readonly expected: ExpectedDemand;
  readonly optimum: KnownOptimum | null;
}

/** Choices that are shown at most: the rest hardly count. */
const OPTIONS = 24;
/** Periods ahead that are shown at most. */
const AHEAD = 12;

/** What a policy saw, what it made of it, and what the optimum would have done in its place. */
export function explain({ view, orders, lane, shown, policy, expected, optimum }: ExplainOptions): Explanation {
  const own = policy.explain?.(view, lane) ?? {};
  const byLink = (flat: Float64Array) => shown.arcs.map((arcs) => arcs.reduce((sum, arc) => sum + flat[arc * view.lanes + lane], 0));
  const visible = new Set(shown.arcs.flat());
  const rules = (own.rules ?? []).filter(({ arc }) => visible.has(arc));
  const best = new Float64Array(orders.length);
  optimum?.policy.order(view, best);
  return {
    parameters: parametersOf(policy, lane),
    saw: shown.watched.locations.map(({ id }, k) => seen(view, lane, id, shown.nodes[k], expected)),
    orders: byLink(orders),
    rules: rules.map(({ arc, position, reorderPoint = null, orderUpTo = null, quantity = null }) => ({
      link: nameOf(arc, view, shown),
      position,
      reorderPoint,
      orderUpTo,
      quantity,
    })),
    choices: (own.choices ?? []).map(({ of, arc, options }) => ({
      of,
      link: arc === null ? null : nameOf(arc, view, shown),
      options: [...options].sort((a, b) => b.value - a.value).slice(0, OPTIONS),
    })),
    nearby: (own.nearby ?? []).map(({ stock, orders, here }) => ({ stock, orders: [...orders], here })),
    planned: (own.planned ?? [])
      .filter(({ arc }) => visible.has(arc))
      .map(({ arc, orders }) => ({ link: nameOf(arc, view, shown), orders: orders.slice(0, AHEAD) })),
    optimum: optimum === null ? null : byLink(best),
  };
}

/** A link by its id; where it stands for the arcs of several items, the arc's. */
function nameOf(arc: number, { network }: StateView, { arcs, watched }: ShownNetwork): string {
  const link = arcs.findIndex((own) => own.includes(arc));
  return arcs[link]?.length === 1 ? watched.links[link].id : network.arcs[arc].id;
}

/** What can be known at a location when its order is due. */
export function seen(view: StateView, lane: number, location: string, nodes: readonly number[], expected: ExpectedDemand) {
  const sum = (values: Float64Array) => nodes.reduce((total, node) => total + values[node * view.lanes + lane], 0);
  const onHand = sum(view.onHand);
  const backlog = sum(view.backlog) + sum(view.owed);
  const onOrder = sum(view.onOrder);
  const awaited = sum(view.awaited);
  const reach = Math.max(0, ...nodes.flatMap((node) => view.network.nodes[node].inbound.map((arc) => view.network.arcs[arc].maxLeadTime)));
  const faces = nodes.some((node) => view.network.nodes[node].demand >= 0);
  return {
    location,
    onHand,
    backlog,
    onOrder,
    awaited,
    position: onHand + onOrder + awaited - backlog,
    lastDemand: sum(view.lastDemand),
    forecast: faces ? Array.from({ length: Math.min(reach + 1, AHEAD) }, (_, ahead) => expected.of(view, nodes, lane, ahead)) : [],
  };
}

/** A policy's parameters, of those given by lane the one's that is shown. */
function parametersOf({ parameters }: Policy, lane: number): ExplanationMessage['parameters'] {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'number' || typeof value === 'string' ? value : (value[lane % value.length] ?? 0),
    ]),
  );
}
