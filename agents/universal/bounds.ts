import { ownUnit } from './demand-facts.ts';
import { type ItemFacts, isPlain, LARGEST_MEAN } from './item-facts.ts';
import { LONGEST_LEAD_TIME } from './lead-time-facts.ts';

interface BoundedFact {
  readonly name: string;
  /** What it is called where an item is outside. */
  readonly words: string;
  readonly of: (facts: ItemFacts) => number;
}

/** What a network's items are told from others by, what matters most first: none of it moves, so that an item is one of a family in all periods or in none. */
const BOUNDED: readonly BoundedFact[] = [
  { name: 'moves', words: 'demand that moves (1: it does)', of: ({ moves }) => (moves ? 1 : 0) },
  { name: 'waits', words: 'part of unmet demand that waits', of: ({ waits }) => waits },
  { name: 'cycle', words: 'periods of demand in an order whose fixed and holding cost balance', of: usualCycle },
  {
    name: 'burden',
    words: 'what it costs to order a unit over what it costs not to serve one',
    of: (facts) => (facts.waits < 1 ? usualCycle(facts) / facts.shortageRatio : 0),
  },
  { name: 'least', words: 'smallest order over mean demand', of: ({ least, lot, usualMean }) => (least > lot ? least / usualMean : 0) },
  { name: 'lot', words: 'batch over mean demand', of: usualLot },
  { name: 'leadTimeSpread', words: 'standard deviation of the lead time', of: ({ leadTimeVariance }) => Math.sqrt(leadTimeVariance) },
  { name: 'crossing', words: 'orders that overtake others (1: they may)', of: ({ crossing }) => (crossing ? 1 : 0) },
  {
    name: 'shortageRatio',
    words: 'shortage cost, margin included, over holding cost',
    of: ({ shortageRatio }) => shortageRatio,
  },
  {
    name: 'margin',
    words: 'cost of a unit that is lost over that of one that waits a period',
    of: ({ waits, lostRatio, waitRatio }) => (waits > 0 && waits < 1 ? lostRatio / waitRatio : 1),
  },
  { name: 'leadTime', words: 'lead time', of: ({ leadTime }) => leadTime },
  { name: 'mean', words: 'mean demand', of: (facts) => usualScale(facts) * facts.usualMean },
  {
    name: 'varianceRatio',
    words: 'variance over mean of demand',
    of: (facts) => (usualScale(facts) * facts.usualVariance) / facts.usualMean,
  },
];

/** At its usual demand, whatever is forecast by now. */
function usualCycle({ fixedRatio, usualMean }: ItemFacts): number {
  return Math.sqrt((2 * fixedRatio) / usualMean);
}

function usualLot(facts: ItemFacts): number {
  const lot = Math.max(1, (facts.batch / facts.unit) * usualScale(facts));
  return lot > 1 ? lot / (facts.usualMean * usualScale(facts)) : 0;
}

/** The item's own unit by now, which may be a larger one, in those of its usual demand. */
function usualScale({ unit, usualMean }: ItemFacts): number {
  return unit / Math.min(unit, ownUnit(usualMean * unit, LARGEST_MEAN));
}

/** Smallest and largest values of the facts of a family's items. */
export type FamilyBounds = Readonly<Record<string, readonly [number, number]>>;

/** Part of the items at either end that are too few to have been learned from. */
const ENDS = 0.005;

/** What a family's items are like, without the few at the ends of each range. */
export function boundsOf(items: readonly ItemFacts[]): FamilyBounds {
  return Object.fromEntries(
    BOUNDED.map(({ name, of }) => {
      const values = items.map(of).sort((a, b) => a - b);
      const left = Math.floor(ENDS * values.length);
      return [name, [values[left], values[values.length - 1 - left]] as const];
    }),
  );
}

export function isBounds(value: unknown): value is FamilyBounds {
  if (typeof value !== 'object' || value === null) return false;
  return BOUNDED.every(({ name }) => {
    const range: unknown = Reflect.get(value, name);
    return Array.isArray(range) && range.length === 2 && range.every((end) => typeof end === 'number');
  });
}

/** Forecasts that are nearly certain are nobody's: what they leave to chance is less than any demand in whole units that is drawn. */
const LEAST_RATIO = 0.2;

/** Why an item is not of a family, or undefined where it is: with the number, and what was expected; and how many such reasons there are. */
export function outsideFamily(facts: ItemFacts, bounds: FamilyBounds): { readonly reason: string; readonly count: number } | undefined {
  if (facts.upTo !== null) return undefined;
  const varianceRatio = facts.varianceRatio * usualScale(facts);
  const certain = `variance over mean of demand as it is forecast ${short(varianceRatio)}; expected ${LEAST_RATIO} or more`;
  const ofFamily = BOUNDED.flatMap(({ name, words, of }) => {
    const [least, most] = bounds[name];
    const value = of(facts);
    if (value >= least && value <= most) return [];
    const expected = least === most ? short(least) : `${short(least)} to ${short(most)}`;
    return [`${words} ${short(value)}; expected ${expected}`];
  });
  const reasons = facts.moves && varianceRatio < LEAST_RATIO ? [certain, ...ofFamily] : ofFamily;
  return reasons.length === 0 ? undefined : { reason: reasons[0], count: reasons.length };
}

/** Why nothing can be worked out for an item at all, or undefined where it can. */
export function beyondReach(facts: ItemFacts): string | undefined {
  const { shortageRatio, lostRatio, waits, fixedRatio, longest, mean, sd } = facts;
  if (longest > LONGEST_LEAD_TIME) return `lead time ${longest}; expected 0 to ${LONGEST_LEAD_TIME}`;
  if (!isCost(shortageRatio)) return `shortage cost, margin included, over holding cost ${short(shortageRatio)}; expected a number above 0`;
  if (waits < 1 && !isCost(lostRatio))
    return `cost of a lost unit, margin included, over holding cost ${short(lostRatio)}; expected a number above 0`;
  if (!isPlain(facts) && !Number.isFinite(fixedRatio)) return `fixed cost over holding cost ${fixedRatio}; expected a number`;
  if (!(mean > 0) || !(sd > 0)) return `mean demand ${short(mean)} and its deviation ${short(sd)}; expected numbers above 0`;
  return undefined;
}

function isCost(ratio: number): boolean {
  return ratio > 0 && ratio < Number.POSITIVE_INFINITY;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
