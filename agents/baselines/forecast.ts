import type { PerLane } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { inventoryPosition, LaneParameter, printed, singleSources, whyNotSingleSources } from './single-source.ts';

/**
 * Orders up to the forecast of the demand that the order must last for (the lead time and one period), plus z of its standard deviations;
 * forecast errors of different periods are taken as independent. Orders are whole units.
 */
export function forecastBaseStock({ z }: { readonly z: PerLane }): Policy {
  const factor = new LaneParameter(z);
  let mean = new Float64Array(0);
  let variance = new Float64Array(0);
  return {
    name: 'forecast',
    parameters: printed({ z }),
    order(view, orders) {
      const { lanes } = view;
      const safety = factor.over(view.network);
      if (mean.length !== lanes) {
        mean = new Float64Array(lanes);
        variance = new Float64Array(lanes);
      }
      for (const { node, arc } of singleSources(view.network)) {
        const { leadTime, maxLeadTime } = view.network.arcs[arc];
        mean.fill(0);
        variance.fill(0);
        for (let ahead = 0; ahead <= maxLeadTime; ahead++) {
          const aheadMean = view.forecastMean(node, ahead);
          const aheadVariance = view.forecastVariance(node, ahead);
          for (let lane = 0; lane < lanes; lane++) {
            if (ahead > leadTime[lane]) continue;
            mean[lane] += aheadMean[lane];
            variance[lane] += aheadVariance[lane];
          }
        }
        for (let lane = 0; lane < lanes; lane++) {
          const level = Math.round(mean[lane] + safety[lane] * Math.sqrt(variance[lane]));
          const lacking = level - inventoryPosition(view, node, lane);
          if (lacking > 0) orders[arc * lanes + lane] = lacking;
        }
      }
    },
  };
}

export const forecastFamily: BaselineFamily = {
  name: 'forecast',
  title: 'Forecast-driven base stock: order up to the forecast over lead time and review, plus z standard deviations',
  parameters: [{ name: 'z', help: 'safety factor [standard deviations of the forecast]' }],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ z }) => forecastBaseStock({ z }),
  search: {
    axes: [{ name: 'z', step: 0.02, least: Number.NEGATIVE_INFINITY, range: () => [-2, 5] }],
    parameters: ([z]) => ({ z }),
  },
};
