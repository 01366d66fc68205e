import {
  ActionMasks,
  createActionCodec,
  createObservationEncoder,
  type Node,
  type ObservationEncoder,
  type ObservationPart,
  Simulator,
  type StateView,
} from '../../../env/index.ts';
import type { ActingNetwork } from '../acting-network.ts';
import type { AgentInterface } from './player.ts';

/** States of more numbers than this hardly ever come twice. */
const WIDEST = 12;
const SLOTS = 2 ** 19;
/** A fuller table is not added to: looking for a place in it takes too long. */
const MOST = SLOTS / 2;
/** States that are worked out at once. */
const BATCH = 64;

/** Parts of an observation that follow from stock and pipeline alone where forecasts never change. */
const LASTING: readonly ObservationPart[] = [
  'onHand',
  'backlog',
  'pipeline',
  'forecast',
  'costs',
  'cover',
  'flow',
  'lot',
  'ageing',
  'room',
];

/** Numbers that a state consists of, or 0 where decisions cannot be remembered by them. */
export function tableWidth(view: StateView, observation: readonly ObservationPart[]): number {
  const { network } = view;
  const { laneNames, periods } = network.scenario;
  if ((laneNames?.length ?? 1) > 1 || periods !== null || !observation.every((part) => LASTING.includes(part))) return 0;
  if (view.ordersWait || network.nodes.some((_, n) => view.forecastVersion(n) !== 0)) return 0;
  if (network.nodes.some(({ returns }) => returns !== null)) return 0;
  if (network.arcs.some((arc) => arc.randomLeadTime !== null || arc.disruptions !== null)) return 0;
  const ages = network.nodes.reduce((sum, node) => sum + Math.max(0, longestLife(node) - 1), 0);
  const width = network.nodes.length + ages + network.arcs.reduce((sum, { maxLeadTime }) => sum + Math.max(0, maxLeadTime - 1), 0);
  return width > WIDEST ? 0 : width;
}

/** [periods] 0 where units keep. */
function longestLife({ life }: Node): number {
  return life === null ? 0 : life.reduce((longest, periods) => Math.max(longest, periods), 0);
}

/**
 * A network's decisions by state: net stock of the nodes, its ages and what is on the way, exactly. A state not yet known is copied, with others, to a small simulator, observed there,
 * and decided by the network; so the decisions are those of the network, whatever the table holds.
 */
export class DecisionTable {
  readonly #network: ActingNetwork;
  readonly #width: number;
  readonly #components: number;
  readonly #keys: Float64Array;
  readonly #decisions: Int32Array;
  readonly #used: Uint8Array;
  #count = 0;
  readonly #copies: Simulator;
  readonly #encoder: ObservationEncoder;
  readonly #masks: ActionMasks;
  readonly #observations: Float32Array;
  readonly #actions: Int32Array;
  readonly #from = new Int32Array(BATCH);
  #hashes = new Int32Array(0);
  #rows: Float64Array = new Float64Array(0);

  constructor({
    simulator,
    network,
    agentInterface: { actions, observation },
    width,
  }: { simulator: Simulator; network: ActingNetwork; agentInterface: AgentInterface; width: number }) {
    const { arcs, scenario } = simulator.network;
    this.#network = network;
    this.#width = width;
    this.#components = arcs.length;
    this.#keys = new Float64Array(SLOTS * width);
    this.#decisions = new Int32Array(SLOTS * arcs.length);
    this.#used = new Uint8Array(SLOTS);
    this.#copies = new Simulator({ scenario, lanes: BATCH });
    this.#encoder = createObservationEncoder(this.#copies.view, observation);
    this.#masks = new ActionMasks(this.#copies.view, createActionCodec(this.#copies.view, actions));
    this.#observations = new Float32Array(BATCH * this.#encoder.space.names.length);
    this.#actions = new Int32Array(BATCH * arcs.length);
  }

  /** Writes the decision of every lane, [lane][component]. */
  act(simulator: Simulator, actions: Int32Array): void {
    this.#look(simulator.view);
    const components = this.#components;
    let waiting = 0;
    for (let lane = 0; lane < simulator.lanes; lane++) {
      const slot = this.#find(lane);
      if (this.#used[slot] === 0) {
        this.#from[waiting++] = lane;
        if (waiting === BATCH) {
          this.#decide(simulator, waiting, actions);
          waiting = 0;
        }
        continue;
      }
      for (let c = 0; c < components; c++) actions[lane * components + c] = this.#decisions[slot * components + c];
    }
    if (waiting > 0) this.#decide(simulator, waiting, actions);
  }

  /** Lays the states out as [lane][number] and works out their hashes. */
  #look({ network, lanes, onHand, backlog, arriving, onHandByLife }: StateView): void {
    const width = this.#width;
    if (this.#hashes.length < lanes) {
      this.#hashes = new Int32Array(lanes);
      this.#rows = new Float64Array(lanes * width);
    }
    const rows = this.#rows;
    let k = 0;
    const put = (row: Float64Array) => {
      for (let lane = 0, to = k; lane < lanes; lane++, to += width) rows[to] = row[lane];
      k++;
    };
    for (let n = 0; n < network.nodes.length; n++) {
      for (let lane = 0, i = n * lanes, to = k; lane < lanes; lane++, i++, to += width) rows[to] = onHand[i] - backlog[i];
      k++;
      for (let left = 1; left < longestLife(network.nodes[n]); left++) put(onHandByLife(n, left));
    }
    for (let a = 0; a < network.arcs.length; a++) {
      for (let periods = 1; periods < network.arcs[a].maxLeadTime; periods++) put(arriving(a, periods));
    }
    const hashes = this.#hashes;
    for (let lane = 0, at = 0; lane < lanes; lane++) {
      let hash = 0;
      for (let j = 0; j < width; j++, at++) hash = Math.imul(hash ^ (rows[at] * 64), 0x9e3779b1) ^ (hash >>> 15);
      hashes[lane] = hash;
    }
  }

  /** The slot of a lane's state, or a free one. */
  #find(lane: number): number {
    const width = this.#width;
    const at = lane * width;
    const keys = this.#keys;
    const rows = this.#rows;
    let slot = (this.#hashes[lane] ^ (this.#hashes[lane] >>> 13)) & (SLOTS - 1);
    for (;;) {
      if (this.#used[slot] === 0) return slot;
      const key = slot * width;
      let j = 0;
      while (j < width && keys[key + j] === rows[at + j]) j++;
      if (j === width) return slot;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  #decide(simulator: Simulator, count: number, actions: Int32Array): void {
    const from = this.#from;
    from.fill(from[0], count);
    this.#copies.copyLanes(simulator, from);
    this.#encoder.encode(this.#copies.view, this.#observations);
    this.#network.act(this.#observations, count, this.#actions, this.#masks.current());
    const components = this.#components;
    for (let i = 0; i < count; i++) {
      for (let c = 0; c < components; c++) actions[from[i] * components + c] = this.#actions[i * components + c];
      if (this.#count < MOST) this.#keep(from[i], i);
    }
  }

  #keep(lane: number, from: number): void {
    const slot = this.#find(lane);
    if (this.#used[slot] === 1) return;
    this.#used[slot] = 1;
    this.#count++;
    const width = this.#width;
    const components = this.#components;
    for (let j = 0; j < width; j++) this.#keys[slot * width + j] = this.#rows[lane * width + j];
    for (let c = 0; c < components; c++) this.#decisions[slot * components + c] = this.#actions[from * components + c];
  }
}
