import type { Demand, DemandCorrelation } from './demand/spec.ts';
import type { OutsideIndex } from './outside-index.ts';
import type { PerItem, PerLane } from './per-lane.ts';
import type { Allocation, Disruptions, PriceBreak, RandomLeadTime, RandomYield } from './supply-spec.ts';

export type {
  AnnouncedNote,
  Demand,
  DemandCorrelation,
  DemandProcessSpec,
  Distribution,
  EventKind,
  EventNote,
  ForecastPaths,
  Spread,
} from './demand/spec.ts';

/** The outside source: never short of stock, holds no cost. */
export const SUPPLIER = 'supplier';

export interface Item {
  readonly id: string;
  /** What the item is, in words: read by embedders and shown to people. */
  readonly description?: string;
  /** [periods], a whole number: units received with life m can serve m periods, then they are discarded. Left out: it keeps. */
  readonly life?: PerLane;
  /** [volume/unit] where locations have a capacity. Default 1. */
  readonly volume?: PerLane;
}

/** What happens to demand that stock cannot serve. */
export interface Shortage {
  /** `lost`: gone. `backlog`: waits. `partial`: the part `backlogged` waits, the rest is lost. */
  readonly kind: 'lost' | 'backlog' | 'partial';
  /** [money/unit] of lost demand, [money/unit/period] of backlog held at the end of a period. */
  readonly cost: PerItem;
  /** Part of unmet demand that waits, 0 to 1; only with `partial`. */
  readonly backlogged?: PerItem;
}

/** Units served that come back after some periods, into stock as good as new. What would come back after a finite horizon does not count. */
export interface Returns {
  /** Probability that a unit served comes back, each by itself. */
  readonly part: PerItem;
  /** [periods] from being served to being back, a whole number, 1 or more: what was served in period t is back at the start of t + after. */
  readonly after: number;
  /** [money/unit] given back and spent on it, taken off the revenue. Default 0. */
  readonly refund?: PerItem;
}

/** What becomes of orders from other locations that cannot be shipped. */
export type ShortShipped = 'lost' | 'lost-at-cost' | 'owed';

export interface Location {
  readonly id: string;
  /** [money/unit/period] on stock left at the end of a period. */
  readonly holdingCost: PerItem;
  readonly shortage: Shortage;
  /** [units] on hand before the first period. */
  readonly initialStock: PerItem;
  /** [money/unit] earned per unit served; 0 where a scenario has no prices. */
  readonly price?: PerItem;
  /** Who gets what where the location's customers order more than it has. Default proportional. */
  readonly allocation?: Allocation;
  /**
   * What becomes of what the location cannot ship of an order. `lost`: it is counted as short-shipped; `lost-at-cost`: and charged at the shortage cost
   * per unit; `owed`: it is shipped first when there is stock again, and charged at the shortage cost per unit and period until then. Default lost.
   */
  readonly shortShipped?: ShortShipped;
  /** [units/period] that it can ship to other locations in all, shared by its items and links. Default: any. */
  readonly shipCapacity?: PerLane;
  /** Of units that age: which are served and shipped first, the oldest (fifo) or the youngest (lifo). Default fifo. */
  readonly issuing?: 'fifo' | 'lifo';
  /** [money/unit] discarded. */
  readonly disposalCost?: PerItem;
  /** [volume] that stock of all items may take up at the end of a period; what is beyond is kept, counted and charged. Default: any. */
  readonly capacity?: PerLane;
  /** [money/volume/period] for stock beyond the capacity. */
  readonly overflowCost?: PerLane;
  /** [money/unit] earned on stock left when a finite horizon ends. */
  readonly salvageValue?: PerItem;
  /** What customers send back. Left out: nothing. */
  readonly returns?: Returns;
}

export interface Link {
  /** Default: `from>to`, and `from>to#2` for a second one between the same two. */
  readonly id?: string;
  /** A location's id, or `supplier`. */
  readonly from: string;
  readonly to: string;
  /** [periods], a whole number: an order of period t is received at the start of period t + leadTime. */
  readonly leadTime: PerLane | RandomLeadTime;
  /** [periods], a whole number: an order of period t reaches its sender in t + orderDelay, and is shipped then. Default 0. */
  readonly orderDelay?: PerLane;
  /** [units] on the way when a lane starts: entry k, 0 to leadTime - 2, is received at the start of period k + 1. Only where the lead time is known. Default none. */
  readonly initialPipeline?: readonly PerItem[];
  /** [units] ordered before a lane starts: entry k reaches the sender in period k. Default none. */
  readonly initialOrders?: readonly PerItem[];
  /** [money] per shipment. */
  readonly fixedCost?: PerItem;
  /** [money/unit] shipped. */
  readonly unitCost?: PerItem;
  /** An outside index that the unit cost is multiplied by, as it stands in the period of the shipment. Left out: it stays. */
  readonly priceIndex?: OutsideIndex;
  /** Discounts for large shipments, `from` ascending; smaller ones cost `unitCost`. */
  readonly priceBreaks?: readonly PriceBreak[];
  /** [money/unit/period] on stock in transit. */
  readonly transitCost?: PerItem;
  /** [units] Smaller orders are not taken. */
  readonly minimumOrder?: PerItem;
  /** [units] Orders are cut to a multiple of it. Default: any quantity. */
  readonly batch?: PerItem;
  /** [units/period] Orders are cut to it. */
  readonly capacity?: PerItem;
  /** What part of a shipment can be used; the rest is gone when it is received. */
  readonly yield?: RandomYield;
  /** Probability that an order never reaches its sender: nothing ships, nothing is charged. */
  readonly lostOrders?: PerLane;
  /** Periods in which the link takes no orders. What is on the way comes through. */
  readonly disruptions?: Disruptions;
}

/** A supply network with its costs and demand: what the simulator runs. Plain data; every number may differ by lane. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Number of periods of an episode, or null: goes on for ever and is judged by its long-run average. */
  readonly periods: number | null;
  /** [periods] left out of averages. */
  readonly warmUp: number;
  readonly items: readonly Item[];
  readonly locations: readonly Location[];
  readonly links: readonly Link[];
  readonly demand: readonly Demand[];
  /** Left out: demands of different locations and items are independent. */
  readonly demandCorrelation?: DemandCorrelation;
  /** [periods] after which demand repeats itself; left out where no period differs from another. */
  readonly phases?: number;
  /** Where lanes stand for different things (the items of a catalogue): lane i stands for entry i mod length. */
  readonly laneNames?: readonly Item[];
}
