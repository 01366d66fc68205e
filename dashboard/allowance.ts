import type { Clock } from './clock.ts';

export interface AllowanceOptions {
  readonly clock: Clock;
  readonly perSecond: number;
  /** So many at once. */
  readonly burst: number;
}

/** How much a client may ask for: so much a second, and so much at once after a silence. */
export class Allowance {
  readonly #options: AllowanceOptions;
  #left: number;
  #time: number;
  /** Asked for in vain since the last time that there was something left. */
  refused = 0;

  constructor(options: AllowanceOptions) {
    this.#options = options;
    this.#left = options.burst;
    this.#time = options.clock.now();
  }

  /** Takes one, or tells that there is none. */
  take(): boolean {
    const { clock, perSecond, burst } = this.#options;
    const now = clock.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#time) * perSecond) / 1000);
    this.#time = now;
    if (this.#left >= 1) {
      this.#left--;
      this.refused = 0;
      return true;
    }
    this.refused++;
    return false;
  }
}
