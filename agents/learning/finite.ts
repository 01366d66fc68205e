/** Stops at the first number that is not finite, naming the lane, the feature and the step. Rows are [lane][feature]. */
export function checkObservations(observations: Float32Array, names: readonly string[], steps: number): void {
  for (let i = 0; i < observations.length; i++) {
    if (!Number.isFinite(observations[i])) {
      const lane = Math.floor(i / names.length);
      throw new Error(`Observation "${names[i % names.length]}" of lane ${lane} is ${observations[i]} after ${steps} environment steps.`);
    }
  }
}

/** Stops at a number that is not finite, by its name. */
export function checkFinite(value: number, name: string, steps: number): void {
  if (!Number.isFinite(value)) throw new Error(`${name} is ${value} after ${steps} environment steps.`);
}
