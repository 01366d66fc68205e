import type { DemandProcess } from './demand/index.ts';

/** Forecasts of the current period, worked out when they are asked for. */
export class ForecastCache {
  /** [node][lane] */
  readonly typicalMean: Float64Array;
  readonly typicalVariance: Float64Array;
  readonly #processes: readonly (DemandProcess | null)[];
  readonly #period: Int32Array;
  readonly #lanes: number;
  /** [node][ahead] */
  readonly #entries: Entry[][];
  #version = 1;

  constructor({ processes, period, lanes }: { processes: readonly (DemandProcess | null)[]; period: Int32Array; lanes: number }) {
    this.#processes = processes;
    this.#period = period;
    this.#lanes = lanes;
    this.#entries = processes.map(() => []);
    this.typicalMean = new Float64Array(processes.length * lanes);
    this.typicalVariance = new Float64Array(processes.length * lanes);
    processes.forEach((process, n) => {
      const row = (values: Float64Array) => values.subarray(n * lanes, (n + 1) * lanes);
      process?.typical(row(this.typicalMean), row(this.typicalVariance));
    });
  }

  /** The period has moved: what was worked out no longer holds. */
  invalidate(): void {
    this.#version++;
  }

  /** Changes whenever the forecasts of a node may have. */
  version(node: number): number {
    return this.#processes[node]?.stationary === false ? this.#version : 0;
  }

  typicalIsPast(node: number): boolean {
    return this.#processes[node]?.typicalIsPast ?? false;
  }

  mean(node: number, ahead: number): Float64Array {
    return this.#entry(node, ahead).mean;
  }

  variance(node: number, ahead: number): Float64Array {
    return this.#entry(node, ahead).variance;
  }

  coverQuantile(node: number, ahead: ArrayLike<number>, z: ArrayLike<number>, out: Float64Array): boolean {
    return this.#processes[node]?.coverQuantile?.(this.#period, ahead, z, out) ?? false;
  }

  #entry(node: number, ahead: number): Entry {
    const entries = this.#entries[node];
    while (entries.length <= ahead) {
      entries.push({ version: 0, mean: new Float64Array(this.#lanes), variance: new Float64Array(this.#lanes) });
    }
    const entry = entries[ahead];
    const process = this.#processes[node];
    const fresh = process === null || (process.stationary ? entry.version > 0 : entry.version === this.#version);
    if (!fresh) process.forecast(this.#period, ahead, entry.mean, entry.variance);
    entry.version = this.#version;
    return entry;
  }
}

interface Entry {
  version: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}
