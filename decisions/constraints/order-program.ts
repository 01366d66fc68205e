import type { OrderChoice } from './order-choice.ts';
import type { ProgramColumn, ProgramRow } from './solver.ts';

/** A sum over all orders that has a bound. */
export interface ProgramLimit {
  readonly name: string;
  /** The most that the sum may be, or the least that it must be where the supplier is ordered from at all. */
  readonly kind: 'most' | 'least';
  /** As it was given, what is taken of it already, and what that leaves for orders: never below 0. */
  readonly given: number;
  readonly taken: number;
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
  /** Is the column a yes or no: whether something is ordered of an item, or from a supplier? */
  isChoice(column: number): boolean;
  /** [units] of an item. */
  order(values: ArrayLike<number>, item: number): number;
  /** Number of a limit's row. */
  rowOf(limit: number): number;
}

/**
 * The program: a column for each piece of each item's cost curve, filled in their order as slopes rise, and a yes or no for each supplier with a minimum. With
 * `wholeItems` also a whole number of batches of each item, and a yes or no where its order has a cost or a minimum; else any amount, on the lower envelope of
 * a curve that begins with a cost or a minimum.
 */
export function orderProgram(
  choices: readonly OrderChoice[],
  limits: readonly ProgramLimit[],
  { wholeItems }: { readonly wholeItems: boolean },
): OrderProgram {
  const columns: ProgramColumn[] = [];
  const rows: ProgramRow[] = [];
  const curves = choices.map((choice) => (wholeItems ? choice.pieces : lowerEnvelope(choice)));
  const pieces = curves.map((curve) => curve.map(({ width, slope }) => columns.push({ cost: slope, high: width }) - 1));
  const suppliers = new Map<string, number>();
  for (const { supplier } of limits) {
    if (supplier !== undefined && !suppliers.has(supplier)) suppliers.set(supplier, columns.push({ cost: 0, high: 1, whole: true }) - 1);
  }
  const yesOrNo = new Set(suppliers.values());
  const limitRows = limits.map((limit) => rows.push(limitRow(limit, choices, pieces, suppliers)) - 1);
  for (const [supplier, asked] of suppliers) rows.push(...askedRows(asked, ofSupplier(supplier), { wholeItems }));
  for (const [i, choice] of choices.entries()) {
    if (!wholeItems || choice.most === 0) continue;
    const { lot, most, plan, fixed } = choice;
    const parts = partsOf(i);
    const { minimumOrder } = plan.terms;
    if (minimumOrder > lot || fixed > 0) {
      const some = columns.push({ cost: fixed, high: 1, whole: true }) - 1;
      yesOrNo.add(some);
      rows.push({ low: 0, high: Number.POSITIVE_INFINITY, terms: [...parts, [some, -minimumOrder]] });
      rows.push({ low: Number.NEGATIVE_INFINITY, high: 0, terms: [...parts, [some, -most]] });
    }
    const lots = columns.push({ cost: 0, high: Math.round(most / lot), whole: true }) - 1;
    rows.push({ low: 0, high: 0, terms: [...parts, [lots, -lot]] });
  }
  return {
    columns,
    rows,
    isChoice: (column) => yesOrNo.has(column),
    order: (values, item) => pieces[item].reduce((sum, column) => sum + values[column], 0),
    rowOf: (limit) => limitRows[limit],
  };

  function partsOf(item: number): Term[] {
    return pieces[item].map((column) => [column, 1]);
  }

  function ofSupplier(supplier: string): { readonly most: number; readonly parts: Term[] }[] {
    return choices.flatMap(({ most, ...choice }, i) => (choice.supplier === supplier && most > 0 ? [{ most, parts: partsOf(i) }] : []));
  }
}

type Term = readonly [column: number, factor: number];

/** Nothing of a supplier that is not ordered from: item by item, or of many items in one row, which is looser and far quicker. */
function askedRows(
  asked: number,
  items: readonly { readonly most: number; readonly parts: readonly Term[] }[],
  { wholeItems }: { readonly wholeItems: boolean },
): ProgramRow[] {
  const row = (parts: readonly Term[], most: number) => ({
    low: Number.NEGATIVE_INFINITY,
    high: 0,
    terms: [...parts, [asked, -most] as const],
  });
  if (wholeItems) return items.map(({ parts, most }) => row(parts, most));
  return [
    row(
      items.flatMap(({ parts }) => parts),
      items.reduce((sum, { most }) => sum + most, 0),
    ),
  ];
}

/** A cost curve without its jump at the beginning: up to the order whose cost by unit is least, everything costs that. */
function lowerEnvelope({ pieces, fixed, lot, plan }: OrderChoice): OrderChoice['pieces'] {
  const { minimumOrder } = plan.terms;
  if (fixed === 0 && minimumOrder <= lot) return pieces;
  let units = 0;
  let cost = fixed;
  let first = { width: 0, slope: Number.POSITIVE_INFINITY, used: 0 };
  for (const [k, { width, slope }] of pieces.entries()) {
    units += width;
    cost += width * slope;
    if (units >= minimumOrder - 1e-9 && cost / units < first.slope) first = { width: units, slope: cost / units, used: k + 1 };
  }
  return first.used === 0 ? [] : [first, ...pieces.slice(first.used)];
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
