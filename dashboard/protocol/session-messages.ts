import * as z from 'zod/mini';
import { watchMessage } from './client-messages.ts';
import { interval } from './fields.ts';
import { frame, policyTotals } from './frame.ts';

const named = z.object({ id: z.string(), description: z.optional(z.string()) });

/** What is being waited for before `watching` can come. */
export const openingMessage = z.object({
  type: z.literal('opening'),
  doing: z.enum(['loading', 'tuning', 'solving', 'starting']),
  /** The policy that it is about. */
  policy: z.nullable(z.string()),
});

const network = z.object({
  /** From the sources down; `rank` is the number of links on the longest way from the outside source, from 1: a column of the drawing. */
  locations: z.array(
    z.object({
      id: z.string(),
      rank: z.int(),
      demand: z.boolean(),
      /**
       * What its stock and its shortages cost [money/unit/period], and which part of what it cannot serve waits (0: lost, at that price a unit); null where its
       * items differ.
       */
      costs: z.nullable(z.object({ holding: z.number(), shortage: z.number(), backlogged: z.number() })),
    }),
  ),
  /** `from` is "supplier" for the outside source. */
  links: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      /** [periods]; the mean, rounded, where it is drawn. */
      leadTime: z.number(),
    }),
  ),
  /** Items that move through it; what `watch.item` chooses from. */
  items: z.array(named),
});

const seat = z.object({
  location: z.string(),
  /** "human", or the spec of a policy. */
  by: z.string(),
  /** The quantities that `order` gives, by link. */
  links: z.array(z.string()),
});

/** The session that the client is in now. After `control` with another seed it comes again, with the same session. */
export const watchingMessage = z.object({
  type: z.literal('watching'),
  /** To join it by. */
  session: z.string(),
  /** What was asked for, with nothing left out. */
  watch: watchMessage,
  title: z.string(),
  /** One per entry of a frame's `policies`; in a game the first are the players, then come the policies of `watch`. */
  names: z.array(z.string()),
  /** What `lane` chooses from; empty where the scenario knows only one thing. */
  items: z.array(named),
  network,
  /** Names of the cost parts that can differ from 0 here. */
  costParts: z.array(z.string()),
  /** [money/period] of the best possible policy, where it is known by now. */
  optimum: z.nullable(z.object({ costPerPeriod: z.number() })),
  playing: z.boolean(),
  game: z.nullable(z.object({ seats: z.array(seat) })),
  /** The seat that the client holds, and the key to come back to it by. */
  seat: z.nullable(z.object({ location: z.string(), key: z.string() })),
});

/** `frames` take the place of everything from index `from` on: an empty list at 0 is a restart. */
export const framesMessage = z.object({ type: z.literal('frames'), from: z.int(), frames: z.array(frame) });

/** Told to everybody in a session when it starts or stops to play, or its speed changes. */
export const playingMessage = z.object({ type: z.literal('playing'), playing: z.boolean(), speed: z.number() });

export const endMessage = z.object({
  type: z.literal('end'),
  totals: z.array(policyTotals),
  optimum: z.nullable(z.object({ costPerPeriod: z.number() })),
});

/** What `evaluate` finds with the same scenario, seed, policies and periods on `lanes` lanes: the interval belongs to the long run, not to the one episode shown. */
export const scoresMessage = z.object({
  type: z.literal('scores'),
  lanes: z.int(),
  periods: z.int(),
  results: z.array(
    z.object({
      name: z.string(),
      /** [money/period] */
      costPerPeriod: z.number(),
      ci95: interval,
      /** [money/period] in the order of `watching.costParts`. */
      costs: z.array(z.number()),
      fillRate: z.nullable(z.number()),
      cycleServiceLevel: z.number(),
      /** Above the optimum, on the same demand, in percent of it; null where none is known. */
      gapPercent: z.nullable(z.number()),
      gapCi95: interval,
    }),
  ),
  optimum: z.nullable(z.object({ costPerPeriod: z.number() })),
});

const seenLocation = z.object({
  location: z.string(),
  onHand: z.number(),
  backlog: z.number(),
  /** [units] on the way, and ordered but not shipped yet. */
  onOrder: z.number(),
  awaited: z.number(),
  /** On hand and on the way less what is owed. */
  position: z.number(),
  lastDemand: z.number(),
  /** The period's own demand and those that follow, as far as its slowest link reaches [units]; empty where there is none. */
  forecast: z.array(z.object({ mean: z.number(), p10: z.number(), p90: z.number() })),
});

