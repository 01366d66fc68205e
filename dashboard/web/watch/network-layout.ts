import type { WatchedNetwork } from '../../protocol.ts';

export interface Placed {
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Upper left corner by location; the outside source among them. */
  readonly places: ReadonlyMap<string, Placed>;
  /** Goods flow down the drawing, not from its left to its right. */
  readonly upright: boolean;
}

/** Size of a location's box. */
export const BOX = { width: 96, height: 56 } as const;
/** Height of the outside source, in the middle of its box. */
export const SUPPLIER_HEIGHT = 28;

/** Between ranks, and between the locations of one rank. */
const GAP = { ranks: 76, siblings: 16 } as const;
const UPRIGHT_GAP = { ranks: 40, siblings: 12 } as const;
const EDGE = 6;

/**
 * Ranks one after the other, the outside source first; the locations of each side by side, in the middle.
 * @param narrow drawn downwards, where that is narrower: on a small screen who waits at the end of a chain is in sight
 */
export function layOut(network: WatchedNetwork, narrow: boolean): Drawing {
  const sideways = inRanks(network, false);
  const upright = narrow ? inRanks(network, true) : sideways;
  return upright.width < sideways.width ? upright : sideways;
}

function inRanks({ locations, links }: WatchedNetwork, upright: boolean): Drawing {
  const ranks: string[][] = [links.some(({ from }) => from === 'supplier') ? ['supplier'] : []];
  for (const { id, rank } of locations) {
    while (ranks.length <= rank) ranks.push([]);
    ranks[rank].push(id);
  }
  const filled = ranks.filter(({ length }) => length > 0);
  const gap = upright ? UPRIGHT_GAP : GAP;
  const size = upright ? { along: BOX.height, across: BOX.width } : { along: BOX.width, across: BOX.height };
  const breadth = (count: number) => count * (size.across + gap.siblings) - gap.siblings;
  const widest = breadth(Math.max(...filled.map(({ length }) => length)));
  const places = new Map<string, Placed>();
  for (const [rank, ids] of filled.entries()) {
    for (const [k, id] of ids.entries()) {
      const along = EDGE + rank * (size.along + gap.ranks);
      const across = EDGE + (widest - breadth(ids.length)) / 2 + k * (size.across + gap.siblings);
      places.set(id, upright ? { x: across, y: along } : { x: along, y: across });
    }
  }
  const length = filled.length * (size.along + gap.ranks) - gap.ranks + 2 * EDGE;
  const width = widest + 2 * EDGE;
  return { ...(upright ? { width, height: length } : { width: length, height: width }), places, upright };
}

/** The way of the goods from one place to another, as a path; undefined where one of them is not drawn. */
export function wayOf({ places, upright }: Drawing, from: string, to: string): string | undefined {
  const [source, target] = [places.get(from), places.get(to)];
  if (source === undefined || target === undefined) return undefined;
  const middle = { x: BOX.width / 2, y: BOX.height / 2 };
  if (upright) {
    const below = middle.y + (from === 'supplier' ? SUPPLIER_HEIGHT : BOX.height) / 2;
    const [x, y, endX, endY] = [source.x + middle.x, source.y + below, target.x + middle.x, target.y];
    return `M${x} ${y}C${x} ${(y + endY) / 2} ${endX} ${(y + endY) / 2} ${endX} ${endY}`;
  }
  const [x, y, endX, endY] = [source.x + BOX.width, source.y + middle.y, target.x, target.y + middle.y];
  return `M${x} ${y}C${(x + endX) / 2} ${y} ${(x + endX) / 2} ${endY} ${endX} ${endY}`;
}
