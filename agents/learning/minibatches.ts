import type { RandomStream } from '../../env/index.ts';

/** Puts an array into a random order (Fisher and Yates). */
export function shuffle(values: Int32Array, random: RandomStream): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
