import gammaln from '@stdlib/math-base-special-gammaln';

/** Dispersions tried: variance = mean + dispersion mean^2. */
const GRID = Float64Array.from({ length: 25 }, (_, k) => 0.02 * (30 / 0.02) ** (k / 24));
const LOG_GRID = GRID.map(Math.log);
/** A forecast below this many units counts as this much where dispersion is measured. */
const LEAST_MEAN = 0.05;
const PRIOR_SLOPES = [-0.4, -0.2, 0];
const PRIOR_SPREADS = [0.3, 0.6, 1];

/** Past forecasts and what came of them. Each array has one entry per forecast. */
export interface Outcomes {
  readonly items: number;
  readonly item: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly quantity: ArrayLike<number>;
  /** Weight of each: forecasts of the same week made at several origins say less than as many weeks. */
  readonly weight: number;
}

/**
 * Dispersion of each item, bounded to 0.02 ... 30: the posterior mode on a grid, from its own negative-binomial likelihood and a normal prior on
 * the log, whose centre is a line in the item's log level. The line and the spread maximise the likelihood of all items (empirical Bayes).
 */
export function itemDispersions(outcomes: Outcomes): Float64Array {
  const likelihood = gridLikelihood(outcomes);
  const level = logLevels(outcomes);
  const { relative, top } = relativeLikelihood(likelihood, outcomes.items);
  let prior = { centre: 0, slope: 0, spread: 0.6 };
  let highest = Number.NEGATIVE_INFINITY;
  for (const centre of GRID) {
    for (const slope of PRIOR_SLOPES) {
      for (const spread of PRIOR_SPREADS) {
        const candidate = { centre: Math.log(centre), slope, spread };
        const evidence = logEvidence(relative, level, candidate) + top;
        if (evidence <= highest) continue;
        highest = evidence;
        prior = candidate;
      }
    }
  }
  return Float64Array.from(level, (x, i) => GRID[bestOnGrid(likelihood, i, x, prior)]);
}

interface Prior {
  /** Log dispersion of an item that sells one unit a week. */
  readonly centre: number;
  /** Change of it per unit of log level. */
  readonly slope: number;
  /** Standard deviation of it over items. */
  readonly spread: number;
}

/** [item][grid] log likelihood, but for what does not depend on the dispersion. */
function gridLikelihood(outcomes: Outcomes): Float64Array {
  const table = new Float64Array(outcomes.items * GRID.length);
  for (let g = 0; g < GRID.length; g++) {
    const size = 1 / GRID[g];
    const constant = gammaln(size);
    for (let k = 0; k < outcomes.mean.length; k++) {
      const mean = Math.max(LEAST_MEAN, outcomes.mean[k]);
      const y = outcomes.quantity[k];
      const hit = y > 0 ? gammaln(y + size) - constant + y * Math.log(mean / (mean + size)) : 0;
      table[outcomes.item[k] * GRID.length + g] += outcomes.weight * (hit + size * Math.log(size / (size + mean)));
    }
  }
  return table;
}

function logLevels(outcomes: Outcomes): Float64Array {
  const sum = new Float64Array(outcomes.items);
  const count = new Float64Array(outcomes.items);
  for (let k = 0; k < outcomes.mean.length; k++) {
    sum[outcomes.item[k]] += outcomes.mean[k];
    count[outcomes.item[k]]++;
  }
  return sum.map((units, i) => Math.log(Math.max(LEAST_MEAN, count[i] > 0 ? units / count[i] : 1)));
}

function logPrior(grid: number, level: number, prior: Prior): number {
  const z = (LOG_GRID[grid] - prior.centre - prior.slope * level) / prior.spread;
  return -0.5 * z * z;
}

/** Likelihoods over the largest of their item, [item][grid], and the logs of the largest added up. */
function relativeLikelihood(likelihood: Float64Array, items: number): { readonly relative: Float64Array; readonly top: number } {
  const relative = new Float64Array(likelihood.length);
  let total = 0;
  for (let start = 0; start < items * GRID.length; start += GRID.length) {
    let top = Number.NEGATIVE_INFINITY;
    for (let g = 0; g < GRID.length; g++) top = Math.max(top, likelihood[start + g]);
    for (let g = 0; g < GRID.length; g++) relative[start + g] = Math.exp(likelihood[start + g] - top);
    total += top;
  }
  return { relative, top: total };
}

/** Log of the likelihood of everything, each item's dispersion integrated over the prior, but for the largest likelihoods. */
function logEvidence(relative: Float64Array, levels: Float64Array, prior: Prior): number {
  let total = 0;
  for (let i = 0; i < levels.length; i++) {
    let joint = 0;
    let mass = 0;
    for (let g = 0; g < GRID.length; g++) {
      const p = Math.exp(logPrior(g, levels[i], prior));
      joint += p * relative[i * GRID.length + g];
      mass += p;
    }
    total += Math.log(Math.max(1e-300, joint / Math.max(1e-300, mass)));
  }
  return total;
}

function bestOnGrid(likelihood: Float64Array, item: number, level: number, prior: Prior): number {
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let g = 0; g < GRID.length; g++) {
    const value = likelihood[item * GRID.length + g] + logPrior(g, level, prior);
    if (value > highest) {
      highest = value;
      best = g;
    }
  }
  return best;
}
