import { z } from 'zod';

/** A part of a whole. */
export const share = z.number().min(0).max(1);

/** Of a knob that the scenario decides unless it is given. */
export const LEFT_TO_SCENARIO = { leftToScenario: true };

// Knobs that PPO and DQN have alike.

/** @param usual of scenarios that go on */
export const discountKnob = (usual: number) =>
  share
    .nullable()
    .default(null)
    .describe(
      `Weight of a reward one period later. Higher: looks further ahead and learns from noisier values. null: ${usual}, and 1 where a scenario ends, whose costs count alike whenever they fall due.`,
    )
    .meta(LEFT_TO_SCENARIO);

/** Knobs of an agent whose discount is decided. */
export type Decided<C> = Omit<C, 'discount'> & { readonly discount: number };

/** The knobs with the discount that fits where it is learnt. */
export function decideDiscount<C extends { readonly discount: number | null }>(
  knobs: C,
  { ends = false, usual }: { readonly ends?: boolean; readonly usual: number },
): Decided<C> {
  return { ...knobs, discount: knobs.discount ?? (ends ? 1 : usual) };
}

export const activation = z
  .enum(['relu', 'tanh'])
  .default('relu')
  .describe('Activation of the hidden layers. tanh is smoother, and takes longer on WebAssembly.');

export const learningRate = z
  .number()
  .min(0)
  .default(2e-3)
  .describe("Adam's step size at the start. Higher: faster until it no longer settles.");

export const finalLearningRate = share
  .default(0.02)
  .describe('Part of the learning rate left at the end of the plan, reached in a straight line.');

export const adamEpsilon = z
  .number()
  .positive()
  .default(1e-5)
  .describe("Added to the root of Adam's second moment. Higher: smaller steps where gradients are small.");

export const normaliseObservations = z
  .boolean()
  .default(false)
  .describe(
    'Bring every feature to mean 0 and deviation 1 by running statistics, saved, and frozen outside training. For raw features; those already scaled learn better without.',
  );

export const statisticsRate = share.describe(
  'Least weight of the newest batch in the running statistics of rewards and values. Higher: follows a changing policy sooner, less steadily.',
);
