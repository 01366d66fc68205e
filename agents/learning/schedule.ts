/** A straight line from one value to another; progress goes from 0 to 1. */
export function linear(progress: number, from: number, to: number): number {
  return from + (to - from) * progress;
}
