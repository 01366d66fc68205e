import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { ForecastCover } from './forecast-cover.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { positionRules, singleSources, whyNotSingleSources } from './single-source.ts';
import { echelonReach, installationReach } from './stock-reach.ts';

export interface ForecastBaseStockOptions {
  readonly z: PerNode;
  /** Do levels count all that a stage supplies, until its order reaches the customer? Default false. */
  readonly echelon?: boolean;
}

/**
 * Orders up to the quantile, at the chance Phi(z), of the demand that the order must last for: the lead time and one period. Where forecasts are no more
 * than mean and variance, that is the mean plus z standard deviations. Orders are whole units.
 */
export function forecastBaseStock({ z, echelon = false }: ForecastBaseStockOptions): Policy {
  const factor = new NodeParameter('z', z);
  const cover = new ForecastCover();
  const reach = echelon ? echelonReach : installationReach;
  return {
    name: echelon ? 'echelon-forecast' : 'forecast',
    parameters: printed({ z }),
    order(view, orders) {
      const { lanes, network } = view;
      for (const { node, arc } of singleSources(network)) {
        const safety = factor.over(network, node);
        cover.read(view, node, arc, reach.onwards(network, node));
        const level = cover.quantile(view, node, safety);
        for (let lane = 0; lane < lanes; lane++) {
          const lacking = Math.round(level[lane]) - reach.position(view, node, lane);
          if (lacking > 0) orders[arc * lanes + lane] = lacking;
        }
      }
    },
    explain: (view, lane) =>
      positionRules(
        view,
        lane,
        (node, arc) => {
          cover.read(view, node, arc, reach.onwards(view.network, node));
          return { orderUpTo: Math.round(cover.quantile(view, node, factor.over(view.network, node))[lane]) };
        },
        reach.position,
      ),
  };
}

export const forecastFamily: BaselineFamily = {
  name: 'forecast',
  title: 'Forecast-driven base stock: order up to a quantile of the forecast over lead time and review',
  parameters: [{ name: 'z', help: 'safety factor: normal score of the quantile [standard deviations of the forecast]' }],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ z }) => forecastBaseStock({ z }),
  search: {
    axes: [{ name: 'z', step: 0.02, scaleFree: true, least: Number.NEGATIVE_INFINITY, range: () => [-2, 5] }],
    parameters: ([z]) => ({ z }),
  },
};

export const echelonForecastFamily: BaselineFamily = {
  ...forecastFamily,
  name: 'echelon-forecast',
  title:
    'Forecast-driven echelon base stock: every stage, with all that it supplies, up to a quantile of the forecast until its order reaches the customer',
  build: ({ z }) => forecastBaseStock({ z, echelon: true }),
};
