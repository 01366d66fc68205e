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
  /** [index] */
  readonly index: Int32Array;
  /** [node] */
  readonly returns: Int32Array;
}

export function layOutRandomness({ nodes, arcs, scenario, indices }: Network): RandomLayout {
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
    index: Int32Array.from(indices, ({ id, process }) => (process.kind === 'markov' ? add(`index ${id}`) : -1)),
    returns: Int32Array.from(nodes, ({ id, returns }) => (returns ? add(`returns ${id}`) : -1)),
    purposes,
  };
}

/** The uniform numbers of a period, each row from a stream of its own. */
export class RandomRows {
  readonly rows: number;
  /** [row][lane] */
  readonly uniforms: Float64Array;
  /** Where the streams stand, [number][row][lane]. */
  readonly state: Float64Array;
  readonly #lanes: number;
  readonly #streams: LaneStreams;
  /** Rows that are drawn; and, where some are not, where their numbers land first. */
  readonly #drawn: Int32Array;
  readonly #landing: Float64Array | null;

  constructor({ purposes, seeds, study }: { purposes: readonly (string | null)[]; seeds: ArrayLike<number>; study: string }) {
    this.rows = purposes.length;
    this.#lanes = seeds.length;
    this.uniforms = new Float64Array(this.rows * this.#lanes);
    this.#drawn = Int32Array.from(purposes.flatMap((purpose, k) => (purpose === null ? [] : [k])));
    this.#streams = new LaneStreams({ seeds, purposes: purposes.flatMap((purpose) => (purpose === null ? [] : [`${study}${purpose}`])) });
    this.#landing = this.#drawn.length < this.rows ? new Float64Array(this.#drawn.length * this.#lanes) : null;
    this.state = this.#streams.state;
  }

  /** Starts a lane's streams anew. */
  seed(lane: number, seed: number): void {
    this.#streams.seed(lane, seed);
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
    this.#streams.fill(this.#landing ?? this.uniforms);
    if (this.#landing) this.#spread(this.#landing);
  }

  #spread(landing: Float64Array): void {
    const lanes = this.#lanes;
    for (let d = 0; d < this.#drawn.length; d++) {
      const to = this.#drawn[d] * lanes;
      for (let lane = 0; lane < lanes; lane++) this.uniforms[to + lane] = landing[d * lanes + lane];
    }
  }

  /** [lane] */
  row(k: number): Float64Array {
    return this.uniforms.subarray(k * this.#lanes, (k + 1) * this.#lanes);
  }

  /** The rows from k on. */
  from(k: number): Float64Array {
    return this.uniforms.subarray(k * this.#lanes);
  }
}
