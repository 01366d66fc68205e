import { performance } from 'node:perf_hooks';

/** The time that a watched episode runs by; tests bring one that they turn by hand. */
export interface Clock {
  /** [ms] from some fixed moment. */
  now(): number;
  /** Calls back once, after a delay in ms; the function returned calls it off. */
  after(delay: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(delay, callback) {
    if (delay <= 0) {
      const soon = setImmediate(callback);
      return () => clearImmediate(soon);
    }
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};
