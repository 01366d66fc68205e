import * as z from 'zod/mini';
import { above0, flag, knobs, LIMITS, policySpec, runId, text, whole } from './fields.ts';

const policySpecs = z.array(policySpec, { error: 'a list of policies' }).check(
  z.minLength(1, { error: 'at least 1 policy' }),
  z.maxLength(LIMITS.policies, { error: `at most ${LIMITS.policies} policies` }),
  z.refine((specs) => new Set(specs).size === specs.length, { error: 'each policy once' }),
);

/** Who orders at a location: a person, or a policy by its spec. */
const game = z.object(
  {
    seats: z
      .record(text('the id of a location'), policySpec, { error: 'an object of locations and who orders there: "human" or a policy' })
      .check(
        z.refine((seats) => Object.keys(seats).length <= LIMITS.seats, { error: `at most ${LIMITS.seats} seats` }),
        z.refine((seats) => Object.values(seats).includes('human'), { error: 'at least one seat that is "human"' }),
      ),
  },
  { error: 'an object with the seats of a game, or null' },
);

/** Asks for an episode, all policies on the same demand; with a `game`, one in which people order beside them. */
export const watchMessage = z
  .object({
    type: z.literal('watch'),
    scenario: text('the id of a scenario'),
    set: z._default(knobs, () => ({})),
    policies: policySpecs,
    seed: whole(0, LIMITS.seed),
    periods: whole(1, LIMITS.periods),
    /** Which entry of a catalogue; elsewhere which replication. */
    lane: z._default(whole(0, 1_000_000), 0),
    /** Which item of a network of several is shown; null: the sum of all. */
    item: z._default(z.nullable(whole(0, 10_000)), null),
    /** Periods to catch up with at once: where a page was whose session is gone. */
    played: z._default(whole(0, LIMITS.periods), 0),
    play: z._default(flag(), false),
    speed: z._default(above0(LIMITS.speed), 4),
    /** Are the policies to be evaluated on many lanes beside it? Then `scores` follows. */
    scores: z._default(flag(), false),
    /** Whoever opens a game sits on its first human seat. */
    game: z._default(z.nullable(game), null),
  })
  .check(
    z.refine(({ game, policies }) => game === null || policies.length <= LIMITS.rivals, {
      error: `at most ${LIMITS.rivals} policies beside a player`,
      path: ['policies'],
    }),
  );

const actions = ['play', 'pause', 'step', 'end', 'restart', 'speed', 'seed'] as const;

/** Steers the session; everybody in it sees what follows. A game goes on by its orders: it can be restarted and given another seed. */
export const controlMessage = z.object({
  type: z.literal('control'),
  action: z.enum(actions, { error: `one of ${actions.join(', ')}` }),
  /** [periods/second]; goes on as it was when left out. */
  speed: z.optional(above0(LIMITS.speed)),
  /** For `seed`: what to start over with; left out: the next one. */
  seed: z.optional(whole(0, LIMITS.seed)),
});

/** A player's orders for the period that is due: one quantity per link of the seat, in the order of `watching.game.seats`. */
export const orderMessage = z.object({
  type: z.literal('order'),
  period: whole(1, LIMITS.periods),
  orders: z
    .array(
      z
        .number({ error: 'a number of units' })
        .check(z.minimum(0, { error: '0 or more units' }), z.maximum(LIMITS.order, { error: `at most ${LIMITS.order}` })),
      { error: 'a list of quantities' },
    )
    .check(z.maxLength(100, { error: 'at most 100 quantities' })),
});

/** Joins a session that is there: to watch along, to take a seat of its game, or to come back after a lost connection. */
export const joinMessage = z.object({
  type: z.literal('join'),
  session: text('the id of a session'),
  /** A location of the game; left out: to watch. */
  seat: z.optional(text('the id of a location')),
  /** What `watching.seat.key` said, to come back to a seat. */
  key: z.optional(text('the key of a seat')),
  /** Frames that the client holds already: only what follows is sent. */
  have: z._default(whole(0, LIMITS.periods), 0),
});

