import type { Scenario } from './scenario.ts';

/** A stock point: one item at one location. Numbers are [lane]. */
export interface Node {
  readonly id: string;
  readonly location: string;
  readonly item: string;
  readonly holdingCost: Float64Array;
  readonly shortageCost: Float64Array;
  /** Part of unmet demand that waits: 0 lost sales, 1 backlog. */
  readonly backlogged: Float64Array;
  readonly initialStock: Float64Array;
  readonly price: Float64Array;
  /** Arcs that bring this node stock. */
  readonly inbound: readonly number[];
  /** Arcs that take stock from this node. */
  readonly outbound: readonly number[];
  /** Does this node face demand of its own? */
  readonly faced: boolean;
}

/** A link for one item: what an order can be placed on. Numbers are [lane]. */
export interface Arc {
  /** `from>to`, with `:item` where there are several. */
  readonly id: string;
  /** Sending node, or -1: the outside source. */
  readonly from: number;
  readonly to: number;
  /** [periods] */
  readonly leadTime: Int32Array;
  /** Largest lead time of any lane [periods]. */
  readonly maxLeadTime: number;
  readonly fixedCost: Float64Array;
  readonly unitCost: Float64Array;
  readonly transitCost: Float64Array;
}

/** A scenario resolved for a number of lanes: locations x items are nodes, links x items are arcs, numbers are arrays. */
export interface Network {
  readonly scenario: Scenario;
  readonly lanes: number;
  readonly nodes: readonly Node[];
  readonly arcs: readonly Arc[];
  /** Nodes from the sources down: a sender comes before its customers. */
  readonly order: readonly number[];
}
