import type { Policy } from '../policy.ts';
import { type DualSource, dualRules, dualSources, expeditedPosition, expeditedPositionOf, whyNotDualSources } from './dual-source.ts';
import type { BaselineFamily, SearchAxis } from './family.ts';
import { ForecastCover } from './forecast-cover.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { inventoryPosition } from './single-source.ts';

/**
 * Dual index with levels that follow the forecast: expedites what will be on hand within the expedited lead time up to the quantile, at the chance Phi(ze), of the
 * demand of that lead time and one period, then orders regularly all there is and will be up to the quantile at Phi(zr) of that of the regular one. Orders are whole units.
 */
export function forecastDualIndex({ ze, zr }: { readonly ze: PerNode; readonly zr: PerNode }): Policy {
  const fastFactor = new NodeParameter('ze', ze);
  const slowFactor = new NodeParameter('zr', zr);
  const [fastCover, slowCover] = [new ForecastCover(), new ForecastCover()];
  let near = new Float64Array(0);
  const levels = (view: Parameters<Policy['order']>[0], { node, expedited, regular }: DualSource) => {
    fastCover.read(view, node, expedited);
    slowCover.read(view, node, regular);
    return {
      fast: fastCover.quantile(view, node, fastFactor.over(view.network, node)),
      slow: slowCover.quantile(view, node, slowFactor.over(view.network, node)),
    };
  };
  return {
    name: 'forecast-dual-index',
    parameters: printed({ ze, zr }),
    order(view, orders) {
      const { lanes, network } = view;
      if (near.length !== lanes) near = new Float64Array(lanes);
      for (const source of dualSources(network)) {
        const { node, expedited, regular } = source;
        const { fast, slow } = levels(view, source);
        expeditedPosition(view, source, near);
        for (let lane = 0; lane < lanes; lane++) {
          const urgent = Math.max(0, Math.round(fast[lane]) - near[lane]);
          orders[expedited * lanes + lane] = urgent;
          orders[regular * lanes + lane] = Math.max(0, Math.round(slow[lane]) - inventoryPosition(view, node, lane) - urgent);
        }
      }
    },
    explain: (view, lane) =>
      dualRules(view, (source) => {
        const { fast, slow } = levels(view, source);
        const position = expeditedPositionOf(view, source, lane);
        const upTo = Math.round(fast[lane]);
        return {
          expedited: { position, orderUpTo: upTo },
          regular: {
            position: inventoryPosition(view, source.node, lane) + Math.max(0, upTo - position),
            orderUpTo: Math.round(slow[lane]),
          },
        };
      }),
  };
}

const factorAxis = (name: string): SearchAxis => ({
  name,
  step: 0.02,
  scaleFree: true,
  least: Number.NEGATIVE_INFINITY,
  range: () => [-3, 4],
});

export const forecastDualIndexFamily: BaselineFamily = {
  name: 'forecast-dual-index',
  title: 'Forecast-driven dual index: two sources, each up to a quantile of the forecast over its own lead time',
  parameters: [
    { name: 'ze', help: 'safety factor of the expedited level: normal score of the quantile [standard deviations of the forecast]' },
    { name: 'zr', help: 'safety factor of the regular level: normal score of the quantile [standard deviations of the forecast]' },
  ],
  whyNot: whyNotDualSources,
  boundsStock: true,
  build: ({ ze, zr }) => forecastDualIndex({ ze, zr }),
  search: {
    axes: [factorAxis('ze'), factorAxis('zr')],
    parameters: ([ze, zr]) => ({ ze, zr }),
  },
};
