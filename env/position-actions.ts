import { type ActionCodec, arcSpace } from './action-space.ts';
import { expectedFlow, type FlowPart, flowOf, longestWait, longestWays, partsBelow, passedOn, suppliedBy } from './flow.ts';
import { asFarAsPossible } from './link-rules.ts';
import type { Network } from './network.ts';
import { UserError } from './user-error.ts';
import type { StateView } from './view.ts';

export interface PositionOptions {
  /** Does a position count all that the stock point supplies? Default false. */
  readonly echelon?: boolean;
  /** [arc] [units] the levels that a policy begins at: base stock. Default: one deviation above the demand until the next order arrives; with `echelon`, until it reaches the customer. */
  readonly around?: readonly number[];
  /** Farthest from them, in standard deviations of that demand. Default 1. */
  readonly reach?: number;
  /** Do levels rise and fall with the forecast of that demand, or are they for its mean over all periods? Default: the mean. */
  readonly of?: 'mean' | 'forecast';
}

/** Levels lie at least this far from where they begin [units]. */
const LEAST_REACH = 3;

/**
 * Nothing, or up to a whole number of units in position: what the stock point has on hand and on the way less what it owes, as far as the link can. The levels are those near `around`, moved with the forecast where they follow it. Where a stock point has several
 * sources, the first one orders its part of what is lacking to its own level, the next its part of what is then still lacking to its own, and so on.
 */
export function positionCodec(view: StateView, { echelon = false, around, reach = 1, of = 'mean' }: PositionOptions): ActionCodec {
  const { network, lanes } = view;
  checkLevels(network, around);
  const { mean, deviation, periods } = demandUntilNext(view, echelon);
  const shifts = of === 'forecast' ? new ForecastShifts(view, periods) : null;
  const grids = network.arcs.map(({ to }, a) => {
    const centre = Math.round(around?.[a] ?? mean[to] + deviation[to]);
    const far = Math.max(LEAST_REACH, Math.ceil(reach * deviation[to]));
    const low = Math.max(0, centre - far);
    return { low, count: centre + far - low + 2, start: centre - low + 1 };
  });
  const members = echelon ? suppliedBy(network) : network.nodes.map((_, n) => [n]);
  const rests = network.arcs.map(({ to }, a) => network.nodes[to].inbound.length - network.nodes[to].inbound.indexOf(a));
  const ordered = new Float64Array(lanes);
  return {
    space: arcSpace(
      network,
      grids.map(({ count }) => count),
      grids.map(({ start }) => start),
    ),
    decode(now, actions, orders) {
      const arcs = grids.length;
      for (let n = 0; n < network.nodes.length; n++) {
        const { inbound } = network.nodes[n];
        ordered.fill(0);
        const shift = inbound.length > 0 ? shifts?.read(now, n) : undefined;
        for (const a of inbound) {
          const { to } = network.arcs[a];
          for (let lane = 0; lane < lanes; lane++) {
            const action = actions[lane * arcs + a];
            const level = Math.max(0, grids[a].low + action - 1 + (shift ? shift[lane] : 0));
            const lacking = action > 0 ? level - position(now, to, members[to], lane) - ordered[lane] : 0;
            const order = lacking > 0 ? asFarAsPossible(network.arcs[a], lane, Math.ceil(lacking / rests[a])) : 0;
            orders[a * lanes + lane] = order;
            ordered[lane] += order;
          }
        }
      }
    },
  };
}

/** How far the forecast of what a stock point passes on until its next order arrives is above what that is on average. */
class ForecastShifts {
  /** [node] */
  readonly #parts: readonly (readonly FlowPart[])[];
  readonly #periods: readonly number[];
  /** [node][lane] [units/period] */
  readonly #typical: Float64Array;
  readonly #flow: Float64Array;
  readonly #shift: Float64Array;

  constructor({ network, lanes, typicalMean }: StateView, periods: readonly number[]) {
    this.#parts = partsBelow(network);
    this.#periods = periods;
    this.#typical = passedOn(network, typicalMean);
    this.#flow = new Float64Array(lanes);
    this.#shift = new Float64Array(lanes);
  }

  /** Hot. [lane] [units], whole; rewritten by the next call. */
  read(view: StateView, n: number): Float64Array {
    const { lanes } = view;
    const flow = this.#flow;
    const shift = this.#shift.fill(0);
    for (let ahead = 0; ahead < this.#periods[n]; ahead++) {
      expectedFlow(view, this.#parts[n], ahead, flow);
      for (let lane = 0; lane < lanes; lane++) shift[lane] += flow[lane];
    }
    for (let lane = 0; lane < lanes; lane++) shift[lane] = Math.round(shift[lane] - this.#periods[n] * this.#typical[n * lanes + lane]);
    return shift;
  }
}

function checkLevels({ arcs }: Network, around: readonly number[] | undefined): void {
  if (around === undefined) return;
  if (around.length !== arcs.length || around.some((level) => !(level >= 0 && level < Number.POSITIVE_INFINITY)))
    throw new UserError(`actions.around: ${around.join(', ')}; expected a level from 0 for each of the ${arcs.length} links`);
}

/** [node] [units] of the demand until the order after the next one arrives: what a stock point's position is for. */
function demandUntilNext(
  view: StateView,
  echelon: boolean,
): { readonly mean: Float64Array; readonly deviation: Float64Array; readonly periods: readonly number[] } {
  const { nodes, arcs } = view.network;
  const flow = flowOf(view);
  const ways = longestWays(view.network);
  const periods = nodes.map(({ inbound }, n) => {
    const own = inbound.reduce((longest, a) => Math.max(longest, longestWait(arcs[a])), 0);
    return own + 1 + (echelon ? ways[n] : 0);
  });
  return {
    mean: flow.mean.map((mean, n) => mean * periods[n]),
    deviation: flow.scale.map((scale, n) => scale * Math.sqrt(periods[n])),
    periods,
  };
}

/** [units] of a node with those that it supplies; orders among them change nothing. */
function position(
  { lanes, onHand, onOrder, backlog, ordersWait, awaited, owed }: StateView,
  node: number,
  members: readonly number[],
  lane: number,
): number {
  const own = node * lanes + lane;
  let sum = ordersWait ? awaited[own] : 0;
  if (ordersWait && members.length === 1) sum -= owed[own];
  for (const member of members) {
    const i = member * lanes + lane;
    sum += onHand[i] + onOrder[i] - backlog[i];
  }
  return sum;
}
