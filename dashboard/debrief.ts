import type { DebriefMessage, DebriefReason, Frame, WatchedNetwork } from './protocol.ts';

export interface DebriefOptions {
  /** Of a game: the first policy of each frame is the players'. */
  readonly frames: readonly Frame[];
  readonly names: readonly string[];
  readonly network: WatchedNetwork;
  readonly costParts: readonly string[];
  /** The same periods under the optimum, where it is known. */
  readonly optimum?: readonly Frame[] | null;
}

interface Side {
  readonly name: string;
  /** [period] */
  readonly frames: readonly Frame['policies'][number][];
}

/** Periods that are looked into. */
const WORST = 3;
/** Parts of a cost that are given as its reasons, at most. */
const REASONS = 2;
const KINDS: Readonly<Record<string, DebriefReason['kind']>> = {
  shortage: 'short',
  holding: 'surplus',
  overflow: 'surplus',
  fixed: 'ordering',
  unit: 'ordering',
  transit: 'ordering',
  disposal: 'discarded',
};

/** What a game cost beside the others on the same demand, and the periods that cost the players most beyond the cheapest of them. */
export function debrief({ frames, names, network, costParts, optimum = null }: DebriefOptions): Omit<DebriefMessage, 'type'> {
  const sides: Side[] = names.map((name, k) => ({ name, frames: frames.map(({ policies }) => policies[k]) }));
  const best = optimum === null ? [] : [{ name: 'optimal', frames: optimum.map(({ policies }) => policies[0]) }];
  const [you, ...others] = sides;
  const against = [...others, ...best];
  const worst = you.frames
    .map((own, t) => {
      const cheapest = against.reduce((least, side) => (side.frames[t].cost < least.frames[t].cost ? side : least), against[0]);
      return { t, own, reference: cheapest, excess: own.cost - cheapest.frames[t].cost };
    })
    .filter(({ excess }) => excess > 0)
    .sort((a, b) => b.excess - a.excess)
    .slice(0, WORST);
  return {
    you: sumOf(you, costParts.length),
    against: against.map((side) => sumOf(side, costParts.length)),
    locations: network.locations.map(({ id }, k) => ({ location: id, cost: locationCost(you, k) })),
    worst: worst.map(({ t, own, reference }) => ({
      period: frames[t].period,
      cost: own.cost,
      reference: reference.name,
      referenceCost: reference.frames[t].cost,
      reasons: reasonsOf({ t, frames, network, costParts, reference }),
    })),
  };
}

function sumOf({ name, frames }: Side, parts: number): DebriefMessage['you'] {
  const costs = Array.from({ length: parts }, (_, part) => frames.reduce((sum, frame) => sum + frame.costs[part], 0));
  return { name, totalCost: frames.reduce((sum, { cost }) => sum + cost, 0), costs };
}

function locationCost({ frames }: Side, location: number): number {
  return frames.reduce((sum, { cost, locations }) => sum + (locations === undefined ? cost : (locations.cost[location] ?? 0)), 0);
}

interface Moment extends Pick<DebriefOptions, 'frames' | 'network' | 'costParts'> {
  readonly t: number;
  readonly reference: Side;
}

/** The parts that cost more than the reference's, the largest difference first. */
function reasonsOf({ t, frames, network, costParts, reference }: Moment): DebriefReason[] {
  const own = frames[t].policies[0];
  const other = reference.frames[t];
  const place = dearest(own);
  const location = network.locations[place];
  return costParts
    .map((part, k) => ({ kind: KINDS[part], cost: own.costs[k], more: own.costs[k] - other.costs[k] }))
    .filter(({ kind, more }) => kind !== undefined && more > 0)
    .sort((a, b) => b.more - a.more)
    .slice(0, REASONS)
    .map(({ kind, cost }) => {
      const orderedAt = kind === 'ordering' ? t : t - leadTimeInto(network, location.id);
      const link = network.links.findIndex(({ to }) => to === location.id);
      const ordering = frames[orderedAt]?.policies[0];
      return {
        kind,
        location: location.id,
        units: unitsOf(kind, frames[t], place),
        cost,
        orderPeriod: ordering === undefined ? null : frames[orderedAt].period,
        ordered: ordering === undefined ? null : (ordering.links?.orders[link] ?? ordering.orders),
      };
    });
}

/** Index of the location that cost most. */
function dearest({ locations }: Frame['policies'][number]): number {
  const costs = locations?.cost ?? [];
  return costs.reduce((most, cost, k) => (cost > costs[most] ? k : most), 0);
}

function unitsOf(kind: DebriefReason['kind'], { demand, policies: [own] }: Frame, place: number): number {
  const onHand = own.locations?.onHand[place] ?? own.onHand;
  const backlog = own.locations?.backlog[place] ?? own.backlog;
  if (kind === 'short') return own.locations === undefined || backlog === 0 ? demand - own.served + backlog : backlog;
  if (kind === 'surplus') return Math.max(0, own.locations === undefined ? onHand - own.served : onHand);
  return own.orders;
}

/** [periods] */
function leadTimeInto({ links }: WatchedNetwork, location: string): number {
  return links.find(({ to }) => to === location)?.leadTime ?? 0;
}
