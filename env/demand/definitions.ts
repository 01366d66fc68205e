import gammaln from '@stdlib/math-base-special-gammaln';
import { constantDistribution, continuousDistribution, gammaLaw, lognormalLaw, normalLaw } from './continuous.ts';
import {
  atomsDistribution,
  countDistribution,
  intermittentDistribution,
  type LaneDistribution,
  tableDistribution,
} from './lane-distribution.ts';
import type { LaneParameters, ParameterRule, ParameterRules } from './parameters.ts';
import type { Distribution } from './spec.ts';

/** One entry of the table of distributions: all that anything needs to know of it. */
export interface DistributionDefinition {
  readonly title: string;
  readonly parameters: ParameterRules;
  /** @throws UserError naming the parameter, its value and what was expected */
  readonly create: (given: LaneParameters) => LaneDistribution;
}

const mean: ParameterRule = { type: 'number', least: 0, help: 'mean demand of a period [units]' };
const share: ParameterRule = { type: 'number', least: 0, most: 1, help: 'a probability' };
const spread: ParameterRules = {
  sd: { type: 'number', least: 0, optional: true, help: 'standard deviation [units]' },
  cv: { type: 'number', least: 0, optional: true, help: 'standard deviation / mean' },
  variance: { type: 'number', least: 0, optional: true, help: 'variance [units²]' },
};
const rounded: ParameterRule = { type: 'flag', optional: true, help: 'rounded to the nearest whole number; default false: continuous' };

/** Every distribution that demand can have, by its name. */
export const DISTRIBUTIONS: Readonly<Record<Distribution['name'], DistributionDefinition>> = {
  poisson: {
    title: 'Poisson',
    parameters: { mean },
    create: (given) => countDistribution(given.number('mean'), given.number('mean')),
  },
  geometric: {
    title: 'geometric on 0, 1, 2, ...',
    parameters: { mean },
    create: (given) => {
      const m = given.number('mean');
      return countDistribution(m, m * (1 + m));
    },
  },
  'negative-binomial': {
    title: 'negative binomial',
    parameters: { mean, ...spread },
    create: (given) => {
      const m = given.number('mean');
      const { variance } = readSpread(given, m);
      if (variance < m * (1 - 1e-12)) {
        throw given.complaint(
          'variance',
          variance,
          `at least the mean, ${m}, for a negative binomial; give a larger spread, or use binomial`,
        );
      }
      return countDistribution(m, Math.max(m, variance));
    },
  },
  binomial: {
    title: 'binomial',
    parameters: {
      trials: { type: 'number', least: 0, whole: true, help: 'number of trials' },
      probability: { ...share, optional: true, help: 'of success in a trial' },
      mean: { ...mean, optional: true, help: 'in place of the probability: trials x probability' },
    },
    create: (given) => {
      const trials = given.number('trials');
      return binomialDistribution(trials, readSuccess(given, trials));
    },
  },
  uniform: {
    title: 'whole numbers from low to high, all alike',
    parameters: {
      low: { type: 'number', least: 0, whole: true, help: 'smallest demand [units]' },
      high: { type: 'number', least: 0, whole: true, help: 'largest demand [units]' },
    },
    create: (given) => {
      const low = given.number('low');
      const high = given.number('high');
      if (high < low) throw given.complaint('high', high, `at least low, ${low}`);
      return tableDistribution(new Float64Array(high + 1).fill(1 / (high - low + 1), low), {
        mean: (low + high) / 2,
        variance: ((high - low + 1) ** 2 - 1) / 12,
      });
    },
  },
  normal: {
    title: 'normal, with what is below 0 at 0',
    parameters: { mean, ...spread, rounded },
    create: (given) => readContinuous(given, normalLaw),
  },
  gamma: {
    title: 'gamma',
    parameters: { mean, ...spread, rounded },
    create: (given) => readContinuous(given, gammaLaw),
  },
  lognormal: {
    title: 'lognormal',
    parameters: { mean, ...spread, rounded },
    create: (given) => readContinuous(given, lognormalLaw),
  },
  empirical: {
    title: 'given values, each with its probability',
    parameters: {
      values: { type: 'numbers', least: 0, help: 'what demand can be [units]' },
      probabilities: { type: 'numbers', least: 0, most: 1, optional: true, help: 'of each value; default: all alike' },
    },
    create: (given) => readEmpirical(given),
  },
  deterministic: {
    title: 'always the same',
    parameters: { value: { type: 'number', least: 0, help: 'demand of every period [units]' } },
    create: (given) => constantDistribution(given.number('value')),
  },
  intermittent: {
    title: 'with a probability a demand of some size, else none',
    parameters: {
      probability: { ...share, help: 'of a period with demand' },
      size: { type: 'distribution', help: 'distribution of a demand' },
    },
    create: (given) => intermittentDistribution(given.number('probability'), given.inner('size')),
  },
};

