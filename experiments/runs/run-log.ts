import { cutMetricsBack, logMetrics, type MetricsLine } from './metrics-log.ts';
import { EventFile } from './tensorboard.ts';

/** Where a run's metrics go: metrics.ndjson, and TensorBoard event files where they are wanted. */
export class RunLog {
  readonly #run: string;
  readonly #events: EventFile | null;

  private constructor(run: string, events: EventFile | null) {
    this.#run = run;
    this.#events = events;
  }

  /** Opens the log of a run that stands at `steps`: what was told of later steps is cut off. */
  static async open(
    run: string,
    { steps, startedAt, tensorboard }: { readonly steps: number; readonly startedAt: string; readonly tensorboard: boolean },
  ): Promise<RunLog> {
    const kept = await cutMetricsBack(run, steps);
    return new RunLog(run, tensorboard ? await EventFile.create(run, { startedAt, lines: kept }) : null);
  }

  async write(line: MetricsLine): Promise<void> {
    await logMetrics(this.#run, line);
    await this.#events?.append(line);
  }
}
