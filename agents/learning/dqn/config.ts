import { z } from 'zod';
import type { VectorEnvironment } from '../../../env/index.ts';
import {
  activation,
  adamEpsilon,
  type Decided,
  decideDiscount,
  discountKnob,
  finalLearningRate,
  learningRate,
  normaliseObservations,
  share,
  statisticsRate,
} from '../common-knobs.ts';

const USUAL_DISCOUNT = 0.95;

/** Every knob of DQN with its default. The texts say the unit, and what higher and lower do. */
export const dqnConfigSchema = z.strictObject({
  steps: z
    .int()
    .min(1)
    .default(1_600_000)
    .describe('Environment steps planned, all lanes together; the schedules end there. Higher: slower and closer to the optimum.'),
  horizon: z
    .int()
    .min(1)
    .default(8)
    .describe('Periods of one iteration: how often metrics are given and training can be saved. Learning goes on in every period.'),
  updates: z
    .int()
    .min(0)
    .default(2)
    .describe('Gradient steps after each period of all lanes. Higher: more learning from each environment step, slower.'),
  minibatch: z.int().min(1).default(512).describe('Rows per gradient step. Higher: less noisy, slower.'),
  capacity: z
    .int()
    .min(1)
    .default(65_536)
    .describe('Steps kept for replay, rounded to whole periods of all lanes. Higher: more varied, older experience, more memory.'),
  learningStarts: z.int().min(0).default(8_192).describe('Environment steps of pure exploration before the first gradient step.'),
  hidden: z.array(z.int().min(1)).default([64, 64]).describe('Widths of the hidden layers. Higher: finer values, slower steps.'),
  activation,
  discount: discountKnob(USUAL_DISCOUNT),
  nStep: z
    .int()
    .min(1)
    .default(4)
    .describe(
      'Periods of rewards in a target before it relies on learned values. Higher: news travels faster, with more noise, and with a bias from exploration.',
    ),
  finalNStep: z
    .int()
    .min(1)
    .default(1)
    .describe(
      'The same once exploration has fallen to its end. Lower: the bias of exploration goes, when values are good enough to be relied on.',
    ),
  double: z
    .boolean()
    .default(true)
    .describe('Choose the next action by the learning network and value it by the target network (less optimism).'),
  dueling: z
    .boolean()
    .default(false)
    .describe(
      "One output for the state's value and one for what each action is better than their mean: what all actions share is learned once.",
    ),
  priority: share
    .default(0)
    .describe(
      'Rows are replayed in proportion to their last error to this power. Higher: more of what was surprising, noise included; 0: evenly.',
    ),
  importance: share
    .default(0.4)
    .describe(
      'How far the bias of uneven replay is undone at the start, reaching 1 at the end of the plan. No effect where replay is even.',
    ),
  averaging: z
    .int()
    .min(0)
    .default(1000)
    .describe(
      'Gradient steps, at most a fifth of those taken, over which the weights of the policy handed out are averaged. Higher: steadier, older; 0: the newest weights.',
    ),
  lookahead: z
    .int()
    .min(0)
    .default(8)
    .describe(
      'Demands tried on copies of every lane, where the environment can, so that targets are averages. Higher: less noise, slower; 0: none.',
    ),
  restart: z
    .int()
    .min(0)
    .default(64)
    .describe(
      'Periods after which all lanes start anew, so that a bad policy of the beginning does not drift away for good; 0: never. Higher: sees more of the long run.',
    ),
  targetEvery: z
    .int()
    .min(1)
    .default(10)
    .describe('Gradient steps between copies of the network to the target network. Higher: steadier, slower.'),
  learningRate,
  finalLearningRate,
  adamEpsilon,
  gradientNorm: z.number().positive().default(10).describe('Largest norm of the gradient. Lower: steadier, slower.'),
  exploration: share.default(1).describe('Part of the actions drawn at random at the start.'),
  finalExploration: share
    .default(0.03)
    .describe('The same after the exploration phase. Higher: sees more, and learns the values of a worse policy nearby.'),
  explorationPart: share.default(0.5).describe('Part of the plan over which exploration falls from its start to its end.'),
  normaliseObservations,
  statisticsRate: statisticsRate.default(0.05),
});

type Knobs = z.output<typeof dqnConfigSchema>;
export type DqnConfig = Decided<Knobs>;
/** What a caller may leave out. */
export type DqnSettings = z.input<typeof dqnConfigSchema>;

/** What is left to the environment decided. */
export const settleDqn = (knobs: Knobs, { ends }: Pick<VectorEnvironment, 'ends'>): DqnConfig =>
  decideDiscount(knobs, { ends, usual: USUAL_DISCOUNT });
