/** Tables of probabilities: entry k is the probability of a demand of k. */

/** Distribution of the demand of several periods together, from one period's. */
export function sumOfPeriods(table: Float64Array, periods: number): Float64Array {
  let total: Float64Array = Float64Array.of(1);
  for (let period = 0; period < periods; period++) total = convolve(total, table);
  return total;
}

/** Smallest demand k with P(demand <= k) >= level; the last entry where rounding keeps the sum below the level. */
export function fractile(table: Float64Array, level: number): number {
  let sum = 0;
  for (let k = 0; k < table.length; k++) {
    sum += table[k];
    if (sum >= level) return k;
  }
  return table.length - 1;
}

/** Distribution of the sum of two independent demands. */
export function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    if (a[i] === 0) continue;
    for (let j = 0; j < b.length; j++) sum[i + j] += a[i] * b[j];
  }
  return sum;
}
