interface Entry<T> {
  readonly value: Promise<T>;
  readonly work: AbortController;
  /** Who wait for it while it is made. */
  waiting: number;
  made: boolean;
}

/**
 * Values made once and kept while they are among the last used. Those who ask at the same time wait for the same one; when all of them have gone
 * before it is made, its making ends.
 */
export class Kept<T> {
  readonly #most: number;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Is it there, or being made? */
  has(key: string): boolean {
    return this.#entries.has(key);
  }

  async get(key: string, make: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const entry = this.#entries.get(key) ?? this.#make(key, make);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#forget();
    entry.waiting++;
    const leave = () => {
      entry.waiting--;
      if (entry.waiting > 0 || entry.made) return;
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      entry.work.abort();
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await entry.value;
    } finally {
      signal?.removeEventListener('abort', leave);
      if (signal?.aborted !== true) entry.waiting--;
    }
  }

  #make(key: string, make: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const work = new AbortController();
    const entry: Entry<T> = { value: make(work.signal), work, waiting: 0, made: false };
    entry.value.then(
      () => {
        entry.made = true;
      },
      // What failed is tried again the next time.
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    return entry;
  }

  #forget(): void {
    const oldest = this.#entries.entries().next().value;
    if (this.#entries.size > this.#most && oldest?.[1].made) this.#entries.delete(oldest[0]);
  }
}
