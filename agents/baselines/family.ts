import type { Network } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { PerNode } from './node-parameter.ts';

export interface BaselineParameter {
  readonly name: string;
  /** What it is, with its unit. */
  readonly help: string;
}

/** What a search range may go by: the numbers of one item at one stock point. */
export interface ItemNumbers {
  /** [units/period] of the stock point itself and of all that it supplies. */
  readonly meanDemand: number;
  readonly demandVariance: number;
  /** [periods] of its slowest and its fastest source. */
  readonly leadTime: number;
  readonly shortestLeadTime: number;
  /** [periods] from the outside source to the customer, on the longest way through it: what an echelon's stock must last for. */
  readonly echelonLeadTime: number;
  readonly holdingCost: number;
  readonly shortageCost: number;
  /** Part of unmet demand that waits. */
  readonly backlogged: number;
  /** [money/order] */
  readonly fixedCost: number;
}

/** One direction of the search for good parameters. */
export interface SearchAxis {
  readonly name: string;
  /** Values that are tried are multiples of this. */
  readonly step: number;
  /** Is it no quantity? Then the step holds for goods that come in fractions too. Default false. */
  readonly scaleFree?: boolean;
  /** Where the search starts out; it may go on beyond the upper end, not below `least`. */
  range(item: ItemNumbers): readonly [number, number];
  readonly least: number;
}

/** How a family's parameters are searched for: in coordinates in which no candidate is senseless. */
export interface ParameterSearch {
  readonly axes: readonly SearchAxis[];
  /** Parameters by name of a point of the search. */
  parameters(point: readonly number[]): Readonly<Record<string, number>>;
}

/** A kind of policy: what it needs to know, whether it fits a network, and how good parameters are looked for. */
export interface BaselineFamily {
  readonly name: string;
  readonly title: string;
  readonly parameters: readonly BaselineParameter[];
  /** Why the family cannot order for a network, or undefined where it can. */
  whyNot(network: Network): string | undefined;
  /** The policy with given parameters: a number each, or one per lane (lane i reads i mod length), or either by the stock point's id. */
  build(parameters: Readonly<Record<string, PerNode>>): Policy;
  /** Does it stop ordering when there is much? Then it reaches finitely many states, and its cost can be computed. */
  readonly boundsStock: boolean;
  /** Does it order more, without a limit, the more is owed? Else backlog can grow through ever more states. Default true. */
  readonly boundsBacklog?: boolean;
  /** Null where there is nothing to search for. */
  readonly search: ParameterSearch | null;
  /** Does each stock point have parameters of its own? Default true. */
  readonly perNode?: boolean;
  /** A family whose best point in a network says where to look as well. */
  readonly startsFrom?: EquivalentStart;
}

export interface EquivalentStart {
  readonly family: string;
  /** What its point is in the coordinates of this family; both are [stock point][axis]. `supplied` [stock point]: those that it supplies, directly or not, and itself. */
  point(found: readonly (readonly number[])[], supplied: readonly (readonly number[])[]): number[][];
}
