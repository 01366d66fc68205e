import type { Network } from './network.ts';

/** Which links take orders: moved on once a period. */
export class DisruptionState {
  /** [arc][lane] 1 where the arc takes orders this period. */
  readonly available: Int32Array;
  readonly #network: Network;
  readonly #arcs: readonly number[];

  constructor(network: Network) {
    this.#network = network;
    this.available = new Int32Array(network.arcs.length * network.lanes).fill(1);
    this.#arcs = network.arcs.flatMap(({ disruptions }, a) => (disruptions ? [a] : []));
  }

  start(lane: number, period: number): void {
    const { arcs, lanes } = this.#network;
    for (const a of this.#arcs) {
      const { disruptions } = arcs[a];
      this.available[a * lanes + lane] = disruptions?.kind === 'listed' && disruptions.periods.has(period) ? 0 : 1;
    }
  }

  /** Goes to the next period, whose number `period` [lane] holds; `draw` gives the row of uniform numbers of a link. */
  advance(period: Int32Array, draw: (link: number) => Float64Array): void {
    const { arcs, lanes } = this.#network;
    const { available } = this;
    for (const a of this.#arcs) {
      const { disruptions, link } = arcs[a];
      const at = a * lanes;
      if (disruptions?.kind === 'listed') {
        for (let lane = 0; lane < lanes; lane++) available[at + lane] = disruptions.periods.has(period[lane]) ? 0 : 1;
      } else if (disruptions?.kind === 'markov') {
        const { fail, recover } = disruptions;
        const uniforms = draw(link);
        for (let lane = 0; lane < lanes; lane++) {
          const up = available[at + lane] === 1;
          available[at + lane] = up === uniforms[lane] >= (up ? fail[lane] : recover[lane]) ? 1 : 0;
        }
      }
    }
  }
}
