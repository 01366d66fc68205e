import { type ActionCodec, arcSpace } from './action-space.ts';
import { asFarAsPossible } from './link-rules.ts';
import { type LotScale, lotScale } from './lot-scale.ts';
import type { Network } from './network.ts';
import { UserError } from './user-error.ts';
import type { StateView } from './view.ts';

export interface OrderUpToOptions {
  readonly levels?: number;
  readonly from?: number;
  readonly to?: number;
}

/**
 * Nothing, or up to one of `levels` - 1 inventory positions: mean demand over the lead time and the period, plus x lots, x evenly from `from` to `to`. What a
 * link cannot do is cut off: its capacity, and parts of batches. Where a stock point has several sources each raises what will be there when its own order comes,
 * the fastest first and the others with what was ordered there (dual index: Veeraraghavan and Scheller-Wolf 2008).
 */
export function orderUpToCodec(view: StateView, { levels = 20, from = 0, to = 4.5 }: OrderUpToOptions): ActionCodec {
  const { network, lanes } = view;
  if (!(Number.isInteger(levels) && levels > 1)) throw new UserError(`actions.levels: ${levels}; expected a whole number above 1`);
  const scales: LotScale[] = network.arcs.map((_, a) => lotScale(view, a));
  const step = levels > 2 ? (to - from) / (levels - 2) : 0;
  const sources = network.nodes.map(({ inbound }) => fastestFirst(network, inbound));
  const position = new Float64Array(lanes);
  const ordered = new Float64Array(lanes);
  return {
    space: arcSpace(
      network,
      network.arcs.map(() => levels),
    ),
    decode(now, actions, orders) {
      const arcs = scales.length;
      for (let n = 0; n < sources.length; n++) {
        ordered.fill(0);
        for (const a of sources[n]) {
          const arc = network.arcs[a];
          const scale = scales[a];
          scale.update(now);
          writePosition(now, n, { last: a === sources[n][sources[n].length - 1] ? null : arc.maxLeadTime }, position);
          for (let lane = 0; lane < lanes; lane++) {
            const action = actions[lane * arcs + a];
            const upTo = scale.coverMean[lane] + (from + (action - 1) * step) * scale.lot[lane];
            const lacking = action > 0 ? Math.max(0, Math.round(upTo - position[lane] - ordered[lane])) : 0;
            const order = asFarAsPossible(arc, lane, lacking);
            orders[a * lanes + lane] = order;
            ordered[lane] += order;
          }
        }
      }
    },
  };
}

function fastestFirst({ arcs }: Network, inbound: readonly number[]): readonly number[] {
  return inbound.toSorted((a, b) => arcs[a].maxLeadTime - arcs[b].maxLeadTime);
}

/** [lane] [units] on hand and on the way less what is owed; of what is on the way only what comes within the next `last` periods, where that is given. */
function writePosition(now: StateView, node: number, { last }: { readonly last: number | null }, out: Float64Array): void {
  const { network, lanes, onHand, onOrder, backlog, ordersWait, awaited, owed } = now;
  for (let lane = 0, i = node * lanes; lane < lanes; lane++, i++) {
    out[lane] = onHand[i] - backlog[i] + (ordersWait ? awaited[i] - owed[i] : 0) + (last === null ? onOrder[i] : 0);
  }
  if (last === null) return;
  for (const a of network.nodes[node].inbound) {
    for (let k = 1; k <= Math.min(last, network.arcs[a].maxLeadTime); k++) {
      const arriving = now.arriving(a, k);
      for (let lane = 0; lane < lanes; lane++) out[lane] += arriving[lane];
    }
  }
}
