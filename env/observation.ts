import { lotScale } from './lot-scale.ts';
import type { Network, Node } from './network.ts';
import type { Box } from './spaces.ts';
import { UserError } from './user-error.ts';
import type { StateView } from './view.ts';

/** Writes the observations of all lanes. */
export interface ObservationEncoder {
  readonly space: Box;
  /** Writes [lane][feature]. */
  encode(view: StateView, out: Float32Array): void;
}

/** A named part of an observation: some features of every node, each written for all lanes. */
interface Part {
  readonly names: readonly string[];
  /** Writes feature k of lane i at out[i * stride + at + k]. */
  write(view: StateView, out: Float32Array, at: number, stride: number): void;
}

/** What an observation can hold; what each part means stands beside its maker below. */
export const OBSERVATION_PARTS = ['onHand', 'backlog', 'pipeline', 'lastDemand', 'forecast', 'costs', 'cover', 'lot'] as const;
export type ObservationPart = (typeof OBSERVATION_PARTS)[number];

/** Puts the parts together, in the order given, node by node. */
export function createObservationEncoder(view: StateView, parts: readonly ObservationPart[]): ObservationEncoder {
  if (parts.length === 0) throw new UserError(`observation: no parts; name some of ${OBSERVATION_PARTS.join(', ')}`);
  const made = parts.flatMap((part) => view.network.nodes.map((_, n) => MAKERS[part](view, n)));
  const names = made.flatMap((part) => part.names);
  return {
    space: {
      kind: 'box',
      names,
      low: new Float64Array(names.length).fill(Number.NEGATIVE_INFINITY),
      high: new Float64Array(names.length).fill(Number.POSITIVE_INFINITY),
    },
    encode(now, out) {
      let at = 0;
      for (const part of made) {
        part.write(now, out, at, names.length);
        at += part.names.length;
      }
    },
  };
}

type Maker = (view: StateView, node: number) => Part;

/** One feature straight from an array of the view, [node][lane]. */
const fromState =
  (name: 'onHand' | 'backlog' | 'lastDemand'): Maker =>
  ({ network, lanes }, n) => ({
    names: [`${name} ${network.nodes[n].id}`],
    write(view, out, at, stride) {
      const values = view[name];
      for (let lane = 0; lane < lanes; lane++) out[lane * stride + at] = values[n * lanes + lane];
    },
  });

