import { open } from 'node:fs/promises';
import { type MetricsLine, metricsFile, parseMetrics } from './metrics-log.ts';

/** What is appended to a run's metrics, read as it comes: only what is new is read. */
export class MetricsTail {
  readonly #file: string;
  #offset = 0;
  #rest = '';

  /** @throws UserError for an id that could not be one */
  constructor(run: string) {
    this.#file = metricsFile(run);
  }

  /** Whole lines since the last call; `anew`: the run was taken back to a checkpoint, and all lines are given again. */
  async read(): Promise<{ readonly anew: boolean; readonly lines: readonly MetricsLine[] }> {
    const handle = await open(this.#file, 'r').catch(() => null);
    if (handle === null) return { anew: false, lines: [] };
    try {
      const { size } = await handle.stat();
      const anew = size < this.#offset;
      if (anew) {
        this.#offset = 0;
        this.#rest = '';
      }
      const bytes = Buffer.alloc(size - this.#offset);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.#offset);
      this.#offset += bytesRead;
      const lines = (this.#rest + bytes.toString('utf8', 0, bytesRead)).split('\n');
      this.#rest = lines.pop() ?? '';
      return { anew, lines: parseMetrics(lines) };
    } finally {
      await handle.close();
    }
  }
}
