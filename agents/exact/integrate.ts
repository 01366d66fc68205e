/** Gauss and Kronrod's 7 and 15 points on (-1, 1): the abscissae of 0 or more, with the weights of both rules. */
const NODES = [
  [0, 0.2094821410847278, 0.4179591836734694],
  [0.20778495500789848, 0.20443294007529889, 0],
  [0.4058451513773972, 0.19035057806478542, 0.3818300505051189],
  [0.5860872354676911, 0.1690047266392679, 0],
  [0.7415311855993945, 0.14065325971552592, 0.27970539148927664],
  [0.8648644233597691, 0.10479001032225019, 0],
  [0.9491079123427585, 0.06309209262997856, 0.1294849661688697],
  [0.9914553711208126, 0.022935322010529224, 0],
] as const;

/** The integral of a function over an interval by adaptive Gauss-Kronrod quadrature: kinks and jumps are closed in on. */
export function integrate(f: (x: number) => number, from: number, to: number, tolerance = 1e-12, depth = 45): number {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  let fine = 0;
  let coarse = 0;
  for (const [x, kronrod, gauss] of NODES) {
    const value = x === 0 ? f(middle) : f(middle - half * x) + f(middle + half * x);
    fine += kronrod * value;
    coarse += gauss * value;
  }
  if (depth === 0 || Math.abs(fine - coarse) * half <= tolerance) return fine * half;
  return integrate(f, from, middle, tolerance / 2, depth - 1) + integrate(f, middle, to, tolerance / 2, depth - 1);
}