const MAKERS: Record<ObservationPart, Maker> = {
  /** [units] */
  onHand: fromState('onHand'),
  /** [units] */
  backlog: fromState('backlog'),
  /** [units] */
  lastDemand: fromState('lastDemand'),
  /** [units] on the way, by arc and by the periods until receipt. */
  pipeline({ network, lanes }, n) {
    const slots = network.nodes[n].inbound.flatMap((arc) => range(1, network.arcs[arc].maxLeadTime).map((periods) => ({ arc, periods })));
    return {
      names: slots.map(({ arc, periods }) => `pipeline ${network.arcs[arc].id} ${periods}`),
      write(view, out, at, stride) {
        slots.forEach(({ arc, periods }, k) => {
          const arriving = view.arriving(arc, periods);
          for (let lane = 0; lane < lanes; lane++) out[lane * stride + at + k] = arriving[lane];
        });
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
        for (let lane = 0; lane < lanes; lane++) {
          out[lane * stride + at] = holdingCost[lane];
          out[lane * stride + at + 1] = shortageCost[lane];
        }
      },
    };
  },
  /**
   * Stock and arrivals against forecast demand, in standard deviations: for each period k of the lead time what arrives less what is expected to be
   * demanded, then the sum of both up to k. Free of the item's scale.
   */
  cover({ network, lanes }, n) {
    const steps = faces(network.nodes[n]) ? range(0, Math.max(1, longestLeadTime(network, n))) : [];
    const stock = new Float64Array(lanes);
    const expected = new Float64Array(lanes);
    const spread = new Float64Array(lanes);
    return {
      names: steps.flatMap((k) => [`arrival ${network.nodes[n].id} ${k} [sd]`, `cover ${network.nodes[n].id} ${k} [sd]`]),
      write(view, out, at, stride) {
        stock.fill(0);
        expected.fill(0);
        spread.fill(0);
        for (const k of steps) {
          const mean = view.forecastMean(n, k);
          const variance = view.forecastVariance(n, k);
          const arrivals = k === 0 ? [] : arrivingAt(view, n, k);
          for (let lane = 0; lane < lanes; lane++) {
            let arrival = k === 0 ? view.onHand[n * lanes + lane] - view.backlog[n * lanes + lane] : 0;
            for (const row of arrivals) arrival += row[lane];
            const floor = variance[lane] + TINY;
            stock[lane] += arrival;
            expected[lane] += mean[lane];
            spread[lane] += floor;
            out[lane * stride + at + 2 * k] = squash((arrival - mean[lane]) / Math.sqrt(floor));
            out[lane * stride + at + 2 * k + 1] = squash((stock[lane] - expected[lane]) / Math.sqrt(spread[lane]));
          }
        }
      },
    };
  },
  /**
   * The item's position in lots (see LotScale) and what its best policy depends on, free of scale: position and stock less cover, economic quantity
   * and standard deviation against mean demand, how dear shortage is, and where the forecasts point.
   */
  lot(start, n) {
    const { network, lanes } = start;
    const node = network.nodes[n];
    const arc = node.inbound[0];
    if (arc === undefined || !faces(node)) return { names: [], write: () => {} };
    const scale = lotScale(start, arc);
    const names = ['position', 'stock', 'quantity', 'deviation', 'shortage', 'level', 'trend', 'spread'];
    return {
      names: names.map((name) => `${name} ${node.id} [lots]`),
      write(view, out, at, stride) {
        scale.update(view);
        const now = view.forecastMean(n, 0);
        const last = view.forecastMean(n, network.arcs[arc].maxLeadTime);
        for (let lane = 0; lane < lanes; lane++) {
          const i = n * lanes + lane;
          const lot = scale.lot[lane];
          const net = view.onHand[i] - view.backlog[i];
          const typical = view.typicalMean[i] + TINY;
          const row = lane * stride + at;
          out[row] = squash((net + view.onOrder[i] - scale.coverMean[lane]) / lot);
          out[row + 1] = squash((net - now[lane]) / lot);
          out[row + 2] = Math.log1p(scale.economicQuantity[lane] / typical);
          out[row + 3] = Math.log1p(Math.sqrt(view.typicalVariance[i]) / typical);
          out[row + 4] = Math.log1p(node.shortageCost[lane] / (node.holdingCost[lane] + 1e-9)) / 4;
          out[row + 5] = Math.log((now[lane] + 0.1 * typical) / (1.1 * typical));
          out[row + 6] = Math.log((last[lane] + 0.1 * typical) / (now[lane] + 0.1 * typical));
          out[row + 7] = Math.sqrt(scale.coverVariance[lane]) / lot;
        }
      },
    };
  },
};

const TINY = 1e-6;

/** Linear near 0, bounded growth far out: a lane with a mountain of stock must not drown the others. */
function squash(x: number): number {
  return x > 4 ? 4 + Math.log(x - 3) : x < -4 ? -4 - Math.log(-x - 3) : x;
}

function faces(node: Node): boolean {
  return node.demand >= 0;
}

function arrivingAt(view: StateView, n: number, periods: number): Float64Array[] {
  const { nodes, arcs } = view.network;
  return nodes[n].inbound.flatMap((arc) => (periods <= arcs[arc].maxLeadTime ? [view.arriving(arc, periods)] : []));
}

function longestLeadTime(network: Network, n: number): number {
  return network.nodes[n].inbound.reduce((most, arc) => Math.max(most, network.arcs[arc].maxLeadTime), 0);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
}
