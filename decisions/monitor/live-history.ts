import { UserError } from '../../env/index.ts';
import { type History, markStockOuts } from '../../forecasting/index.ts';
import { refuseOtherSales } from './plausible-sales.ts';

/** Sales that came in since a run, joined to those that it was made from. Items are those of the run, in its order. */
export interface LiveHistory {
  readonly history: History;
  /** Number of the first period that the run did not know. */
  readonly from: number;
  /** Items of the file that the run has no forecast for, with what they sold [units]. */
  readonly unknown: readonly { readonly item: string; readonly units: number }[];
  /** Entries of periods that the run knew already and that the file now gives otherwise; the run's own are kept. */
  readonly revised: number;
}

export interface JoinOptions {
  /** The name of the file, for messages. */
  readonly file: string;
  /** Take sales that look like those of something else. Default: false. */
  readonly trust?: boolean;
  /** Are suspected stock-outs marked as missing? Default: true. */
  readonly stockOuts?: boolean;
}

/**
 * Joins newer sales to a run's history: known periods stay as they are, the file's own take the place of all live ones from its first on.
 * @param known the run's history, with the live periods that came earlier
 * @param origin the first period that the run did not know
 * @throws UserError where the file's periods are of another length, leave a gap, bring nothing new or do not look like the same business
 */
export function joinLive(known: History, origin: number, fresh: History, options: JoinOptions): LiveHistory {
  const { file } = options;
  if (fresh.periodLength !== known.periodLength) {
    throw new UserError(
      `${file}: read by ${fresh.periodLength}; expected ${known.periodLength}s, as the run; add --period ${known.periodLength}`,
    );
  }
  const offset = offsetOf(known, origin, fresh, file);
  const end = offset + fresh.periods.length;
  const rows = rowsOf(known, fresh);
  const first = Math.max(origin, offset);
  const periods = [...known.periods.slice(0, first), ...fresh.periods.slice(first - offset)];
  const joined: History = {
    ...known,
    periods,
    quantity: joinRows(known, fresh.quantity, known.quantity, { rows, offset, first, end }),
    price: joinRows(known, fresh.price, known.price, { rows, offset, first, end }),
    open: Uint8Array.from(periods, (_, t) => (t < first ? known.open[t] : fresh.open[t - offset])),
    missing: new Int32Array(known.items.length * end),
    notes: [...known.notes, ...fresh.notes.map((note) => ({ ...note, period: note.period + offset, knownAt: note.knownAt + offset }))],
    promotions: [
      ...known.promotions,
      ...fresh.promotions.map((one) => ({
        ...one,
        firstPeriod: one.firstPeriod + offset,
        lastPeriod: one.lastPeriod + offset,
        knownAt: one.knownAt + offset,
      })),
    ],
  };
  keepPrices(joined, first);
  if (options.stockOuts !== false) markStockOuts(joined);
  if (options.trust !== true) refuseOtherSales(joined, { file, from: first, shared: rows.filter((row) => row >= 0).length, fresh });
  return {
    history: joined,
    from: origin,
    unknown: unknownItems(known, fresh),
    revised: countRevised(known, fresh, { rows, offset, first }),
  };
}

/** Number of the file's first period in the run's count. */
function offsetOf(known: History, origin: number, fresh: History, file: string): number {
  const { periods, periodLength } = known;
  const within = periods.indexOf(fresh.periods[0]);
  const ahead = fresh.periods.indexOf(periods[0]);
  const offset = within >= 0 ? within : ahead >= 0 ? -ahead : after(known, fresh.periods[0]);
  if (offset > periods.length) {
    const gap = offset - periods.length;
    throw new UserError(
      `${file}: begins with the ${periodLength} of ${fresh.periods[0]}, ${gap} ${periodLength}${gap > 1 ? 's' : ''} after what is known ends (${periods[periods.length - 1]}); expected no gap; give the sales in between too`,
    );
  }
  if (offset + fresh.periods.length <= origin) {
    throw new UserError(
      `${file}: ends with the ${periodLength} of ${fresh.periods[fresh.periods.length - 1]}; the run knew those before ${periods[origin] ?? `the one after ${periods[origin - 1]}`} already; expected later sales`,
    );
  }
  return offset;
}

/** Number of a period that begins after all known ones. */
function after({ periods, periodLength }: History, day: string): number {
  const last = periods.length - 1;
  const days = (Date.parse(day) - Date.parse(periods[last])) / 86_400_000;
  if (periodLength !== 'month') return last + Math.round(days / (periodLength === 'week' ? 7 : 1));
  const months = (name: string) => Number(name.slice(0, 4)) * 12 + Number(name.slice(5, 7));
  return last + months(day) - months(periods[last]);
}

/** [item of the run] row in the file; -1 where it is not there. */
function rowsOf(known: History, fresh: History): Int32Array {
  const row = new Map(fresh.items.map(({ id }, k) => [id, k]));
  return Int32Array.from(known.items, ({ id }) => row.get(id) ?? -1);
}

interface Place {
  readonly rows: Int32Array;
  readonly offset: number;
  readonly first: number;
  readonly end: number;
}

/** [item][period] what was known before `first`, and the file's from there on. An item that is not in the file sold nothing. */
function joinRows(known: History, fresh: Float64Array, kept: Float64Array, { rows, offset, first, end }: Place): Float64Array {
  const width = known.periods.length;
  const own = end - offset;
  const joined = new Float64Array(rows.length * end);
  for (let item = 0; item < rows.length; item++) {
    joined.set(kept.subarray(item * width, item * width + first), item * end);
    if (rows[item] < 0) continue;
    joined.set(fresh.subarray(rows[item] * own + first - offset, (rows[item] + 1) * own), item * end + first);
  }
  return joined;
}

/** A price that the file does not know is the last one. */
function keepPrices({ price, items, periods }: History, first: number): void {
  for (let item = 0; item < items.length; item++) {
    for (let t = Math.max(1, first); t < periods.length; t++) {
      const at = item * periods.length + t;
      if (!(price[at] > 0)) price[at] = price[at - 1];
    }
  }
}

function unknownItems(known: History, fresh: History): { item: string; units: number }[] {
  const ids = new Set(known.items.map(({ id }) => id));
  const width = fresh.periods.length;
  return fresh.items
    .map(({ id }, k) => ({ item: id, units: fresh.quantity.subarray(k * width, (k + 1) * width).reduce((sum, units) => sum + units, 0) }))
    .filter(({ item, units }) => units > 0 && !ids.has(item));
}

function countRevised(known: History, fresh: History, { rows, offset, first }: Omit<Place, 'end'>): number {
  let revised = 0;
  for (let item = 0; item < rows.length; item++) {
    for (let t = Math.max(0, offset); rows[item] >= 0 && t < first; t++) {
      const now = fresh.quantity[rows[item] * fresh.periods.length + t - offset];
      if (Math.abs(now - known.quantity[item * known.periods.length + t]) > 1e-9) revised++;
    }
  }
  return revised;
}
