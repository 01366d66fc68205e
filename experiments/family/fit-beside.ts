import { Worker } from 'node:worker_threads';
import { type FitTask, type HalfGradient, type OtherHalf, tunedParameterCount } from '../../agents/index.ts';
import { sharedArray } from './shared-array.ts';

/** What a fit and the thread beside it share: arrays in memory that both see. */
export interface SharedFit extends FitTask {
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  /** Of the last batch. */
  readonly divergence: Float64Array;
  /** Batches asked for and answered; see ASKED and ANSWERED. */
  readonly counts: Int32Array;
}

export const ASKED = 0;
export const ANSWERED = 1;

/** A thread reads no TypeScript: from sources that are not compiled, both halves are worked out in turn. */
export const canFitBeside: boolean = import.meta.url.endsWith('.js');

/** [ms] of waiting, after which it is looked whether the thread still lives. */
const LOOK_AGAIN = 500;

/** A thread that works out the gradients of each batch's second half on another core. Started before it is needed, it is of the same code whatever happens to the files. */
export class FitBeside {
  readonly #worker: Worker;
  #ended: Error | null = null;

  constructor() {
    this.#worker = new Worker(new URL('./fit-worker.js', import.meta.url));
    this.#worker.on('error', (error) => {
      this.#ended ??= error;
    });
    this.#worker.on('exit', () => {
      this.#ended ??= new Error('the thread that does half of it ended');
    });
  }

  /** @param task whose arrays stand in shared memory */
  open(task: FitTask): OtherHalf {
    const count = tunedParameterCount(task.config);
    const shared: SharedFit = {
      ...task,
      parameters: sharedArray(Float32Array, count),
      gradient: sharedArray(Float32Array, count),
      divergence: sharedArray(Float64Array, 1),
      counts: sharedArray(Int32Array, 2),
    };
    this.#worker.postMessage(shared);
    const { parameters, counts } = shared;
    return {
      parameters,
      begin: () => {
        Atomics.add(counts, ASKED, 1);
        Atomics.notify(counts, ASKED);
      },
      finish: () => this.#finish(shared),
    };
  }

  async #finish({ counts, gradient, divergence }: SharedFit): Promise<HalfGradient> {
    const before = Atomics.load(counts, ASKED) - 1;
    while (Atomics.wait(counts, ANSWERED, before, LOOK_AGAIN) === 'timed-out') {
      // Lets what the thread says of its end in.
      await new Promise((done) => setImmediate(done));
      if (this.#ended !== null) throw new Error(`the fit failed: ${this.#ended.message}`);
    }
    return { gradient, divergence: divergence[0] };
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
