/** What is to be ordered of an item, from what, and why. */
export interface Suggestion {
  readonly item: string;
  /** [units] to order today. */
  readonly order: number;
  /** [units] it would be without limits across items. */
  readonly wanted: number;
  /** [units] negative where more was sold than there was. */
  readonly onHand: number;
  /** [units] ordered before and still to come. */
  readonly onOrder: number;
  /** [units] of them by the period in which they arrive: 0 is the first one forecast. */
  readonly arrivals: readonly number[];
  /** [periods] from today until the order after this one arrives: lead time and review. */
  readonly coverPeriods: number;
  /** [units] demand of those periods taken together. */
  readonly forecast: CoverForecast;
  /** [units] what on hand and on order are raised to. */
  readonly orderUpTo: number;
  /** Chance aimed at of lasting until the next order arrives; null where a policy other than `newsvendor` decides. */
  readonly service: number | null;
  /** [money] expected over those periods: with this order, and with none. */
  readonly expectedCost: { readonly order: number; readonly nothing: number };
  /** `new` has never sold, `stopped` has not sold for long; everything else is `selling`. */
  readonly state: ItemState;
  /** What was found out about the item's data and handled: `stock-out`, `negative stock`, ... */
  readonly flags: readonly string[];
  /** Why, in one sentence made of computed facts. */
  readonly reason: string;
}

export interface CoverForecast {
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export type ItemState = 'selling' | 'new' | 'stopped';
