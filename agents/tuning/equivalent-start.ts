import type { Network } from '../../env/index.ts';
import { type BaselineFamily, baselineFamily, suppliedNodes } from '../baselines/index.ts';
import { type SearchSpace, searchSpace } from './search-space.ts';
import type { StockPointNumbers } from './stock-point-numbers.ts';

export interface EquivalentStartOptions {
  readonly family: BaselineFamily;
  /** The family's own space. */
  readonly space: SearchSpace;
  readonly network: Network;
  readonly stockPoints: readonly StockPointNumbers[];
  readonly fractions: boolean;
  /** Looks for the best point of another family, [axis][item]. */
  find(family: BaselineFamily, space: SearchSpace): Float64Array[];
}

/**
 * Points to search from that another family's best point stands for, [start][axis][item]: a family that can do nearly all that the other can then ends no worse than it. None
 * where the family names no other, or stock points share parameters.
 */
export function equivalentStarts({ family, space, network, stockPoints, fractions, find }: EquivalentStartOptions): Float64Array[][] {
  const { startsFrom } = family;
  if (startsFrom === undefined || !space.axesEach) return [];
  const other = baselineFamily(startsFrom.family);
  if (other.search === null) return [];
  const otherSpace = searchSpace({ family: other, search: other.search, stockPoints, fractions });
  const { axesEach } = otherSpace;
  if (!axesEach) return [];
  const places = new Map(stockPoints.map(({ node }, k) => [node, k]));
  const supplied = stockPoints.map(({ node }) => suppliedNodes(network)[node].flatMap((below) => places.get(below) ?? []));
  const found = find(other, otherSpace);
  const start = space.directions.map(({ ranges }) => new Float64Array(ranges.length));
  for (let item = 0; item < stockPoints[0].items.length; item++) {
    const points = stockPoints.map((_, k) => found.slice(k * axesEach, (k + 1) * axesEach).map((values) => values[item]));
    startsFrom
      .point(points, supplied)
      .flat()
      .forEach((value, a) => {
        start[a][item] = value;
      });
  }
  return [start];
}
