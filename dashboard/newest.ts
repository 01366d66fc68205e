/** Does one thing at a time: of what is asked for meanwhile only the newest is done, the rest is forgotten. */
export class Newest<T> {
  readonly #work: (wanted: T, signal: AbortSignal) => Promise<void>;
  readonly #ending = new AbortController();
  #waiting: { readonly wanted: T } | null = null;
  #busy = false;

  constructor(work: (wanted: T, signal: AbortSignal) => Promise<void>) {
    this.#work = work;
  }

  /** Settles when nothing more is to be done, or at once where something is being done. @throws what the work throws */
  async ask(wanted: T): Promise<void> {
    this.#waiting = { wanted };
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#waiting !== null && !this.#ending.signal.aborted) {
        const next: T = this.#waiting.wanted;
        this.#waiting = null;
        await this.#work(next, this.#ending.signal);
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Calls off what is being done. */
  end(): void {
    this.#ending.abort();
  }
}