/** Standard deviation and variance, whichever is given. */
function readSpread(given: LaneParameters, m: number): { readonly sd: number; readonly variance: number } {
  const names = Object.keys(spread).filter((name) => given.has(name));
  if (names.length !== 1) {
    throw given.complaint(
      'sd',
      names.length === 0 ? undefined : names,
      'exactly one of sd, cv and variance: how far demand spreads about its mean',
    );
  }
  const value = given.number(names[0]);
  if (names[0] === 'variance') return { sd: Math.sqrt(value), variance: value };
  const sd = names[0] === 'cv' ? value * m : value;
  return { sd, variance: sd * sd };
}

function readContinuous(given: LaneParameters, law: typeof normalLaw): LaneDistribution {
  const m = given.number('mean');
  const { sd } = readSpread(given, m);
  if (sd === 0) return constantDistribution(given.flag('rounded') ? Math.round(m) : m);
  if (m === 0) throw given.complaint('mean', m, 'a number above 0 where demand spreads about it');
  return continuousDistribution(law(m, sd), given.flag('rounded'));
}

function readSuccess(given: LaneParameters, trials: number): number {
  if (given.has('probability') === given.has('mean')) {
    throw given.complaint('probability', undefined, 'a probability, or a mean in its place, but not both');
  }
  if (given.has('probability')) return given.number('probability');
  const m = given.number('mean');
  if (m > trials) throw given.complaint('mean', m, `at most the number of trials, ${trials}`);
  return trials === 0 ? 0 : m / trials;
}

function binomialDistribution(trials: number, probability: number): LaneDistribution {
  const table = new Float64Array(trials + 1);
  for (let k = 0; k <= trials; k++) {
    if (probability === 0 || probability === 1) table[k] = k === trials * probability ? 1 : 0;
    else {
      const ways = gammaln(trials + 1) - gammaln(k + 1) - gammaln(trials - k + 1);
      table[k] = Math.exp(ways + k * Math.log(probability) + (trials - k) * Math.log1p(-probability));
    }
  }
  normalise(table);
  const m = trials * probability;
  return tableDistribution(table, { mean: m, variance: m * (1 - probability) });
}

/** Equal values count together. */
function readEmpirical(given: LaneParameters): LaneDistribution {
  const values = given.numbers('values');
  const probabilities = given.has('probabilities') ? given.numbers('probabilities') : values.map(() => 1 / values.length);
  if (probabilities.length !== values.length) {
    throw given.complaint('probabilities', probabilities, `one for each of the ${values.length} values`);
  }
  const sum = probabilities.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    throw given.complaint(
      'probabilities',
      probabilities,
      `probabilities that sum to 1, not ${Number(sum.toPrecision(12))}: divide each by their sum`,
    );
  }
  const ascending = values.map((value, k) => ({ value, p: probabilities[k] / sum })).sort((a, b) => a.value - b.value);
  const atoms = atomsDistribution(
    ascending.map(({ value }) => value),
    Float64Array.from(ascending, ({ p }) => p),
  );
  return atoms.isDiscrete ? tableDistribution(atoms.table()) : atoms;
}

function normalise(table: Float64Array): void {
  const sum = table.reduce((a, b) => a + b, 0);
  for (let k = 0; k < table.length; k++) table[k] /= sum;
}
