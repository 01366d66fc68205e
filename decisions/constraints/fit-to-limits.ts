import type { ItemPlan } from '../recommend/item-plan.ts';
import { type OrderChoice, orderChoice, wholePallets } from './order-choice.ts';
import { orderProgram, type ProgramLimit } from './order-program.ts';
import { openSolver, type Solver } from './solver.ts';
import { wholeOrders } from './whole-orders.ts';

/** What a supplier asks of an order in all. */
export interface SupplierMinimum {
  /** [money] and [units]; 0 where there is none. */
  readonly value: number;
  readonly units: number;
}

/** Limits that items share. */
export interface Limits {
  /** [money] for all orders of today. */
  readonly budget?: number;
  /** [volume] for all stock at the moment at which these orders arrive. */
  readonly storage?: number;
  readonly suppliers?: ReadonlyMap<string, SupplierMinimum>;
  /** Are items that have a pallet size ordered in whole pallets? Default: false. */
  readonly fullPallets?: boolean;
}

/** What came of a limit. */
export interface LimitReport {
  /** `budget`, `storage`, or `minimum value of SUPPLIER` and so on. */
  readonly limit: string;
  readonly bound: number;
  /** What orders would use without limits, and what they use; of storage with what is there already. */
  readonly wanted: number;
  readonly used: number;
  /** [money per unit of the limit] by how much the expected cost would fall if it were looser by one. */
  readonly shadowPrice: number;
}

export interface LimitedItem {
  readonly item: string;
  readonly plan: ItemPlan;
  /** [units] without limits. */
  readonly wanted: number;
}

export interface FittedOrders {
  /** [item] [units] */
  readonly orders: Float64Array;
  /** [item] the limit that an order was changed for; null where it was not. */
  readonly cutFor: readonly (string | null)[];
  readonly limits: readonly LimitReport[];
}

/** [covers] of demand that may be ordered ahead to reach a supplier's minimum. */
const AHEAD = 3;
/** Pieces of all cost curves together, and of one: the more there are, the longer it takes, and the less is lost. */
const ALL_PIECES = 40_000;
const MOST_PIECES = 40;
const LEAST_PIECES = 8;
/** Items above which batches are made whole after solving: whole numbers of everything would take too long. */
const MOST_WHOLE = 50;

/**
 * Orders that keep within the limits at the least expected cost: the sum of the items' convex cost curves is made small by a linear program, with a
 * whole number for whether a supplier is ordered from at all, and for the batches of few items; those of many are made whole afterwards.
 */
export async function fitToLimits(items: readonly LimitedItem[], limits: Limits): Promise<FittedOrders> {
  const { suppliers, fullPallets = false } = limits;
  const pallets = items.map(({ plan, wanted }) => (fullPallets ? wholePallets(plan, wanted) : wanted));
  const pieces = Math.max(LEAST_PIECES, Math.min(MOST_PIECES, Math.floor(ALL_PIECES / items.length)));
  const choices = items.map(({ plan }, i) => {
    const { terms, demand } = plan;
    const minimum = suppliers?.get(terms.supplier);
    const lot = fullPallets && terms.packSize > 0 ? terms.packSize : terms.batch;
    const beyond = minimum !== undefined && pallets[i] > 0 ? AHEAD * demand[demand.length - 1].mean : 0;
    return orderChoice(plan, { wanted: pallets[i], lot, beyond, pieces });
  });
  const all = limitsOf(choices, limits);
  const kept = all.filter(({ kind, wanted, bound }) => (kind === 'most' ? wanted > bound + 1e-9 : wanted > 0 && wanted < bound - 1e-9));
  const solved = kept.length === 0 ? { orders: Float64Array.from(pallets), prices: new Map<string, number>() } : await solve(choices, all);
  return {
    orders: solved.orders,
    cutFor: items.map(({ wanted }, i) => changedFor(choices[i], solved.orders[i], wanted, all, solved.prices)),
    limits: all.map((limit) => reportOf(limit, choices, solved)),
  };
}

interface Solved {
  readonly orders: Float64Array;
  readonly prices: ReadonlyMap<string, number>;
}

async function solve(choices: readonly OrderChoice[], limits: readonly ProgramLimit[]): Promise<Solved> {
  const solver = await openSolver();
  const wholeItems = choices.filter(({ most }) => most > 0).length <= MOST_WHOLE;
  // Orders that reach the minimums by themselves need no choice of suppliers, which takes long.
  const free = await solveWithin(
    choices,
    limits.filter(({ kind }) => kind === 'most'),
    { solver, wholeItems },
  );
  return limits.every((limit) => reached(limit, choices, free.orders)) ? free : solveWithin(choices, limits, { solver, wholeItems });
}

