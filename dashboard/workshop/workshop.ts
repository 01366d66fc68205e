import type { LoadedScenario } from '../../scenarios/index.ts';
import type { Clock } from '../clock.ts';
import { createBench, type JobName, type JobOptions, type Jobs } from './jobs.ts';
import { Worker } from './worker.ts';

/** Where long work is done. */
export interface Workshop {
  /** @throws UserError for what cannot be done, and the signal's reason where it was called off */
  run<K extends JobName>(name: K, order: Jobs[K]['order'], options?: JobOptions): Promise<Jobs[K]['result']>;
  close(): void;
}

/** Work done in this process, which stands still meanwhile. @param ready scenarios that are loaded already */
export function ownWorkshop(ready: readonly LoadedScenario[] = []): Workshop {
  const bench = createBench(ready);
  return { run: async (name, order, options = {}) => bench[name](order, options), close: () => {} };
}

/** Processes that work at the same time; [ms] for which one is kept that has nothing to do. */
const BENCHES = { most: 2, kept: 60_000 } as const;

interface Waiting {
  readonly begin: (worker: Worker) => void;
}

/** Work done in processes of its own, so that the server never stands still; what nobody waits for any more ends at once. */
export class ProcessWorkshop implements Workshop {
  readonly #clock: Clock;
  readonly #idle: { readonly worker: Worker; readonly cancel: () => void }[] = [];
  readonly #busy = new Set<Worker>();
  readonly #queue: Waiting[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async run<K extends JobName>(name: K, order: Jobs[K]['order'], options: JobOptions = {}): Promise<Jobs[K]['result']> {
    const worker = await this.#hire(options.signal);
    try {
      return await worker.run(name, order, options);
    } finally {
      this.#release(worker);
    }
  }

  close(): void {
    for (const { worker, cancel } of this.#idle.splice(0)) {
      cancel();
      worker.end();
    }
    for (const worker of this.#busy) worker.end();
  }

  async #hire(signal?: AbortSignal): Promise<Worker> {
    signal?.throwIfAborted();
    const idle = this.#idle.pop();
    idle?.cancel();
    if (idle !== undefined || this.#busy.size < BENCHES.most) {
      const worker = idle === undefined || idle.worker.gone ? new Worker() : idle.worker;
      this.#busy.add(worker);
      return worker;
    }
    return new Promise<Worker>((resolve, reject) => {
      const waiting: Waiting = { begin: resolve };
      this.#queue.push(waiting);
      signal?.addEventListener('abort', () => {
        const at = this.#queue.indexOf(waiting);
        if (at < 0) return;
        this.#queue.splice(at, 1);
        reject(signal.reason);
      });
    });
  }

  #release(worker: Worker): void {
    this.#busy.delete(worker);
    const next = this.#queue.shift();
    if (next !== undefined) {
      const successor = worker.gone ? new Worker() : worker;
      this.#busy.add(successor);
      next.begin(successor);
    } else if (!worker.gone) this.#keep(worker);
  }

  #keep(worker: Worker): void {
    const cancel = this.#clock.after(BENCHES.kept, () => {
      worker.end();
      const at = this.#idle.findIndex((idle) => idle.worker === worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    this.#idle.push({ worker, cancel });
  }
}
