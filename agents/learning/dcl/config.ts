import { z } from 'zod';
import { LEFT_TO_SCENARIO, share } from '../common-knobs.ts';

/** Every knob of DCL with its default. The texts say the unit, and what higher and lower do. */
export const dclConfigSchema = z.strictObject({
  steps: z
    .int()
    .min(1)
    .default(600_000_000)
    .describe(
      'Work planned, in simulated periods of one stock point, all lanes together, about as long as they take: a network with six counts as 6 in each period, a row of a gradient step as 100, and a decision of a neural network that cannot be looked up as a 64th of its weights. Higher: more states, a policy closer to the optimum, slower.',
    ),
  base: z
    .string()
    .default('')
    .describe(
      "Policy to start from: a name (tuned), name:key=value,key=value, or run:ID. Empty: the cheapest of the scenario's baselines. The better it is, the fewer generations are needed.",
    )
    .meta(LEFT_TO_SCENARIO),
  generations: z
    .int()
    .min(1)
    .default(2)
    .describe(
      'Improvements of the policy, each with an equal part of the work; fewer where later ones, which follow a network, could try less than 1,000 states each. Higher: further from the base policy, with fewer states in each.',
    ),
  paths: z
    .int()
    .min(1)
    .default(64)
    .describe(
      'Paths of demand and supply that every action of a state is tried on in the first generation. Higher: truer comparisons in fewer states.',
    ),
  movedPaths: z
    .int()
    .min(1)
    .default(4)
    .describe(
      'The same in a network of several stock points with too many actions to list, where every link is moved by itself. Few: no two states are alike, and more of them teach more than truer comparisons do.',
    ),
  pathGrowth: z
    .number()
    .min(1)
    .default(4)
    .describe('Times as many paths in each generation as in the one before: the differences that are left are smaller.'),
  horizon: z
    .int()
    .min(1)
    .default(40)
    .describe('Periods that a path is followed. Higher: sees later consequences, with more noise, slower; several lead times are needed.'),
  listed: z
    .int()
    .min(2)
    .default(128)
    .describe('Most actions that are all tried in each state; where the action space has more, some are drawn around the policy at hand.'),
  candidates: z
    .int()
    .min(2)
    .default(24)
    .describe('Actions tried in a state where they are drawn. Higher: finds better ones, in fewer states.'),
  finalists: z
    .int()
    .min(2)
    .default(5)
    .describe(
      'Actions tried in a state after the first generation: the likeliest of the network. Higher: can correct more, in fewer states.',
    ),
  randomOrders: share
    .default(0.1)
    .describe(
      'Part of the orders drawn at random while states are collected. Higher: sees more states that the policy itself would not come to.',
    ),
  restarts: share
    .default(0.2)
    .describe(
      'Part of the lanes that start anew, from a stock drawn at random, before each collection of states. Higher: more unusual states.',
    ),
  spacing: z.int().min(1).default(8).describe('Periods between collections of states, on average. Higher: states less alike, slower.'),
  temperature: z
    .number()
    .positive()
    .default(2)
    .describe(
      'Sharpness of the targets softmax(-cost / t): t as a multiple of the standard error of a comparison. Higher: noise is averaged out, and small differences too.',
    ),
  fitPart: share.default(0.3).describe('Part of the work that goes into fitting the network. Higher: a closer fit to fewer states.'),
  evaluationPart: share
    .default(0.05)
    .describe('Part of the work that goes into comparing the new policy with the one before. Higher: a surer choice.'),
  minibatch: z.int().min(1).default(1_024).describe('Rows per gradient step. Higher: fewer, less noisy gradient steps.'),
  hidden: z.array(z.int().min(1)).default([64, 64]).describe('Widths of the hidden layers. Higher: finer policies, slower.'),
  activation: z
    .enum(['relu', 'tanh'])
    .default('relu')
    .describe('Activation of the hidden layers. tanh is smoother, and takes longer on WebAssembly.'),
  learningRate: z
    .number()
    .min(0)
    .default(3e-3)
    .describe("Adam's step size at the start of a fit. Higher: faster until it no longer settles."),
  finalLearningRate: share.default(0.01).describe('Part of the learning rate left at the end of a fit, reached in a straight line.'),
});

export type DclConfig = z.output<typeof dclConfigSchema>;
/** What a caller may leave out. */
export type DclSettings = z.input<typeof dclConfigSchema>;