/** What would each policy order in the player's place, this period? */
export const hintMessage = z.object({ type: z.literal('hint') });

/** Why did a policy order what it ordered? */
export const explainMessage = z.object({
  type: z.literal('explain'),
  period: whole(1, LIMITS.periods),
  /** Index into `watching.names`. */
  policy: whole(0, LIMITS.policies),
});

/** Follows a training run, started anywhere; null: no longer. */
export const followMessage = z.object({ type: z.literal('follow'), run: z.nullable(runId) });

/** Starts, stops or resumes training in a process of its own; the run is followed from then on. */
export const trainMessage = z.discriminatedUnion(
  'action',
  [
    z.object({
      type: z.literal('train'),
      action: z.literal('start'),
      scenario: text('the id of a scenario'),
      set: z._default(knobs, () => ({})),
      agent: text('ppo, dqn or dcl'),
      /** Knobs of the agent. */
      settings: z._default(knobs, () => ({})),
      /** About how long; the agent's own number of steps where both are left out. */
      seconds: z.optional(whole(1, LIMITS.seconds)),
      steps: z.optional(whole(1, LIMITS.steps)),
      seed: z._default(whole(0, LIMITS.seed), 0),
    }),
    z.object({ type: z.literal('train'), action: z.literal('stop'), run: runId }),
    z.object({ type: z.literal('train'), action: z.literal('resume'), run: runId, steps: z.optional(whole(1, LIMITS.steps)) }),
  ],
  { error: 'start, stop or resume' },
);

/** What would this item cost under the network for any item, and under the best classic policy? Of what is asked while one is worked out the newest is answered. */
export const itemMessage = z.object({
  type: z.literal('item'),
  scenario: text('the id of a scenario'),
  /** Knobs of the scenario; the four numbers are laid over them. */
  set: z._default(knobs, () => ({})),
  /** [money/unit] */
  shortageCost: above0(LIMITS.shortageCost),
  /** [periods] */
  leadTime: whole(0, LIMITS.leadTime),
  /** [units/period] */
  mean: above0(LIMITS.mean),
  /** Variance over mean. */
  spread: above0(LIMITS.spread),
});

/** Asks for the evaluations in the run store. */
export const compareMessage = z.object({
  type: z.literal('compare'),
  /** Of one scenario only. */
  scenario: z.optional(text('the id of a scenario')),
});

const kinds = {
  watch: watchMessage,
  control: controlMessage,
  order: orderMessage,
  join: joinMessage,
  hint: hintMessage,
  explain: explainMessage,
  follow: followMessage,
  train: trainMessage,
  item: itemMessage,
  compare: compareMessage,
};

export const clientMessage = z.discriminatedUnion(
  'type',
  [
    watchMessage,
    controlMessage,
    orderMessage,
    joinMessage,
    hintMessage,
    explainMessage,
    followMessage,
    trainMessage,
    itemMessage,
    compareMessage,
  ],
  { error: `an object whose type is one of ${Object.keys(kinds).join(', ')}` },
);

export type WatchMessage = z.infer<typeof watchMessage>;
export type WatchRequest = z.input<typeof watchMessage>;
export type ControlMessage = z.infer<typeof controlMessage>;
export type ControlAction = ControlMessage['action'];
export type OrderMessage = z.infer<typeof orderMessage>;
export type JoinMessage = z.infer<typeof joinMessage>;
export type ExplainMessage = z.infer<typeof explainMessage>;
export type ItemMessage = z.infer<typeof itemMessage>;
export type TrainMessage = z.infer<typeof trainMessage>;
export type TrainRequest = z.input<typeof trainMessage>;
export type ClientMessage = z.infer<typeof clientMessage>;
export type ClientRequest = z.input<typeof clientMessage>;
export type ClientMessageType = ClientMessage['type'];
