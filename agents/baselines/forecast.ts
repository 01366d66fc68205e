import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { ForecastCover } from './forecast-cover.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { inventoryPosition, positionRules, singleSources, whyNotSingleSources } from './single-source.ts';

/**
 * Orders up to the quantile, at the chance Phi(z), of the demand that the order must last for: the lead time and one period. Where forecasts are no more
 * than mean and variance, that is the mean plus z standard deviations. Orders are whole units.
 */
export function forecastBaseStock({ z }: { readonly z: PerNode }): Policy {
  const factor = new NodeParameter('z', z);
  const cover = new ForecastCover();
  return {
    name: 'forecast',
    parameters: printed({ z }),
    order(view, orders) {
      const { lanes } = view;
      for (const { node, arc } of singleSources(view.network)) {
        const safety = factor.over(view.network, node);
        cover.read(view, node, arc);
        const level = cover.quantile(view, node, arc, safety);
        for (let lane = 0; lane < lanes; lane++) {
          const lacking = Math.round(level[lane]) - inventoryPosition(view, node, lane);
          if (lacking > 0) orders[arc * lanes + lane] = lacking;
        }
      }
    },
    explain: (view, lane) =>
      positionRules(view, lane, (node, arc) => {
        cover.read(view, node, arc);
        return { orderUpTo: Math.round(cover.quantile(view, node, arc, factor.over(view.network, node))[lane]) };
      }),
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
