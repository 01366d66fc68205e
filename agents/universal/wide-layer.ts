/** A fully connected layer. */
export interface WideLayer {
  /** [input][output] */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly width: number;
}

/** Keeps what is above 0 and where it stands; returns how many. */
export function keepActive(values: Float64Array, active: Float64Array, places: Int32Array): number {
  let count = 0;
  for (let j = 0; j < values.length; j++) {
    // Written in any case, counted where it is above 0: no branch to be guessed.
    active[count] = values[j];
    places[count] = j;
    count += values[j] > 0 ? 1 : 0;
  }
  return count;
}

/** A layer's values from those of its inputs that are not 0, eight at a time: each value is then read and written once for eight products. */
export function addActive(
  { weights, biases, width }: WideLayer,
  active: Float64Array,
  places: Int32Array,
  count: number,
  to: Float64Array,
): void {
  for (let j = 0; j < width; j++) to[j] = biases[j];
  let k = 0;
  for (; k + 8 <= count; k += 8) {
    const a0 = active[k];
    const a1 = active[k + 1];
    const a2 = active[k + 2];
    const a3 = active[k + 3];
    const a4 = active[k + 4];
    const a5 = active[k + 5];
    const a6 = active[k + 6];
    const a7 = active[k + 7];
    const w0 = places[k] * width;
    const w1 = places[k + 1] * width;
    const w2 = places[k + 2] * width;
    const w3 = places[k + 3] * width;
    const w4 = places[k + 4] * width;
    const w5 = places[k + 5] * width;
    const w6 = places[k + 6] * width;
    const w7 = places[k + 7] * width;
    for (let j = 0; j < width; j++) {
      to[j] +=
        a0 * weights[w0 + j] +
        a1 * weights[w1 + j] +
        a2 * weights[w2 + j] +
        a3 * weights[w3 + j] +
        (a4 * weights[w4 + j] + a5 * weights[w5 + j] + a6 * weights[w6 + j] + a7 * weights[w7 + j]);
    }
  }
  for (; k < count; k++) {
    const value = active[k];
    const from = places[k] * width;
    for (let j = 0; j < width; j++) to[j] += value * weights[from + j];
  }
}
