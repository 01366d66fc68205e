import type { Network } from './network.ts';
import { leadTimeDraws } from './pipeline.ts';
import { LaneStreams } from './random.ts';

/** Where each kind of chance finds its uniform numbers: rows of [row][lane], the nodes' demands first. -1: it needs none. */
export interface RandomLayout {
  /** Name of each row's stream, or null: the row is not drawn. */
  readonly purposes: readonly (string | null)[];
  /** [arc] first row of its drawn lead times. */
  readonly leadTime: Int32Array;
  /** [arc] row of its yield. */
  readonly yield: Int32Array;
  /** [arc] */
  readonly lostOrders: Int32Array;
  /** [link] */
  readonly disruption: Int32Array;
}

export function layOutRandomness({ nodes, arcs, scenario }: Network): RandomLayout {
  const purposes: (string | null)[] = nodes.map((node) => (node.demand < 0 ? null : `demand ${node.id}`));
  const add = (purpose: string, rows = 1): number => {
    const first = purposes.length;
    for (let k = 0; k < rows; k++) purposes.push(rows > 1 ? `${purpose} ${k}` : purpose);
    return first;
  };
  const disruption = new Int32Array(scenario.links.length).fill(-1);
  for (const { link, id, disruptions } of arcs) {
    if (disruptions?.kind === 'markov' && disruption[link] < 0) disruption[link] = add(`disruption ${id}`);
  }
  return {
    leadTime: Int32Array.from(arcs, ({ id, randomLeadTime }) =>
      randomLeadTime ? add(`lead time ${id}`, leadTimeDraws(randomLeadTime)) : -1,
    ),
    yield: Int32Array.from(arcs, (arc) => (arc.yield ? add(`yield ${arc.id}`, arc.randomLeadTime?.min === 0 ? 2 : 1) : -1)),
    lostOrders: Int32Array.from(arcs, (arc) => (arc.lostOrders ? add(`lost orders ${arc.id}`) : -1)),
    disruption,
    purposes,
  };
}

/** The uniform numbers of a period, each row from a stream of its own. */
export class RandomRows {
  readonly rows: number;
  /** [row][lane] */
  readonly uniforms: Float64Array;
  /** Where the streams stand, each [c, s0, s1, s2][lane]. */
  readonly state: readonly Float64Array[];
  readonly #lanes: number;
  readonly #views: Float64Array[];
  readonly #streams: (LaneStreams | null)[];

  constructor({ purposes, seeds, study }: { purposes: readonly (string | null)[]; seeds: ArrayLike<number>; study: string }) {
    this.rows = purposes.length;
    this.#lanes = seeds.length;
    this.uniforms = new Float64Array(this.rows * this.#lanes);
    this.#views = Array.from({ length: this.rows }, (_, k) => this.uniforms.subarray(k * this.#lanes, (k + 1) * this.#lanes));
    this.#streams = purposes.map((purpose) => (purpose === null ? null : new LaneStreams({ seeds, purpose: `${study}${purpose}` })));
    this.state = this.#streams.flatMap((stream) => (stream ? [stream.state] : []));
  }

  /** Starts a lane's streams anew. */
  seed(lane: number, seed: number): void {
    for (const stream of this.#streams) stream?.seed(lane, seed);
  }

  /** Draws the next period's numbers, or takes the given ones, which leaves the streams where they are. */
  draw(given?: Float64Array): void {
    if (given) {
      if (given.length !== this.uniforms.length) {
        throw new RangeError(`${given.length} uniform numbers: expected ${this.rows} rows of ${this.#lanes} lanes`);
      }
      this.uniforms.set(given);
      return;
    }
    for (let k = 0; k < this.rows; k++) this.#streams[k]?.fill(this.#views[k]);
  }

  /** [lane] */
  row(k: number): Float64Array {
    return this.#views[k];
  }

  /** The rows from k on. */
  from(k: number): Float64Array {
    return this.uniforms.subarray(k * this.#lanes);
  }
}
