import type { Options } from 'yargs';

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const satisfies Options;

/** The questions of `scenarios new` as options: the scenarios themselves, and what they need, are loaded when the command runs. A test holds the two to agree. */
export const QUESTION_OPTIONS = {
  id: text('Its id: lower-case letters, digits and hyphens'),
  title: text('Its title, in a line'),
  mean: text('Mean demand of a period, of each shop, in units'),
  sd: text('Standard deviation of a period’s demand (nothing: Poisson)'),
  'lead-time': text('Periods from an order to its receipt'),
  'holding-cost': text('Cost of keeping a unit for a period'),
  shortage: text('What unmet demand does: lost or backlog'),
  'shortage-cost': text('Cost of a unit lost, or of one that waits for a period'),
  'fixed-cost': text('Cost of an order, however large'),
  life: text('Periods that a unit can be sold (nothing: it keeps)'),
  shops: text('Number of shops; with more than one, a warehouse supplies them'),
  season: text('Periods after which demand repeats its season (nothing: it has none)'),
  amplitude: text('Part of the mean by which the season swings'),
  event: text('An event that comes again and again, in words (nothing: none)'),
  'event-every': text('Periods after which it comes again'),
  'event-factor': text('What it multiplies demand by'),
} as const;
