import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { ForecastCover } from './forecast-cover.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { economicQuantity, positionRules, singleSources, whyNotSingleSources } from './single-source.ts';
import { echelonReach, installationReach } from './stock-reach.ts';

export interface ForecastSSOptions {
  readonly z: PerNode;
  readonly f: PerNode;
  /** Do levels count all that a stage supplies, until its order reaches the customer? Default false. */
  readonly echelon?: boolean;
}

/**
 * (s, S) with levels that follow the forecast: s is the quantile, at the chance Phi(z), of the demand of the lead time and one period, and
 * an order goes up to s plus f economic order quantities at the forecast's rate. With f = 0 it is the forecast-driven base stock. Orders are whole units.
 */
export function forecastSS({ z, f, echelon = false }: ForecastSSOptions): Policy {
  const safety = new NodeParameter('z', z);
  const lots = new NodeParameter('f', f);
  const cover = new ForecastCover();
  const reach = echelon ? echelonReach : installationReach;
  return {
    name: echelon ? 'echelon-forecast-s-S' : 'forecast-s-S',
    parameters: printed({ z, f }),
    order(view, orders) {
      const { lanes, network } = view;
      for (const { node, arc } of singleSources(network)) {
        const factor = safety.over(network, node);
        const lot = lots.over(network, node);
        const { holdingCost } = network.nodes[node];
        const { fixedCost } = network.arcs[arc];
        cover.read(view, node, arc, reach.onwards(network, node));
        const reorderPoint = cover.quantile(view, node, factor);
        for (let lane = 0; lane < lanes; lane++) {
          const low = reorderPoint[lane];
          const position = reach.position(view, node, lane);
          if (position > low) continue;
          const rate = cover.mean[lane] / cover.periods[lane];
          const lacking = Math.round(low + lot[lane] * economicQuantity(rate, fixedCost[lane], holdingCost[lane])) - position;
          if (lacking > 0) orders[arc * lanes + lane] = lacking;
        }
      }
    },
    explain: (view, lane) =>
      positionRules(
        view,
        lane,
        (node, arc) => {
          const { network } = view;
          cover.read(view, node, arc, reach.onwards(network, node));
          const reorderPoint = cover.quantile(view, node, safety.over(network, node))[lane];
          const rate = cover.mean[lane] / cover.periods[lane];
          const { holdingCost } = network.nodes[node];
          const lot = lots.over(network, node)[lane] * economicQuantity(rate, network.arcs[arc].fixedCost[lane], holdingCost[lane]);
          return { reorderPoint, orderUpTo: Math.round(reorderPoint + lot) };
        },
        reach.position,
      ),
  };
}

export const forecastSSFamily: BaselineFamily = {
  name: 'forecast-s-S',
  title: 'Forecast-driven (s, S): at a quantile of the forecast or below, order f economic quantities more than that',
  parameters: [
    { name: 'z', help: 'safety factor of the reorder point: normal score of the quantile [standard deviations of the forecast]' },
    { name: 'f', help: 'part of the economic order quantity that an order goes beyond the reorder point' },
  ],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ z, f }) => forecastSS({ z, f }),
  search: {
    axes: [
      { name: 'z', step: 0.02, scaleFree: true, least: Number.NEGATIVE_INFINITY, range: () => [-3, 4] },
      { name: 'f', step: 0.02, scaleFree: true, least: 0, range: () => [0, 2] },
    ],
    parameters: ([z, f]) => ({ z, f }),
  },
};

export const echelonForecastSSFamily: BaselineFamily = {
  ...forecastSSFamily,
  name: 'echelon-forecast-s-S',
  title: 'Forecast-driven echelon (s, S): every stage, with all that it supplies, by the forecast until its order reaches the customer',
  build: ({ z, f }) => forecastSS({ z, f, echelon: true }),
};
