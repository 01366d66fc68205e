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
}

/** Size of a location's box. */
export const BOX = { width: 96, height: 56 } as const;

const GAP = { x: 76, y: 16 } as const;
const EDGE = 6;

/** Columns by rank, the outside source first; each column's locations one below the other, in the middle. */
export function layOut({ locations, links }: WatchedNetwork): Drawing {
  const columns: string[][] = [links.some(({ from }) => from === 'supplier') ? ['supplier'] : []];
  for (const { id, rank } of locations) {
    while (columns.length <= rank) columns.push([]);
    columns[rank].push(id);
  }
  const filled = columns.filter(({ length }) => length > 0);
  const rows = Math.max(...filled.map(({ length }) => length));
  const height = rows * BOX.height + (rows - 1) * GAP.y;
  const places = new Map<string, Placed>();
  for (const [column, ids] of filled.entries()) {
    const own = ids.length * BOX.height + (ids.length - 1) * GAP.y;
    for (const [row, id] of ids.entries()) {
      places.set(id, { x: EDGE + column * (BOX.width + GAP.x), y: EDGE + (height - own) / 2 + row * (BOX.height + GAP.y) });
    }
  }
  return { width: filled.length * (BOX.width + GAP.x) - GAP.x + 2 * EDGE, height: height + 2 * EDGE, places };
}