/** Who sits where in a game, and whose orders are waited for. Told to everybody in it, at each change. */
export const seatsMessage = z.object({
  type: z.literal('seats'),
  /** The period whose orders are due. */
  period: z.int(),
  seats: z.array(
    z.object({
      location: z.string(),
      by: z.string(),
      /** Has somebody sat down there? Always so for a policy. */
      taken: z.boolean(),
      /** Is whoever did so connected? */
      here: z.boolean(),
      ordered: z.boolean(),
      /** What whoever orders there can see now. */
      sees: z.optional(seenLocation),
    }),
  ),
});

/** What each policy would order in the player's place; "optimal" is among them where the optimum is known. */
export const hintMessage = z.object({
  type: z.literal('hint'),
  period: z.int(),
  seat: z.string(),
  hints: z.array(z.object({ name: z.string(), orders: z.array(z.number()) })),
});

/** A classic rule at work on one link. What it does not have is null. */
const rule = z.object({
  link: z.string(),
  position: z.number(),
  reorderPoint: z.nullable(z.number()),
  orderUpTo: z.nullable(z.number()),
  quantity: z.nullable(z.number()),
});

/** What a learned agent held of its choices: probabilities, or values (money from here on, larger is better). The likeliest or best ones first. */
const choices = z.object({
  of: z.enum(['probability', 'value']),
  /** The link that it is about; null: each option is an order for all links. */
  link: z.nullable(z.string()),
  options: z.array(z.object({ orders: z.array(z.number()), value: z.number(), taken: z.boolean() })),
});

/** Of a table of states: what it orders with more or less stock, all else equal. */
const nearby = z.object({ stock: z.number(), orders: z.array(z.number()), here: z.boolean() });

/** Of a plan: its orders on a link, this period's first. */
const planned = z.object({ link: z.string(), orders: z.array(z.number()) });

export const explanationMessage = z.object({
  type: z.literal('explanation'),
  period: z.int(),
  policy: z.int(),
  name: z.string(),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())])),
  saw: z.array(seenLocation),
  /** [link] in the order of `watching.network`. */
  orders: z.array(z.number()),
  rules: z.array(rule),
  choices: z.array(choices),
  nearby: z.array(nearby),
  planned: z.array(planned),
  /** [link] What the optimum would have ordered in this very state; null where it is not known. */
  optimum: z.nullable(z.array(z.number())),
});

const side = z.object({ name: z.string(), totalCost: z.number(), costs: z.array(z.number()) });

/** What went wrong in a period: customers (or other locations) went short, there was more stock than needed, orders cost much, or stock was thrown away. */
const reason = z.object({
  kind: z.enum(['short', 'surplus', 'ordering', 'discarded']),
  location: z.string(),
  /** [units] short, too many, ordered, or thrown away. */
  units: z.number(),
  /** [money] that it cost in the period. */
  cost: z.number(),
  /** The period whose order could have changed it, and what was ordered then; null where none could. */
  orderPeriod: z.nullable(z.int()),
  ordered: z.nullable(z.number()),
});

/** At the end of a game: money over all its periods; cost parts in the order of `watching.costParts`. */
export const debriefMessage = z.object({
  type: z.literal('debrief'),
  you: side,
  /** The policies that ordered beside you, and "optimal" where the optimum is known: each on the same demand. */
  against: z.array(side),
  /** [location] yours. */
  locations: z.array(z.object({ location: z.string(), cost: z.number() })),
  /** The three periods that cost you most beyond the cheapest of them. */
  worst: z.array(
    z.object({ period: z.int(), cost: z.number(), reference: z.string(), referenceCost: z.number(), reasons: z.array(reason) }),
  ),
});

export type WatchedItem = z.infer<typeof named>;
export type OpeningMessage = z.infer<typeof openingMessage>;
export type WatchedNetwork = z.infer<typeof network>;
export type WatchingMessage = z.infer<typeof watchingMessage>;
export type Seat = z.infer<typeof seat>;
export type SeatsMessage = z.infer<typeof seatsMessage>;
export type ScoresMessage = z.infer<typeof scoresMessage>;
export type HintMessage = z.infer<typeof hintMessage>;
export type ExplanationMessage = z.infer<typeof explanationMessage>;
export type DebriefMessage = z.infer<typeof debriefMessage>;
export type DebriefReason = z.infer<typeof reason>;
