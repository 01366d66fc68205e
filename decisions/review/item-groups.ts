import { type History, ITEM_CLASSES, itemClass } from '../../forecasting/index.ts';
import { figureOf, type LiveEntry } from '../monitor/live-scores.ts';
import { type GroupError, type Interval, plainWords } from './finding.ts';

/** Name of the group of an item, or null where it is in none. */
type Grouping = (item: number) => string | null;

/** [periods] for which an item is new. */
const NEW = 26;
/** Groups with fewer items say too little. */
const LEAST_ITEMS = 3;
const MOST_CATEGORIES = 8;
/** Place of the 80 % interval among the coverage levels. */
const EIGHTY = 1;

/** Errors by volume, price, kind of demand, age and category, with intervals, of items as they were known at `from`. */
export function groupErrors(entries: readonly LiveEntry[], history: History, from: number, seed: number): GroupError[] {
  return Object.entries(groupings(history, from)).flatMap(([by, groupOf]) => {
    const names = history.items.map((_, item) => groupOf(item));
    const groups = [...new Set(names.filter((name) => name !== null))];
    if (groups.length < 2) return [];
    return groups
      .map((group) => errorsOf(entries, names, { by, group, seed }))
      .filter(({ items }) => items >= LEAST_ITEMS)
      .sort((a, b) => order(a.group) - order(b.group) || a.group.localeCompare(b.group));
  });
}

const ORDER = ['slowest quarter', 'slower quarter', 'faster quarter', 'fastest quarter', 'cheap', 'middle', 'dear', ...ITEM_CLASSES, 'old'];

function order(group: string): number {
  const at = ORDER.indexOf(group);
  return at < 0 ? ORDER.length : at;
}

function errorsOf(
  entries: readonly LiveEntry[],
  names: readonly (string | null)[],
  { by, group, seed }: { readonly by: string; readonly group: string; readonly seed: number },
): GroupError {
  const own = entries.filter(({ item }) => names[item] === group);
  const figure = figureOf(own, seed);
  const sales = ({ actual }: LiveEntry) => actual;
  return {
    by,
    group,
    items: new Set(own.map(({ item }) => item)).size,
    units: own.reduce((sum, { actual }) => sum + actual, 0),
    wape: figure(({ mean, actual }) => Math.abs(mean - actual), sales),
    bias: figure(({ mean, actual }) => mean - actual, sales),
    againstNaive: figure(
      (entry) => entry.crps,
      (entry) => entry.naiveCrps,
    ),
    coverageGap: figure(
      ({ within, chance }) => (within[EIGHTY] ? 1 : 0) - chance[EIGHTY],
      () => 1,
    ),
  };
}

function groupings(history: History, from: number): Readonly<Record<string, Grouping>> {
  const { items, periods, quantity } = history;
  const width = periods.length;
  const first = items.map((_, item) => firstSale(quantity.subarray(item * width, item * width + from)));
  const volume = items.map((_, item) => quantity.subarray(item * width, item * width + from).reduce((sum, units) => sum + units, 0));
  const price = items.map((_, item) => history.price[item * width + Math.max(0, from - 1)]);
  const kinds = items.map((_, item) => itemClass(history, item, from));
  const sizes = new Map<string, number>();
  for (const { category } of items) if (category !== '') sizes.set(category, (sizes.get(category) ?? 0) + 1);
  const largest = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, MOST_CATEGORIES);
  const shown = new Set(largest.map(([category]) => category));
  return {
    volume: bands(volume, ['slowest quarter', 'slower quarter', 'faster quarter', 'fastest quarter']),
    price: bands(price, ['cheap', 'middle', 'dear']),
    demand: (item) => kinds[item],
    age: (item) => (first[item] < 0 || from - first[item] <= NEW ? 'new' : 'old'),
    category: (item) => (shown.has(items[item].category) ? plainWords(items[item].category) : null),
  };
}

/** As many items in each band; none where the values are not told apart. */
function bands(values: readonly number[], names: readonly string[]): Grouping {
  const sorted = values.toSorted((a, b) => a - b);
  const limits = names.slice(1).map((_, k) => sorted[Math.floor(((k + 1) * sorted.length) / names.length)]);
  if (!(limits[limits.length - 1] > sorted[0])) return () => null;
  return (item) => names[limits.filter((limit) => values[item] >= limit).length];
}

function firstSale(quantity: Float64Array): number {
  return quantity.findIndex((units) => units > 0);
}

/** Are two intervals apart? */
export function above(a: Interval, b: Interval): boolean {
  return a.ci90[0] > b.ci90[1];
}