async function solveWithin(
  choices: readonly OrderChoice[],
  limits: readonly ProgramLimit[],
  { solver, wholeItems }: { readonly solver: Solver; readonly wholeItems: boolean },
): Promise<Solved> {
  const program = orderProgram(choices, limits, { wholeItems });
  const { values } = await solver.solve(program.columns, program.rows);
  // What the limits are worth is asked of the program in which suppliers and items have been chosen.
  const { prices } = await solver.solve(
    program.columns.map(({ whole, ...column }, k) =>
      whole && program.isChoice(k) ? { ...column, low: Math.round(values[k]), high: Math.round(values[k]) } : column,
    ),
    program.rows,
  );
  const amounts = Float64Array.from(choices, (_, i) => program.order(values, i));
  const orders = wholeOrders(choices, amounts, limits);
  return { orders, prices: new Map(limits.map(({ name }, k) => [name, prices[program.rowOf(k)] ?? 0])) };
}

/** Is a minimum met, or nothing ordered where it holds? */
function reached({ kind, bound, weight }: ProgramLimit, choices: readonly OrderChoice[], orders: Float64Array): boolean {
  const used = usedOf(weight, choices, orders);
  return kind === 'most' || used === 0 || used >= bound - 1e-9;
}

function usedOf(weight: ProgramLimit['weight'], choices: readonly OrderChoice[], orders: ArrayLike<number>): number {
  return choices.reduce((sum, choice, i) => sum + weight(choice) * orders[i], 0);
}

function limitsOf(choices: readonly OrderChoice[], { budget, storage, suppliers }: Limits): ProgramLimit[] {
  const all = choices.map(({ wanted }) => wanted);
  const limit = (
    name: string,
    kind: ProgramLimit['kind'],
    bound: number,
    weight: (choice: OrderChoice) => number,
    { supplier, taken = 0 }: { readonly supplier?: string; readonly taken?: number } = {},
  ) => ({ name, kind, bound: Math.max(0, bound - taken), weight, supplier, taken, given: bound, wanted: usedOf(weight, choices, all) });
  const money = ({ plan }: OrderChoice) => plan.terms.unitCost;
  const space = ({ plan }: OrderChoice) => plan.terms.volume;
  const taken = choices.reduce((sum, { plan }) => sum + plan.terms.volume * thereOnArrival(plan), 0);
  const minima = [...(suppliers ?? [])].flatMap(([supplier, { value, units }]) => {
    const own = (weight: (choice: OrderChoice) => number) => (choice: OrderChoice) => (choice.supplier === supplier ? weight(choice) : 0);
    return [
      ...(value > 0 ? [limit(`minimum value of ${supplier}`, 'least', value, own(money), { supplier })] : []),
      ...(units > 0
        ? [
            limit(
              `minimum units of ${supplier}`,
              'least',
              units,
              own(() => 1),
              { supplier },
            ),
          ]
        : []),
    ];
  });
  return [
    ...(budget === undefined ? [] : [limit('budget', 'most', budget, money)]),
    ...(storage === undefined ? [] : [limit('storage', 'most', storage, space, { taken })]),
    ...minima,
  ];
}

/** [units] expected to be there when an order of today arrives, beside it. */
function thereOnArrival({ onArrival, arrivals, terms }: ItemPlan): number {
  return onArrival.reduce((sum, units) => sum + Math.max(0, units) / onArrival.length, arrivals[terms.leadTime]);
}

/** The limit that changed an order: its supplier's minimum where it was raised or left out with it, else the dearest of those that cut. */
function changedFor(
  { supplier }: OrderChoice,
  order: number,
  wanted: number,
  limits: readonly ProgramLimit[],
  prices: ReadonlyMap<string, number>,
): string | null {
  if (order === wanted) return null;
  const minimum = limits.find((limit) => limit.supplier === supplier && supplier !== '');
  if (minimum !== undefined && (order > wanted || order === 0)) return minimum.name;
  const cutting = limits.filter(({ kind }) => kind === 'most').toSorted((a, b) => (prices.get(b.name) ?? 0) - (prices.get(a.name) ?? 0));
  return cutting.length > 0 && (prices.get(cutting[0].name) ?? 0) > 0 ? cutting[0].name : 'full pallets';
}

function reportOf(
  { name, given, taken, weight, wanted }: ProgramLimit,
  choices: readonly OrderChoice[],
  { orders, prices }: Solved,
): LimitReport {
  const plain = (value: number) => Number(value.toPrecision(8));
  const used = taken + usedOf(weight, choices, orders);
  return { limit: name, bound: plain(given), wanted: plain(taken + wanted), used: plain(used), shadowPrice: plain(prices.get(name) ?? 0) };
}
