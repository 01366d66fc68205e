import * as z from 'zod/mini';

/** What a client may ask for at most. */
export const LIMITS = {
  policies: 4,
  /** Beside a player. */
  rivals: 3,
  seats: 16,
  periods: 5000,
  speed: 1000,
  seed: 2 ** 32 - 1,
  knobs: 40,
  text: 200,
  framesPerMessage: 200,
  /** [units] of one order. */
  order: 1_000_000,
  /** Environment steps, and [s], of a training run that a page starts. */
  steps: 1_000_000_000,
  seconds: 86_400,
  /** Of an item for which the network for any item is tried. */
  shortageCost: 100,
  leadTime: 8,
  mean: 20,
  spread: 10,
} as const;

export function whole(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).check(z.minimum(least, { error }), z.maximum(most, { error }));
}

export function text(error: string) {
  return z.string({ error }).check(z.minLength(1, { error }), z.maxLength(LIMITS.text, { error }));
}

export function above0(most: number) {
  const error = `a number above 0 and at most ${most}`;
  return z.number({ error }).check(z.positive({ error }), z.maximum(most, { error }));
}

export function flag() {
  return z.boolean({ error: 'true or false' });
}

const knobValue = z.union([z.number(), z.boolean(), z.string().check(z.maxLength(LIMITS.text))], {
  error: `a number, true, false or at most ${LIMITS.text} letters`,
});

/** Values by name. */
export const knobs = z
  .record(text('the name of a knob'), knobValue, { error: 'an object of knob names and values' })
  .check(z.refine((set) => Object.keys(set).length <= LIMITS.knobs, { error: `at most ${LIMITS.knobs} knobs` }));

export const policySpec = text('the name of a policy, such as "s-S" or "run:ID"');
export const runId = text('the id of a run, as runs list shows it');

/** [money/period] with its 95 % interval over lanes; null of a single lane. */
export const interval = z.nullable(z.tuple([z.number(), z.number()]));
