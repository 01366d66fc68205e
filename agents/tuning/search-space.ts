import type { BaselineFamily, ItemNumbers, ParameterSearch, SearchAxis } from '../baselines/index.ts';
import type { StockPointNumbers } from './stock-point-numbers.ts';

/** One direction of a search, with a range for every item. */
export interface Direction {
  readonly name: string;
  /** Values that are tried are multiples of this. */
  readonly step: number;
  readonly least: number;
  /** [item] where the search starts out. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** The directions in which parameters of a family are looked for in a scenario, and what a point in them means. */
export interface SearchSpace {
  readonly directions: readonly Direction[];
  /** Directions of each stock point, one stock point's after the other's; 0 where stock points share them. */
  readonly axesEach: number;
  /** Parameters by name of a point, for one item. */
  parameters(point: readonly number[], item: number): Readonly<Record<string, number>>;
}

export interface SearchSpaceOptions {
  readonly family: BaselineFamily;
  readonly search: ParameterSearch;
  readonly stockPoints: readonly StockPointNumbers[];
  /** Do goods come in fractions of a unit? */
  readonly fractions: boolean;
}

/** With more directions than this, stock points share them: those of a location first, then all. */
const MOST_DIRECTIONS = 16;

/** How fine a shared direction is: in parts of the stock points' ranges. */
const SHARED_STEP = 0.005;

/** The space of one parameter set for a single stock point, of one for each in a network, or of shared ones where the network is large. */
export function searchSpace({ family, search, stockPoints, fractions }: SearchSpaceOptions): SearchSpace {
  if (stockPoints.length === 1 || family.perNode === false) {
    const { items } = stockPoints.reduce((a, b) => (b.items[0].echelonLeadTime > a.items[0].echelonLeadTime ? b : a));
    const directions = search.axes.map((axis) => direction(axis, items, fractions));
    return { directions, axesEach: stockPoints.length === 1 ? directions.length : 0, parameters: (point) => search.parameters(point) };
  }
  if (search.axes.length * stockPoints.length <= MOST_DIRECTIONS) return ownSpace(search, stockPoints, fractions);
  const locations = [...new Set(stockPoints.map(({ location }) => location))];
  const groups = search.axes.length * locations.length <= MOST_DIRECTIONS ? locations : [''];
  const groupOf = stockPoints.map(({ location }) => (groups.length === 1 ? 0 : locations.indexOf(location)));
  return sharedSpace(search, stockPoints, { groups, groupOf, fractions });
}

function ownSpace(search: ParameterSearch, stockPoints: readonly StockPointNumbers[], fractions: boolean): SearchSpace {
  const { axes } = search;
  return {
    directions: stockPoints.flatMap(({ items, id }) =>
      axes.map((axis) => ({ ...direction(axis, items, fractions), name: `${axis.name}.${id}` })),
    ),
    axesEach: axes.length,
    parameters: (point) => named(stockPoints, (_, k) => search.parameters(point.slice(k * axes.length, (k + 1) * axes.length))),
  };
}

interface Sharing {
  readonly groups: readonly string[];
  readonly groupOf: readonly number[];
  readonly fractions: boolean;
}

/** A shared direction runs from 0 to 1, from one end of every stock point's own range to the other. */
function sharedSpace(
  search: ParameterSearch,
  stockPoints: readonly StockPointNumbers[],
  { groups, groupOf, fractions }: Sharing,
): SearchSpace {
  const { axes } = search;
  const items = stockPoints[0].items;
  return {
    directions: groups.flatMap((group) =>
      axes.map((axis) => ({
        name: group === '' ? axis.name : `${axis.name}.${group}`,
        step: SHARED_STEP,
        least: 0,
        ranges: items.map(() => [0, 1] as const),
      })),
    ),
    axesEach: 0,
    parameters: (point, item) =>
      named(stockPoints, (stockPoint, k) =>
        search.parameters(
          axes.map((axis, a) => {
            const numbers = stockPoint.items[item];
            const [low, high] = axis.range(numbers);
            const step = stepOf(axis, numbers, fractions);
            return Math.max(axis.least, tidy(Math.round((low + point[groupOf[k] * axes.length + a] * (high - low)) / step) * step));
          }),
        ),
      ),
  };
}

function named(
  stockPoints: readonly StockPointNumbers[],
  own: (stockPoint: StockPointNumbers, k: number) => Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    stockPoints.flatMap((stockPoint, k) =>
      Object.entries(own(stockPoint, k)).map(([name, value]): [string, number] => [`${name}.${stockPoint.id}`, value]),
    ),
  );
}

function direction(axis: SearchAxis, items: readonly ItemNumbers[], fractions: boolean): Direction {
  const steps = items.map((item) => stepOf(axis, item, fractions));
  return { name: axis.name, step: Math.min(...steps), least: axis.least, ranges: items.map((item) => axis.range(item)) };
}

/** Goods that come in fractions are counted in a decimal fraction of demand's standard deviation. */
function stepOf({ step, scaleFree }: SearchAxis, { demandVariance, meanDemand }: ItemNumbers, fractions: boolean): number {
  const scale = Math.sqrt(demandVariance) || meanDemand;
  if (!fractions || scaleFree || !(scale > 0)) return step;
  return step * 10 ** Math.floor(Math.log10(scale / 20));
}

/** Takes the dust off a sum of decimal fractions. */
export function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
