import type { Network, Node } from './network.ts';
import type { ObservationPart, PartMaker } from './observation.ts';
import { TINY } from './squash.ts';
import type { StateView } from './view.ts';

const NOTHING = { names: [], write: () => {} };

/** One feature straight from an array of the view, [node][lane]. */
const fromState =
  (name: 'onHand' | 'backlog' | 'lastDemand'): PartMaker =>
  ({ network, lanes }, n) => ({
    names: [`${name} ${network.nodes[n].id}`],
    write(view, out, at, stride) {
      copy(view[name], n * lanes, lanes, out, at, stride);
    },
  });

/** Hot: one number of each lane. */
function copy(values: Float64Array | Int32Array, from: number, lanes: number, out: Float32Array, at: number, stride: number): void {
  for (let lane = 0, to = at; lane < lanes; lane++, to += stride) out[to] = values[from + lane];
}

/** The parts that show the state as it is. */
export const stateParts: Readonly<Record<Exclude<ObservationPart, 'cover' | 'flow' | 'lot' | 'outlook'>, PartMaker>> = {
  /** [units] */
  onHand: fromState('onHand'),
  /** [units] */
  backlog: fromState('backlog'),
  /** [units] */
  lastDemand: fromState('lastDemand'),
  /** [units] on the way, by arc and by the periods until receipt; where lead times are drawn, by the periods since shipment. */
  pipeline({ network, lanes }, n) {
    const slots = network.nodes[n].inbound.flatMap((arc) =>
      range(1, network.arcs[arc].maxLeadTime).map((periods) => ({ arc, periods, drawn: network.arcs[arc].randomLeadTime !== null })),
    );
    return {
      names: slots.map(({ arc, periods, drawn }) => `${drawn ? 'outstanding' : 'pipeline'} ${network.arcs[arc].id} ${periods}`),
      write(view, out, at, stride) {
        for (let k = 0; k < slots.length; k++) {
          const { arc, periods, drawn } = slots[k];
          copy(drawn ? view.outstanding(arc, periods) : view.arriving(arc, periods), 0, lanes, out, at + k, stride);
        }
      },
    };
  },
  /** [units] ordered and not shipped yet, and owed to other locations; nothing where orders never wait. */
  openOrders({ network, lanes, ordersWait }, n) {
    const { id, inbound, outbound } = network.nodes[n];
    const waits =
      ordersWait &&
      inbound.some((a) => {
        const { from, orderDelay, initialOrders } = network.arcs[a];
        return initialOrders.length > 0 || orderDelay.some((periods) => periods > 0) || (from >= 0 && network.nodes[from].owes);
      });
    const owes = network.nodes[n].owes && outbound.length > 0;
    const rows = [...(waits ? (['awaited'] as const) : []), ...(owes ? (['owed'] as const) : [])];
    return {
      names: rows.map((row) => `${row} ${id}`),
      write(view, out, at, stride) {
        for (let k = 0; k < rows.length; k++) copy(view[rows[k]], n * lanes, lanes, out, at + k, stride);
      },
    };
  },
  /** [units] forecast mean and standard deviation of the periods that the next order must cover. */
  forecast({ network, lanes }, n) {
    const window = faces(network.nodes[n]) ? range(0, longestLeadTime(network, n) + 1) : [];
    return {
      names: window.flatMap((ahead) => [
        `forecast mean ${network.nodes[n].id} ${ahead}`,
        `forecast deviation ${network.nodes[n].id} ${ahead}`,
      ]),
      write(view, out, at, stride) {
        for (const ahead of window) {
          const mean = view.forecastMean(n, ahead);
          const variance = view.forecastVariance(n, ahead);
          for (let lane = 0; lane < lanes; lane++) {
            out[lane * stride + at + 2 * ahead] = mean[lane];
            out[lane * stride + at + 2 * ahead + 1] = Math.sqrt(variance[lane]);
          }
        }
      },
    };
  },
  /** [money/unit/period], [money/unit]. */
  costs({ network, lanes }, n) {
    const { id, holdingCost, shortageCost } = network.nodes[n];
    return {
      names: [`holding cost ${id}`, `shortage cost ${id}`],
      write(_view, out, at, stride) {
        copy(holdingCost, 0, lanes, out, at, stride);
        copy(shortageCost, 0, lanes, out, at + 1, stride);
      },
    };
  },
  /** [units] on hand by the periods that they can still serve; nothing where units keep. */
  ageing({ network, lanes }, n) {
    const { life, id } = network.nodes[n];
    if (!life) return NOTHING;
    const lives = range(1, life.reduce((most, periods) => Math.max(most, periods), 1) + 1);
    return {
      names: lives.map((left) => `on hand ${id} for ${left} more`),
      write(view, out, at, stride) {
        for (const left of lives) copy(view.onHandByLife(n, left), 0, lanes, out, at + left - 1, stride);
      },
    };
  },
  /** 1 where an arc takes orders, 0 where it is down; nothing where it never is. */
  available({ network, lanes }, n) {
    const arcs = network.nodes[n].inbound.filter((arc) => network.arcs[arc].disruptions);
    return {
      names: arcs.map((arc) => `available ${network.arcs[arc].id}`),
      write(view, out, at, stride) {
        arcs.forEach((arc, k) => {
          copy(view.available, arc * lanes, lanes, out, at + k, stride);
        });
      },
    };
  },
  /** Logarithm of the level of each outside index; with the first node. */
  indices({ network, lanes }, n) {
    if (n > 0) return NOTHING;
    const { indices } = network;
    return {
      names: indices.map(({ id }) => `log index ${id}`),
      write(view, out, at, stride) {
        for (let k = 0; k < indices.length; k++) {
          for (let lane = 0, to = at + k; lane < lanes; lane++, to += stride) out[to] = Math.log(view.indexLevels[k * lanes + lane]);
        }
      },
    };
  },
  /** What customers are expected to send back, by the periods until then, as a part of a period's mean demand; nothing where nothing comes back. */
  returns({ network, lanes, typicalMean }, n) {
    const { returns, id } = network.nodes[n];
    const ahead = returns ? range(1, returns.after) : [];
    return {
      names: ahead.map((periods) => `returning ${id} ${periods}`),
      write(view, out, at, stride) {
        for (const periods of ahead) {
          const back = view.returning(n, periods);
          for (let lane = 0, to = at + periods - 1; lane < lanes; lane++, to += stride)
            out[to] = back[lane] / (typicalMean[n * lanes + lane] + TINY);
        }
      },
    };
  },
  /** [volume] that a location with a capacity has left, below 0 where there is more than it can hold; with its first item. */
  room({ network, lanes }, n) {
    const place = network.places.find(({ nodes }) => nodes[0] === n);
    if (!place) return NOTHING;
    const room = new Float64Array(lanes);
    return {
      names: [`room ${place.id}`],
      write(view, out, at, stride) {
        room.set(place.capacity);
        place.nodes.forEach((node, k) => {
          for (let lane = 0; lane < lanes; lane++) room[lane] -= place.volumes[k][lane] * view.onHand[node * lanes + lane];
        });
        copy(room, 0, lanes, out, at, stride);
      },
    };
  },
  /** Where demand stands in its cycle, as a point on the circle, and the part of a finite horizon that is left; with the first node. */
  calendar({ network, lanes }, n) {
    const { phases = 1, periods } = network.scenario;
    if (n > 0) return NOTHING;
    const cycle = phases > 1 ? ['season sine', 'season cosine'] : [];
    return {
      names: [...cycle, ...(periods === null ? [] : ['horizon left'])],
      write(view: StateView, out, at, stride) {
        for (let lane = 0; lane < lanes; lane++) {
          const to = lane * stride + at;
          const angle = (2 * Math.PI * (view.period[lane] % phases)) / phases;
          if (cycle.length > 0) {
            out[to] = Math.sin(angle);
            out[to + 1] = Math.cos(angle);
          }
          if (periods !== null) out[to + cycle.length] = 1 - view.period[lane] / periods;
        }
      },
    };
  },
};

/** Does the node face demand of its own? */
export function faces(node: Node): boolean {
  return node.demand >= 0;
}

/** [periods] of the slowest arc that brings a node stock. */
export function longestLeadTime(network: Network, n: number): number {
  return network.nodes[n].inbound.reduce((most, arc) => Math.max(most, network.arcs[arc].maxLeadTime), 0);
}

/** Whole numbers from, ..., to - 1. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
}
