/** What it costs to hold, lack and order an item, and how it comes. */
export interface ItemTerms {
  /** [money/unit] what a unit is bought for. */
  readonly unitCost: number;
  /** [money/unit/period] on stock left at the end of a period. */
  readonly holdingCost: number;
  /** [money/unit] of demand that cannot be served. */
  readonly shortageCost: number;
  /** [money/order] whatever its size. */
  readonly orderCost: number;
  /** [periods] an order placed today arrives at the start of the period so many ahead; 0 serves this one. */
  readonly leadTime: number;
  /** [units] the smallest order; 0 where there is none. */
  readonly minimumOrder: number;
  /** [units] orders are whole multiples of it. */
  readonly batch: number;
  /** [units] on a full pallet; 0 where the item has none. */
  readonly packSize: number;
  /** [volume/unit] */
  readonly volume: number;
  /** Empty where nobody said. */
  readonly supplier: string;
  /** [periods] a unit can be sold; null where it keeps. */
  readonly life: number | null;
}
