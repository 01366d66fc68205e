import { expectedFlow, partsBelow } from './flow.ts';
import { lotScale } from './lot-scale.ts';
import type { PartMaker } from './observation.ts';
import { squash, TINY } from './squash.ts';
import type { StateView } from './view.ts';

const NAMES = ['position', 'stock', 'quantity', 'deviation', 'shortage', 'level', 'trend', 'spread'];

/**
 * A stock point's position in lots (see LotScale) and what its best policy depends on, free of scale: position and stock less cover, economic quantity
 * and standard deviation against mean demand, how dear shortage is, and where the forecasts point. By the first of its arcs.
 */
export const lotPart: PartMaker = (start, n) => {
  const { network, lanes } = start;
  const node = network.nodes[n];
  const arc = node.inbound[0];
  if (arc === undefined) return { names: [], write: () => {} };
  const scale = lotScale(start, arc);
  const parts = partsBelow(network)[n];
  const now = new Float64Array(lanes);
  const last = new Float64Array(lanes);
  /** [feature][lane] the features that do not move with the state, from `quantity` on. */
  const still = new Float64Array(6 * lanes);
  let version = -1;
  let seen: StateView | null = null;
  return {
    names: NAMES.map((name) => `${name} ${node.id} [lots]`),
    write(view, out, at, stride) {
      scale.update(view);
      const current = parts.reduce((sum, one) => sum + view.forecastVersion(one.node), 0);
      if (seen !== view || current !== version) {
        seen = view;
        version = current;
        expectedFlow(view, parts, 0, now);
        expectedFlow(view, parts, network.arcs[arc].maxLeadTime, last);
        for (let lane = 0; lane < lanes; lane++) {
          const typical = scale.typicalMean[lane] + TINY;
          still[lane] = Math.log1p(scale.economicQuantity[lane] / typical);
          still[lanes + lane] = Math.log1p(scale.typicalDeviation[lane] / typical);
          still[2 * lanes + lane] = Math.log1p(node.shortageCost[lane] / (node.holdingCost[lane] + 1e-9)) / 4;
          still[3 * lanes + lane] = Math.log((now[lane] + 0.1 * typical) / (1.1 * typical));
          still[4 * lanes + lane] = Math.log((last[lane] + 0.1 * typical) / (now[lane] + 0.1 * typical));
          still[5 * lanes + lane] = Math.sqrt(scale.coverVariance[lane]) / scale.lot[lane];
        }
      }
      const { coverMean, lot } = scale;
      const { ordersWait, awaited, owed } = view;
      for (let lane = 0; lane < lanes; lane++) {
        const i = n * lanes + lane;
        const net = view.onHand[i] - view.backlog[i] - (ordersWait ? owed[i] : 0);
        const row = lane * stride + at;
        out[row] = squash((net + view.onOrder[i] + (ordersWait ? awaited[i] : 0) - coverMean[lane]) / lot[lane]);
        out[row + 1] = squash((net - now[lane]) / lot[lane]);
        for (let k = 0; k < 6; k++) out[row + 2 + k] = still[k * lanes + lane];
      }
    },
  };
};
