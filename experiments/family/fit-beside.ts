import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type FamilyTries, type FitConfig, type HalfGradient, type OtherHalf, tunedParameterCount } from '../../agents/index.ts';

/** What a fit and the thread beside it share. */
export interface SharedFit {
  readonly tries: FamilyTries;
  readonly config: FitConfig;
  readonly seed: number;
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  /** Of the last batch. */
  readonly divergence: Float64Array;
  /** Batches asked for and answered; see ASKED and ANSWERED. */
  readonly counts: Int32Array;
  /** Says why it failed. */
  readonly port: MessagePort;
}

export const ASKED = 0;
export const ANSWERED = 1;
/** Asked for, it ends. */
export const NO_MORE = -1;

/** A thread reads no TypeScript: from sources that are not compiled, both halves are worked out in turn. */
export const canFitBeside: boolean = import.meta.url.endsWith('.js');

/** [ms] Longer than a thread takes to begin, or than any batch. */
const LONGEST_SILENCE = 120_000;

/** Works out the gradients of each batch's second half on another core. Tries and parameters stand in memory that both threads see. */
export class FitBeside implements OtherHalf {
  readonly parameters: Float32Array;
  readonly #shared: SharedFit;
  readonly #worker: Worker;
  readonly #port: MessagePort;

  constructor({ tries, config, seed }: Pick<SharedFit, 'tries' | 'config' | 'seed'>) {
    const { port1, port2 } = new MessageChannel();
    const count = tunedParameterCount(config);
    this.parameters = floats(count);
    this.#port = port1;
    this.#shared = {
      tries,
      config,
      seed,
      parameters: this.parameters,
      gradient: floats(count),
      divergence: new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)),
      counts: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
      port: port2,
    };
    this.#worker = new Worker(new URL('./fit-worker.js', import.meta.url), { workerData: this.#shared, transferList: [port2] });
  }

  begin(): void {
    const { counts } = this.#shared;
    Atomics.add(counts, ASKED, 1);
    Atomics.notify(counts, ASKED);
  }

  /** @throws Error where the thread failed or does not answer */
  finish(): HalfGradient {
    const { counts, gradient, divergence } = this.#shared;
    const before = Atomics.load(counts, ASKED) - 1;
    if (Atomics.wait(counts, ANSWERED, before, LONGEST_SILENCE) === 'timed-out') throw new Error('half of the fit does not answer');
    const failure: { message: string } | undefined = receiveMessageOnPort(this.#port);
    if (failure !== undefined) throw new Error(`half of the fit failed: ${failure.message}`);
    return { gradient, divergence: divergence[0] };
  }

  async close(): Promise<void> {
    const { counts } = this.#shared;
    Atomics.store(counts, ASKED, NO_MORE);
    Atomics.notify(counts, ASKED);
    this.#port.close();
    await this.#worker.terminate();
  }
}

function floats(count: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT));
}

/** Tries in memory that threads can share. */
export function inSharedMemory(tries: FamilyTries): FamilyTries {
  const shared = (values: Float32Array): Float32Array => {
    const own = floats(values.length);
    own.set(values);
    return own;
  };
  return {
    ...tries,
    itemFeatures: shared(tries.itemFeatures),
    stateFeatures: shared(tries.stateFeatures),
    places: shared(tries.places),
    costs: shared(tries.costs),
  };
}
