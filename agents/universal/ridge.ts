export function dot(a: Float64Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/**
 * Weights that bring rows of inputs nearest to each of some targets, [target][row], their squares held down by `penalty` (ridge regression, by Gauss and
 * Jordan with pivots). Returns [target][input].
 */
export function ridgeWeights(
  rows: readonly Float64Array[],
  targets: readonly (readonly number[])[],
  penalty: number,
): Float64Array<ArrayBuffer>[] {
  const width = rows[0].length;
  const system = Array.from({ length: width }, (_, i) => {
    const line = new Float64Array(width + targets.length);
    line[i] = penalty;
    return line;
  });
  rows.forEach((row, k) => {
    for (let i = 0; i < width; i++) {
      addUpper(system[i], row, i);
      targets.forEach((target, t) => {
        system[i][width + t] += row[i] * target[k];
      });
    }
  });
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) system[i][j] = system[j][i];
  for (let i = 0; i < width; i++) eliminate(system, i);
  return targets.map((_, t) => Float64Array.from(system, (line, i) => line[width + t] / line[i]));
}

/** Hot: the part of a line of the products from the diagonal on; the matrix is symmetric. */
function addUpper(line: Float64Array, row: Float64Array, from: number): void {
  const factor = row[from];
  if (factor === 0) return;
  for (let j = from; j < row.length; j++) line[j] += factor * row[j];
}

function eliminate(system: Float64Array[], i: number): void {
  let pivot = i;
  for (let k = i + 1; k < system.length; k++) if (Math.abs(system[k][i]) > Math.abs(system[pivot][i])) pivot = k;
  [system[i], system[pivot]] = [system[pivot], system[i]];
  const own = system[i];
  for (let k = 0; k < system.length; k++) {
    if (k === i) continue;
    const factor = system[k][i] / own[i];
    for (let j = i; j < own.length; j++) system[k][j] -= factor * own[j];
  }
}
