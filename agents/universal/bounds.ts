import type { Network } from '../../env/index.ts';
import { type ItemFacts, LONGEST_LEAD_TIME } from './item-facts.ts';

const FACTS = ['shortageRatio', 'leadTime', 'mean', 'varianceRatio'] as const;
type Bounded = (typeof FACTS)[number];

/** Smallest and largest values of the facts of a family's items. */
export type FamilyBounds = Readonly<Record<Bounded, readonly [number, number]>>;

const WORDS: Readonly<Record<Bounded, string>> = {
  shortageRatio: 'shortage cost, margin included, over holding cost',
  leadTime: 'lead time',
  mean: 'mean demand',
  varianceRatio: 'variance over mean of demand',
};

/** Part of the items at either end that are too few to have been learned from. */
const ENDS = 0.005;

/** What a family's items are like, without the few at the ends of each range. */
export function boundsOf(items: readonly Pick<ItemFacts, Bounded>[]): FamilyBounds {
  const range = (fact: Bounded): readonly [number, number] => {
    const values = items.map((item) => item[fact]).sort((a, b) => a - b);
    const left = fact === 'leadTime' ? 0 : Math.floor(ENDS * values.length);
    return [values[left], values[values.length - 1 - left]];
  };
  return {
    shortageRatio: range('shortageRatio'),
    // Without a lead time a formula orders.
    leadTime: [0, range('leadTime')[1]],
    mean: range('mean'),
    varianceRatio: range('varianceRatio'),
  };
}

export function isBounds(value: unknown): value is FamilyBounds {
  if (typeof value !== 'object' || value === null) return false;
  return FACTS.every((fact) => {
    const range: unknown = Reflect.get(value, fact);
    return Array.isArray(range) && range.length === 2 && range.every((end) => typeof end === 'number');
  });
}

/** Why an item is not of the family, or undefined where it is: with the number, and what was expected. */
export function outsideFamily(facts: ItemFacts, bounds: FamilyBounds): string | undefined {
  if (facts.upTo !== null) return undefined;
  for (const fact of FACTS) {
    const [least, most] = bounds[fact];
    const value = facts[fact];
    if (!(value >= least && value <= most)) return `${WORDS[fact]} ${short(value)}; expected ${short(least)} to ${short(most)}`;
  }
  return undefined;
}

/** Why nothing can be worked out for an item at all, or undefined where it can. */
export function beyondReach({ shortageRatio, leadTime, mean, sd, zeroShare }: ItemFacts): string | undefined {
  if (leadTime > LONGEST_LEAD_TIME) return `lead time ${leadTime}; expected 0 to ${LONGEST_LEAD_TIME}`;
  if (!(shortageRatio > 0 && shortageRatio < Infinity))
    return `shortage cost, margin included, over holding cost ${short(shortageRatio)}; expected a number above 0`;
  if (!(mean > 0) || !(sd > 0)) return `mean demand ${short(mean)} and its deviation ${short(sd)}; expected numbers above 0`;
  if (Number.isNaN(zeroShare))
    return 'demand is not in whole units; expected a distribution on 0, 1, 2, ...: add rounded: true where it has that';
  return undefined;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Why a network of stock points is not what such a network orders for, or undefined where it is. */
export function whyNotLostSales({ scenario, nodes, arcs, places }: Network): string | undefined {
  if (scenario.periods !== null) return `it ends after ${scenario.periods} periods; expected periods: null`;
  if (places.length > 0) return `"${places[0].id}" has limited room; expected none`;
  for (const node of nodes) {
    const [arc] = node.inbound.map((a) => arcs[a]);
    if (node.inbound.length !== 1 || node.outbound.length > 0 || arc.from >= 0 || node.demand < 0)
      return `"${node.id}" is part of a network; expected stock points that order from the supplier and sell to customers`;
    if (node.backlogged.some((part) => part > 0)) return `unmet demand of "${node.id}" waits; expected lost sales`;
    if (node.returns !== null) return `customers of "${node.id}" send units back; expected none`;
    if (node.life !== null) return `units of "${node.id}" age; expected units that keep`;
    const { process } = scenario.demand[node.demand];
    if (process.kind !== 'stationary') return `demand of "${node.id}" is of kind "${process.kind}"; expected a distribution that stays`;
    const term = Object.entries({
      'a lead time that is drawn': arc.randomLeadTime !== null,
      'price breaks': arc.priceBreaks !== null,
      'a price that moves': arc.priceIndex >= 0,
      'a yield': arc.yield !== null,
      'orders that are lost': arc.lostOrders !== null,
      disruptions: arc.disruptions !== null,
      'a fixed cost': some(arc.fixedCost),
      'a transit cost': some(arc.transitCost),
      'a minimum order': some(arc.minimumOrder),
      'a batch': arc.batch.some((size) => size > 0 && size !== 1),
      'a capacity': arc.capacity.some((units) => units < Infinity),
    }).find(([, holds]) => holds);
    if (term !== undefined) return `"${arc.id}" has ${term[0]}; expected none`;
  }
  return undefined;
}

function some(values: Float64Array): boolean {
  return values.some((value) => value !== 0);
}
