/** Seconds spent in each part of training. For people and benchmarks: nothing that is learned depends on it. */
export class Stopwatch<Part extends string> {
  readonly seconds: Record<Part, number>;
  #since = performance.now();

  constructor(parts: Record<Part, number>) {
    this.seconds = { ...parts };
  }

  /** Starts counting now. */
  start(): void {
    this.#since = performance.now();
  }

  /** Books the time since the last call of `start` or `book` on a part. */
  book(part: Part): void {
    const now = performance.now();
    this.seconds[part] += (now - this.#since) / 1000;
    this.#since = now;
  }
}
