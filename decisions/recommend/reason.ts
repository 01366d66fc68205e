import type { PeriodLength } from '../../forecasting/index.ts';
import type { EventEffect } from './events.ts';
import type { LevelOrder } from './order-up-to.ts';
import type { Suggestion } from './suggestion.ts';
import type { ItemTerms } from './terms.ts';

/** What a reason is made of: nothing in it that was not computed. */
export interface ReasonFacts extends Pick<Suggestion, 'order' | 'wanted' | 'state' | 'coverPeriods'> {
  readonly periodLength: PeriodLength;
  readonly terms: ItemTerms;
  /** [periods] that what is there lasts, and that it lasts with the order; infinite where nothing is asked for. */
  readonly lasts: number;
  readonly lastsWith: number;
  readonly effects: readonly EventEffect[];
  /** [periods] since the last sale, and of them those without stock. */
  readonly silent: number;
  readonly hidden: number;
  readonly changed: LevelOrder['changed'];
  /** [units] that come after the cover. */
  readonly later: number;
  /** What the order was cut for. */
  readonly cutFor: string | null;
  /** The policy that decided, where it is not the newsvendor's level. */
  readonly policy: string | null;
}

/** Effects that are named; the largest go first. */
const MOST_EFFECTS = 2;

/** Why an item is ordered as it is, in one sentence. */
export function reasonOf(facts: ReasonFacts): string {
  return [...coverWords(facts), ...demandWords(facts), ...effectWords(facts), ...orderWords(facts)].join('; ');
}

function coverWords({ order, wanted, state, silent, lasts, lastsWith, periodLength, coverPeriods, policy }: ReasonFacts): string[] {
  const by = policy === null ? [] : [`ordered by ${policy}`];
  if (state === 'stopped') return [`no sale for ${spanOf(silent, periodLength)}, as if it had stopped: nothing is ordered`];
  if (order > 0) return [`covers ${spanOf(lastsWith, periodLength)}, without it ${spanOf(lasts, periodLength)}`, ...by];
  if (wanted > 0) return [`what is there lasts ${spanOf(lasts, periodLength)}`];
  return [
    `what is there lasts ${spanOf(lasts, periodLength)}, and the next order can come in ${spanOf(coverPeriods, periodLength)}`,
    ...by,
  ];
}

function demandWords({ state, hidden, periodLength, later }: ReasonFacts): string[] {
  return [
    ...(state === 'new' ? ['never sold: forecast from items described alike'] : []),
    ...(hidden > 0 ? [`out of stock: the ${spanOf(hidden, periodLength)} without a sale are not taken for a lack of demand`] : []),
    ...(later > 0 ? [`${quantity(later)} on order come too late for it`] : []),
  ];
}

function effectWords({ effects, periodLength, state, coverPeriods }: ReasonFacts): string[] {
  if (state === 'stopped') return [];
  return effects
    .filter(({ ahead }) => ahead < coverPeriods)
    .toSorted((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)))
    .slice(0, MOST_EFFECTS)
    .map(({ kind, text, ahead, factor }) => {
      const change = Math.round(100 * Math.abs(factor - 1));
      return `${kind} '${text}' ${factor > 1 ? 'raises' : 'lowers'} ${periodLength} ${ahead + 1} by ${change} %`;
    });
}

function orderWords({ order, wanted, changed, terms, cutFor, state }: ReasonFacts): string[] {
  if (state === 'stopped') return [];
  return [
    ...(changed === 'batch' ? [`rounded up to batches of ${quantity(terms.batch)}`] : []),
    ...(changed === 'minimum' ? [`raised to the minimum order of ${quantity(terms.minimumOrder)}`] : []),
    ...(changed === 'not worth the minimum'
      ? [`too little is needed to be worth the minimum order of ${quantity(terms.minimumOrder)}`]
      : []),
    ...(changed === 'order cost' ? [`enough at once to be worth the ${quantity(terms.orderCost)} that an order costs`] : []),
    ...(cutFor !== null && order !== wanted ? [`${order < wanted ? 'cut' : 'raised'} from ${quantity(wanted)} for the ${cutFor}`] : []),
  ];
}

/** 3 weeks; 0.4 weeks; more than a year. */
function spanOf(periods: number, length: PeriodLength): string {
  if (!(periods < MOST_SAID)) return `more than ${MOST_SAID} ${length}s`;
  const shown = periods < 10 ? Math.round(periods * 10) / 10 : Math.round(periods);
  return `${shown} ${length}${shown === 1 ? '' : 's'}`;
}

const MOST_SAID = 104;

function quantity(units: number): string {
  return String(Number(units.toFixed(2)));
}
