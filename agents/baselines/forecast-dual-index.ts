import type { StateView } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import {
  type DualSource,
  dualRules,
  dualSources,
  expeditedAxis,
  expeditedPosition,
  expeditedPositionOf,
  regularGapAxis,
  whyNotDualSources,
} from './dual-source.ts';
import type { BaselineFamily } from './family.ts';
import { ForecastCover } from './forecast-cover.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { inventoryPosition } from './single-source.ts';

export interface ForecastDualIndexOptions {
  readonly Se: PerNode;
  readonly Sr: PerNode;
  readonly w: PerNode;
}

/**
 * Dual index whose levels move with the forecast: Se and Sr fit typical demand, and each is raised by w times what the forecast of its own source's lead time and one period
 * lies above it, or lowered by what it lies below. Forecasts err: with w below 1 they are believed in part, with 0 it is the dual index. Orders are whole units.
 */
export function forecastDualIndex({ Se, Sr, w }: ForecastDualIndexOptions): Policy {
  const fastLevel = new NodeParameter('Se', Se);
  const slowLevel = new NodeParameter('Sr', Sr);
  const weight = new NodeParameter('w', w);
  const cover = new ForecastCover();
  let near = new Float64Array(0);
  const moved = (view: StateView, node: number, arc: number, level: NodeParameter): Float64Array => {
    const { lanes, network, typicalMean } = view;
    cover.read(view, node, arc);
    const part = weight.over(network, node);
    return level
      .over(network, node)
      .map((own, lane) => Math.round(own + part[lane] * (cover.mean[lane] - cover.periods[lane] * typicalMean[node * lanes + lane])));
  };
  const levels = (view: StateView, { node, expedited, regular }: DualSource) => ({
    fast: moved(view, node, expedited, fastLevel),
    slow: moved(view, node, regular, slowLevel),
  });
  return {
    name: 'forecast-dual-index',
    parameters: printed({ Se, Sr, w }),
    order(view, orders) {
      const { lanes, network } = view;
      if (near.length !== lanes) near = new Float64Array(lanes);
      for (const source of dualSources(network)) {
        const { node, expedited, regular } = source;
        const { fast, slow } = levels(view, source);
        expeditedPosition(view, source, near);
        for (let lane = 0; lane < lanes; lane++) {
          const urgent = Math.max(0, fast[lane] - near[lane]);
          orders[expedited * lanes + lane] = urgent;
          orders[regular * lanes + lane] = Math.max(0, slow[lane] - inventoryPosition(view, node, lane) - urgent);
        }
      }
    },
    explain: (view, lane) =>
      dualRules(view, (source) => {
        const { fast, slow } = levels(view, source);
        const position = expeditedPositionOf(view, source, lane);
        const urgent = Math.max(0, fast[lane] - position);
        return {
          expedited: { position, orderUpTo: fast[lane] },
          regular: { position: inventoryPosition(view, source.node, lane) + urgent, orderUpTo: slow[lane] },
        };
      }),
  };
}

export const forecastDualIndexFamily: BaselineFamily = {
  name: 'forecast-dual-index',
  title: 'Forecast-driven dual index: two sources, each up to a level that moves with the forecast over its own lead time',
  parameters: [
    { name: 'Se', help: 'expedited order-up-to level at typical demand [units]' },
    { name: 'Sr', help: 'regular order-up-to level at typical demand [units]' },
    { name: 'w', help: 'part of the difference of the forecast from typical demand by which levels move' },
  ],
  whyNot: whyNotDualSources,
  boundsStock: true,
  build: ({ Se, Sr, w }) => forecastDualIndex({ Se, Sr, w }),
  search: {
    axes: [expeditedAxis, regularGapAxis, { name: 'w', step: 0.1, scaleFree: true, least: 0, range: () => [0, 1.5] }],
    parameters: ([Se, gap, w]) => ({ Se, Sr: Se + gap, w }),
  },
};
