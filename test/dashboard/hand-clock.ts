import type { Clock } from '../../dashboard/index.ts';

/** A clock that stands still until it is turned. */
export class HandClock implements Clock {
  #time = 0;
  #waiting: { readonly at: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.#time;
  }

  after(delay: number, callback: () => void): () => void {
    const entry = { at: this.#time + delay, callback };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Lets time pass [ms]: what falls due is called at its time, in order. */
  turn(by: number): void {
    const end = this.#time + by;
    for (;;) {
      const next = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#time = Math.max(this.#time, next.at);
      next.callback();
    }
    this.#time = end;
  }
}
