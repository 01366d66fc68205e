/**
 * Generating vector of a rank-1 lattice rule: point i has the coordinates frac(i z_k / points). Found component by component (Sloan and Reztsov 2002) for
 * the weighted Sobolev space whose kernel is 1 + weight x B2; `weights` say how much each dimension matters. With a random shift per use its average is
 * unbiased, and varies less than that of independent draws.
 */
export function latticeVector(points: number, weights: readonly number[]): Int32Array {
  const kernel = Float64Array.from({ length: points }, (_, i) => {
    const x = i / points;
    return 2 * Math.PI ** 2 * (x * x - x + 1 / 6);
  });
  const products = new Float64Array(points).fill(1);
  const generators = coprimes(points);
  return Int32Array.from(weights, (weight) => {
    const z = bestGenerator(generators, products, kernel);
    for (let i = 0; i < points; i++) products[i] *= 1 + weight * kernel[(i * z) % points];
    return z;
  });
}

function bestGenerator(generators: readonly number[], products: Float64Array, kernel: Float64Array): number {
  const points = products.length;
  let best = generators[0];
  let least = Number.POSITIVE_INFINITY;
  for (const z of generators) {
    let error = 0;
    for (let i = 0, at = 0; i < points; i++) {
      error += products[i] * kernel[at];
      at += z;
      if (at >= points) at -= points;
    }
    if (error < least - 1e-9) {
      least = error;
      best = z;
    }
  }
  return best;
}

/** Numbers below half of n that share no divisor with it: the others give the same lattices mirrored. */
function coprimes(n: number): number[] {
  const found = [];
  for (let z = 1; z <= Math.max(1, Math.floor(n / 2)); z++) if (divisor(z, n) === 1) found.push(z);
  return found;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
