import { describe, expect, test } from 'vitest';
import { type Distribution, laneDistribution } from '../../../env/index.ts';

describe('a distribution that is none is refused by its field and value', () => {
  test.each<[string, Distribution, RegExp]>([
    ['a negative mean', { name: 'poisson', mean: -1 }, /demand\.mean: -1; expected a number of 0 or more/],
    [
      'a mean in one lane that is no number',
      { name: 'geometric', mean: [Number.NaN] },
      /demand\.mean: NaN; expected a number of 0 or more/,
    ],
    ['too small a variance', { name: 'negative-binomial', mean: 5, variance: 3 }, /demand\.variance: 3; expected at least the mean, 5/],
    ['no spread', { name: 'normal', mean: 5 }, /demand\.sd: not given; expected exactly one of sd, cv and variance/],
    ['two spreads', { name: 'gamma', mean: 5, sd: 1, cv: 1 }, /demand\.sd: \["sd","cv"\]; expected exactly one/],
    ['half a trial', { name: 'binomial', trials: 2.5, probability: 0.5 }, /demand\.trials: 2\.5; expected a whole number of 0 or more/],
    ['a mean beyond the trials', { name: 'binomial', trials: 3, mean: 4 }, /demand\.mean: 4; expected at most the number of trials, 3/],
    ['bounds the wrong way round', { name: 'uniform', low: 4, high: 2 }, /demand\.high: 2; expected at least low, 4/],
    [
      'probabilities that sum to 1.1',
      { name: 'empirical', values: [1, 2], probabilities: [0.5, 0.6] },
      /\[0\.5,0\.6\]; expected probabilities that sum to 1, not 1\.1/,
    ],
    [
      'too few probabilities',
      { name: 'empirical', values: [1, 2], probabilities: [1] },
      /demand\.probabilities: \[1\]; expected one for each of the 2 values/,
    ],
    [
      'a probability above 1',
      { name: 'intermittent', probability: 1.5, size: { name: 'poisson', mean: 2 } },
      /demand\.probability: 1\.5; expected a number from 0 to 1/,
    ],
    [
      'a size that is none',
      { name: 'intermittent', probability: 0.5, size: { name: 'poisson', mean: -2 } },
      /demand\.size\.mean: -2; expected a number of 0 or more/,
    ],
    ['a tail without end', { name: 'lognormal', mean: 5, cv: 20, rounded: true }, /tail is longer than 1000000 units; leave out rounded/],
  ])('%s', (_, distribution, message) => {
    expect(() => laneDistribution(distribution)).toThrow(message);
  });
});
