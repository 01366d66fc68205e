/**
 * What may change at any time and takes a while to read. Those who ask while it is being read share the reading after that: nobody is given
 * what was read before they asked.
 */
export class FreshReading<T> {
  readonly #read: () => Promise<T>;
  #reading: Promise<T> | null = null;
  #next: Promise<T> | null = null;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  get(): Promise<T> {
    if (this.#reading === null) return this.#begin();
    const again = () => {
      this.#next = null;
      return this.#begin();
    };
    this.#next ??= this.#reading.then(again, again);
    return this.#next;
  }

  #begin(): Promise<T> {
    const reading = this.#read().finally(() => {
      if (this.#reading === reading) this.#reading = null;
    });
    this.#reading = reading;
    return reading;
  }
}
