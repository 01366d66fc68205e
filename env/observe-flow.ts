import { expectedFlow, flowOf, partsBelow } from './flow.ts';
import type { PartMaker } from './observation.ts';
import { longestLeadTime, range } from './observe-state.ts';
import { squash } from './squash.ts';

/**
 * Every stock point against what it passes on: for each period k of its lead time what arrives less the mean, then stock and arrivals up to k less the demand expected till then, in standard
 * deviations of that demand, its own or its part of that of all that it supplies; where orders can wait, what it has ordered and not been sent.
 */
export const flowPart: PartMaker = (start, n) => {
  const { network, lanes, ordersWait } = start;
  const { id, inbound } = network.nodes[n];
  const flow = flowOf(start);
  const deviation = flow.scale[n];
  const parts = partsBelow(network)[n];
  const steps = range(0, Math.max(1, longestLeadTime(network, n)));
  const stock = new Float64Array(lanes);
  const mean = new Float64Array(lanes);
  const expected = new Float64Array(lanes);
  const waits = ordersWait && inbound.length > 0 ? [`awaited ${id} [sd]`] : [];
  return {
    names: [...steps.flatMap((k) => [`inflow ${id} ${k} [sd]`, `stock ${id} ${k} [sd]`]), ...waits],
    write(view, out, at, stride) {
      stock.fill(0);
      expected.fill(0);
      for (let k = 0; k < steps.length; k++) {
        expectedFlow(view, parts, k, mean);
        const arriving = k === 0 ? [] : inbound.filter((arc) => k <= network.arcs[arc].maxLeadTime).map((arc) => view.arriving(arc, k));
        const spread = deviation * Math.sqrt(k + 1);
        for (let lane = 0, to = at + 2 * k; lane < lanes; lane++, to += stride) {
          const i = n * lanes + lane;
          let arrives = k === 0 ? view.onHand[i] - view.backlog[i] - (ordersWait ? view.owed[i] : 0) : 0;
          for (const row of arriving) arrives += row[lane];
          stock[lane] += arrives;
          expected[lane] += mean[lane];
          out[to] = squash((arrives - mean[lane]) / deviation);
          out[to + 1] = squash((stock[lane] - expected[lane]) / spread);
        }
      }
      if (waits.length === 0) return;
      for (let lane = 0, to = at + 2 * steps.length; lane < lanes; lane++, to += stride) {
        out[to] = squash((view.awaited[n * lanes + lane] - flow.mean[n]) / deviation);
      }
    },
  };
};
