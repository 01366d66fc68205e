import { z } from 'zod';
import type { VectorEnvironment } from '../../../env/index.ts';
import {
  activation,
  adamEpsilon,
  type Decided,
  decideDiscount,
  discountKnob,
  finalLearningRate,
  LEFT_TO_SCENARIO,
  learningRate,
  normaliseObservations,
  share,
  statisticsRate,
} from '../common-knobs.ts';

const USUAL_DISCOUNT = 0.99;
const NETWORK_RESTART = 320;

/** Every knob of PPO with its default. The texts say the unit, and what higher and lower do. */
export const ppoConfigSchema = z.strictObject({
  steps: z
    .int()
    .min(1)
    .default(983_040)
    .describe('Environment steps planned, all lanes together; the schedules end there. Higher: slower and closer to the optimum.'),
  horizon: z
    .int()
    .min(1)
    .default(32)
    .describe(
      'Periods that every lane is run between updates. Higher: advantages look further along the real path, and the policy is renewed more rarely.',
    ),
  restart: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      `Periods after which all lanes start anew, when an update is due, so that it is not forgotten what to do where the policy no longer comes; 0: never. Higher: sees more of the long run. null: ${NETWORK_RESTART} with several stock points that go on for ever, since all can be empty at once; else never.`,
    )
    .meta(LEFT_TO_SCENARIO),
  epochs: z
    .int()
    .min(1)
    .default(4)
    .describe(
      'Passes over what was collected. Higher: more learning from each step, until the policy strays from the one that collected it.',
    ),
  minibatch: z
    .int()
    .min(1)
    .default(512)
    .describe('Rows per gradient step. Higher: fewer, less noisy gradient steps; lower: more of them, noisier and slower.'),
  hidden: z
    .array(z.int().min(1))
    .default([32, 32])
    .describe('Widths of the hidden layers of both networks. Higher: finer policies, slower steps.'),
  activation,
  shared: z
    .boolean()
    .default(false)
    .describe('One network for policy and values in place of two. Fewer weights to learn; the two then pull at the same features.'),
  valueWeight: z
    .number()
    .positive()
    .default(0.5)
    .describe("Weight of the values' loss beside the policy's in a shared network. Higher: values first; no effect on separate networks."),
  discount: discountKnob(USUAL_DISCOUNT),
  lambda: share
    .default(0.9)
    .describe(
      'How far advantages rely on what happened instead of on learned values. Higher: less bias, more noise; 0.95 suits training without lookahead.',
    ),
  lookahead: z
    .int()
    .min(0)
    .default(8)
    .describe(
      'Demands tried on copies of every lane, where the environment can, to replace the one that happened by an average. Higher: less noise, slower; 0: none.',
    ),
  siblings: z
    .int()
    .min(1)
    .default(8)
    .describe(
      "Lanes that face the same demand, where training does not look ahead: the mean error of a lane's siblings is taken off its own. Higher: less noise of demand, fewer different demands; 1: none.",
    ),
  learningRate,
  finalLearningRate,
  clip: z
    .number()
    .positive()
    .default(0.2)
    .describe("Farthest that an action's probability is pushed, as a ratio to 1, in one update. Higher: bolder updates."),
  targetKl: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe(
      'Divergence from the policy that collected [nats] at which the rest of an update is left out (a minibatch beyond 1.5 times this). Lower: more careful; null: never.',
    ),
  entropy: z.number().min(0).default(0.01).describe('Reward for spread in the policy at the start. Higher: explores longer.'),
  finalEntropy: z.number().min(0).default(0).describe('The same at the end of the plan.'),
  gradientNorm: z
    .number()
    .positive()
    .default(0.5)
    .describe('Largest norm of a gradient, for actor and critic apart. Lower: steadier, slower.'),
  adamEpsilon,
  normaliseAdvantages: z.boolean().default(true).describe('Bring the advantages of each minibatch to mean 0 and deviation 1.'),
  normaliseObservations,
  statisticsRate: statisticsRate.default(0.3),
});

type Knobs = z.output<typeof ppoConfigSchema>;
export type PpoConfig = Decided<Omit<Knobs, 'restart'>> & { readonly restart: number };
/** What a caller may leave out. */
export type PpoSettings = z.input<typeof ppoConfigSchema>;

/** What is left to the environment decided. */
export function settlePpo(knobs: Knobs, { ends, stockPoints = 1 }: Pick<VectorEnvironment, 'ends' | 'stockPoints'>): PpoConfig {
  const restart = knobs.restart ?? (stockPoints > 1 && !ends ? NETWORK_RESTART : 0);
  return { ...decideDiscount(knobs, { ends, usual: USUAL_DISCOUNT }), restart };
}
