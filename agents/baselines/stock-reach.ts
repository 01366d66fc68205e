import type { Network, StateView } from '../../env/index.ts';
import { suppliedNodes, waysToCustomers } from './downstream.ts';
import { echelonPosition, inventoryPosition } from './single-source.ts';

/** Which stock a stage's levels are for, and how long that stock must last. */
export interface StockReach {
  /** [units] */
  position(view: StateView, node: number, lane: number): number;
  /** [periods] beyond the lead time of the stage's own order and one period. */
  onwards(network: Network, node: number): number;
}

/** What the stage has and has ordered itself, until its next order comes. */
export const installationReach: StockReach = { position: inventoryPosition, onwards: () => 0 };

/** What the stage and all that it supplies have, until its next order reaches the customer. */
export const echelonReach: StockReach = {
  position: (view, node, lane) => echelonPosition(view, node, suppliedNodes(view.network)[node], lane),
  onwards: (network, node) => waysToCustomers(network)[node],
};
