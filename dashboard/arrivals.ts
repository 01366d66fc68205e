/**
 * Those who come together are let in one after the other: between two of them the rest of the program has its turn, so that a class which opens the page
 * at once holds up nobody who plays.
 */
export class Arrivals {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is one's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#plan();
    });
  }

  #plan(): void {
    setImmediate(() => {
      this.#waiting.shift()?.();
      if (this.#waiting.length > 0) this.#plan();
    });
  }
}
