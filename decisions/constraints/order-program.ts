import type { OrderChoice } from './order-choice.ts';
import type { ProgramColumn, ProgramRow } from './solver.ts';

/** A sum over all orders that has a bound. */
export interface ProgramLimit {
  readonly name: string;
  /** The most that the sum may be, or the least that it must be where the supplier is ordered from at all. */
  readonly kind: 'most' | 'least';
  readonly bound: number;
  readonly supplier?: string;
  /** What the sum is without limits. */
  readonly wanted: number;
  /** What a unit of the item adds to it. */
  weight(choice: OrderChoice): number;
}

export interface OrderProgram {
  readonly columns: readonly ProgramColumn[];
  readonly rows: readonly ProgramRow[];
  /** Says whether something is ordered from a supplier. */
  isSupplier(column: number): boolean;
  /** [units] of an item. */
  order(values: ArrayLike<number>, item: number): number;
  /** Number of a limit's row. */
  rowOf(limit: number): number;
}

/**
 * The program: a column for each piece of each item's cost curve, filled in their order as slopes rise; a whole number of batches where an item has some
 * or its supplier a minimum; and a yes or no for each supplier with a minimum.
 */
export function orderProgram(
  choices: readonly OrderChoice[],
  limits: readonly ProgramLimit[],
  { wholeItems }: { readonly wholeItems: boolean },
): OrderProgram {
  const columns: ProgramColumn[] = [];
  const rows: ProgramRow[] = [];
  const pieces = choices.map((choice) => choice.pieces.map(({ width, slope }) => columns.push({ cost: slope, high: width }) - 1));
  const suppliers = new Map<string, number>();
  for (const { supplier } of limits) {
    if (supplier !== undefined && !suppliers.has(supplier)) suppliers.set(supplier, columns.push({ cost: 0, high: 1, whole: true }) - 1);
  }
  const limitRows = limits.map((limit) => rows.push(limitRow(limit, choices, pieces, suppliers)) - 1);
  for (const [i, { lot, most, supplier, plan }] of choices.entries()) {
    if (most === 0) continue;
    const parts = pieces[i].map((column) => [column, 1] as const);
    const asked = suppliers.get(supplier);
    if (asked !== undefined) rows.push({ low: Number.NEGATIVE_INFINITY, high: 0, terms: [...parts, [asked, -most]] });
    const { minimumOrder } = plan.terms;
    if (minimumOrder > lot) {
      const some = columns.push({ cost: 0, high: 1, whole: wholeItems }) - 1;
      rows.push({ low: 0, high: Number.POSITIVE_INFINITY, terms: [...parts, [some, -minimumOrder]] });
      rows.push({ low: Number.NEGATIVE_INFINITY, high: 0, terms: [...parts, [some, -most]] });
    }
    if (!wholeItems || (lot === 1 && asked === undefined)) continue;
    const lots = columns.push({ cost: 0, high: Math.round(most / lot), whole: true }) - 1;
    rows.push({ low: 0, high: 0, terms: [...parts, [lots, -lot]] });
  }
  const supplierColumns = new Set(suppliers.values());
  return {
    columns,
    rows,
    isSupplier: (column) => supplierColumns.has(column),
    order: (values, item) => pieces[item].reduce((sum, column) => sum + values[column], 0),
    rowOf: (limit) => limitRows[limit],
  };
}

function limitRow(
  { kind, bound, supplier, weight }: ProgramLimit,
  choices: readonly OrderChoice[],
  pieces: readonly (readonly number[])[],
  suppliers: ReadonlyMap<string, number>,
): ProgramRow {
  const terms = choices.flatMap((choice, i) => {
    const factor = weight(choice);
    return factor === 0 ? [] : pieces[i].map((column) => [column, factor] as const);
  });
  if (kind === 'most') return { low: Number.NEGATIVE_INFINITY, high: bound, terms };
  const asked = suppliers.get(supplier ?? '');
  return { low: 0, high: Number.POSITIVE_INFINITY, terms: asked === undefined ? terms : [...terms, [asked, -bound]] };
}
