import type { LinkDisruptions, PriceSteps, YieldRule } from './link-terms.ts';
import type { OutsideIndex } from './outside-index.ts';
import type { LeadTimeHazard } from './random-lead-time.ts';
import type { Scenario } from './scenario.ts';
import type { Allocation } from './supply-spec.ts';

/** What customers of a stock point send back. Numbers are [lane]. */
export interface ReturnRule {
  /** Probability that a unit served comes back. */
  readonly part: Float64Array;
  /** [periods] */
  readonly after: number;
  /** [money/unit] */
  readonly refund: Float64Array;
}

/** A stock point: one item at one location. Numbers are [lane]. */
export interface Node {
  /** The location's id, with `:item` where there are several items. */
  readonly id: string;
  readonly location: string;
  readonly item: string;
  /** [money/unit/period] */
  readonly holdingCost: Float64Array;
  /** [money/unit] lost, [money/unit/period] backlogged. */
  readonly shortageCost: Float64Array;
  /** Part of unmet demand that waits: 0 lost sales, 1 backlog. */
  readonly backlogged: Float64Array;
  /** [units] */
  readonly initialStock: Float64Array;
  /** [money/unit] */
  readonly price: Float64Array;
  /** [money/unit] on stock left when a finite horizon ends. */
  readonly salvageValue: Float64Array;
  /** [money/unit] discarded. */
  readonly disposalCost: Float64Array;
  readonly returns: ReturnRule | null;
  /** [periods] that units received can serve, or null: they keep. */
  readonly life: Int32Array | null;
  readonly issuing: 'fifo' | 'lifo';
  readonly allocation: Allocation;
  /** Is what it cannot ship of an order owed? */
  readonly owes: boolean;
  /** Is what it cannot ship, owed or not, charged at the shortage cost? */
  readonly chargesShortShipped: boolean;
  /** [units/period] that its location can ship in all, or null: any. Shared by the items of a location. */
  readonly shipCapacity: Float64Array | null;
  /** Arcs that bring this node stock. */
  readonly inbound: readonly number[];
  /** Arcs that take stock from this node. */
  readonly outbound: readonly number[];
  /** Index into the scenario's demand, or -1 where the node faces none of its own. */
  readonly demand: number;
}

/** A link for one item: what an order can be placed on. Numbers are [lane]. */
export interface Arc {
  /** The link's id, with `:item` where there are several items. */
  readonly id: string;
  /** Index of its link in the scenario. */
  readonly link: number;
  /** Sending node, or -1: the outside source. */
  readonly from: number;
  readonly to: number;
  /** [periods]; where it is drawn, its mean rounded. */
  readonly leadTime: Int32Array;
  /** Smallest and largest lead time of any lane [periods]. */
  readonly minLeadTime: number;
  readonly maxLeadTime: number;
  /** Chances of a lead time that is drawn, or null. */
  readonly randomLeadTime: LeadTimeHazard | null;
  /** [periods] until an order reaches its sender; 0 from the outside source, where it is part of the lead time. */
  readonly orderDelay: Int32Array;
  /** [k][lane] [units] received k + 1 periods after a lane's start; ordered before it, and reaching the sender k periods after it. */
  readonly initialPipeline: readonly Float64Array[];
  readonly initialOrders: readonly Float64Array[];
  /** [money] per shipment. */
  readonly fixedCost: Float64Array;
  /** [money/unit] */
  readonly unitCost: Float64Array;
  readonly priceBreaks: PriceSteps | null;
  /** Place among the network's indices of the one that its unit cost is multiplied by, or -1. */
  readonly priceIndex: number;
  /** [money/unit/period] */
  readonly transitCost: Float64Array;
  /** [units] 0: any order is taken. */
  readonly minimumOrder: Float64Array;
  /** [units] 0: any quantity. */
  readonly batch: Float64Array;
  /** [units/period] Infinity: any. */
  readonly capacity: Float64Array;
  readonly yield: YieldRule | null;
  /** Probability that an order is lost, or null: none is. */
  readonly lostOrders: Float64Array | null;
  /** When the link takes no orders, or null: it always does. Shared by the arcs of a link. */
  readonly disruptions: LinkDisruptions | null;
}

/** A link for all items: its arcs, and the nodes at both ends, stand one after the other in the order of the items. */
export interface Route {
  /** First of its arcs. */
  readonly arc: number;
  /** First node of the sending location, or -1: the outside source. */
  readonly from: number;
  /** First node of the receiving location. */
  readonly to: number;
}

/** A location as the place where several items share room. Numbers are [lane]. */
export interface Place {
  readonly id: string;
  readonly nodes: readonly number[];
  /** [volume] */
  readonly capacity: Float64Array;
  /** [money/volume/period] */
  readonly overflowCost: Float64Array;
  /** [volume/unit] of each of its nodes. */
  readonly volumes: readonly Float64Array[];
}

/** A scenario resolved for a number of lanes: locations x items are nodes, links x items are arcs, numbers are arrays. */
export interface Network {
  readonly scenario: Scenario;
  readonly lanes: number;
  /** [lane] the lane of the scenario that each stands for: whose numbers it has. */
  readonly represents: Int32Array;
  readonly nodes: readonly Node[];
  readonly arcs: readonly Arc[];
  /** Nodes from the sources down: a sender comes before its customers. */
  readonly order: readonly number[];
  /** Links, in the order of the scenario. */
  readonly routes: readonly Route[];
  /** First nodes of the locations, from the sources down. */
  readonly stages: readonly number[];
  /** Outside indices that prices and demands follow. */
  readonly indices: readonly OutsideIndex[];
  /** Locations whose room is limited. */
  readonly places: readonly Place[];
}
