import * as z from 'zod';

/** Raised when a message changes its meaning: a page and a server of different versions do not understand each other. */
export const PROTOCOL_VERSION = 1;

/** What a client may ask for at most. */
export const LIMITS = { policies: 4, periods: 5000, speed: 1000, seed: 2 ** 32 - 1, knobs: 40, text: 200, framesPerMessage: 200 } as const;

function whole(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function text(error: string) {
  return z.string({ error }).min(1, { error }).max(LIMITS.text, { error });
}

function above0(most: number) {
  const error = `a number above 0 and at most ${most}`;
  return z.number({ error }).positive({ error }).max(most, { error });
}

const knobValue = z.union([z.number(), z.boolean(), z.string().max(LIMITS.text)], {
  error: `a number, true, false or at most ${LIMITS.text} letters`,
});
const knobs = z
  .record(z.string().min(1).max(LIMITS.text), knobValue, { error: 'an object of knob names and values' })
  .refine((set) => Object.keys(set).length <= LIMITS.knobs, { error: `at most ${LIMITS.knobs} knobs` });
const policySpecs = z
  .array(text('the name of a policy, such as "s-S" or "run:ID"'), { error: 'a list of policies' })
  .min(1, { error: 'at least 1 policy' })
  .max(LIMITS.policies, { error: `at most ${LIMITS.policies} policies` })
  .refine((specs) => new Set(specs).size === specs.length, { error: 'each policy once' });

/** Asks for an episode: the same demand for every policy. */
export const watchMessage = z.object({
  type: z.literal('watch'),
  scenario: text('the id of a scenario'),
  set: knobs.default({}),
  policies: policySpecs,
  seed: whole(0, LIMITS.seed),
  periods: whole(1, LIMITS.periods),
  /** Which item of a catalogue, 0 where there is one. */
  lane: whole(0, 1_000_000).default(0),
  /** Periods to catch up with at once: where a page that lost its connection was. */
  played: whole(0, LIMITS.periods).default(0),
  play: z.boolean({ error: 'true or false' }).default(false),
  speed: above0(LIMITS.speed).default(4),
});

const actions = ['play', 'pause', 'step', 'end', 'restart'] as const;

export const controlMessage = z.object({
  type: z.literal('control'),
  action: z.enum(actions, { error: `one of ${actions.join(', ')}` }),
  /** [periods/second]; goes on as it was when left out. */
  speed: above0(LIMITS.speed).optional(),
});

export const clientMessage = z.discriminatedUnion('type', [watchMessage, controlMessage], {
  error: 'an object whose type is "watch" or "control"',
});

const named = z.object({ id: z.string(), description: z.string().optional() });

const scenarioChoice = z.object({
  id: z.string(),
  title: z.string(),
  knobs: z.array(z.object({ name: z.string(), help: z.string(), value: z.union([z.number(), z.boolean(), z.string()]) })),
});

const policyChoice = z.object({
  /** What `watch` names it by. */
  spec: z.string(),
  title: z.string(),
  /** Ids of the scenarios that it can order in; left out: all. */
  scenarios: z.array(z.string()).optional(),
});

export const helloMessage = z.object({
  type: z.literal('hello'),
  version: z.literal(PROTOCOL_VERSION),
  scenarios: z.array(scenarioChoice),
  policies: z.array(policyChoice),
  /** What to watch first. */
  start: watchMessage,
});

export const watchingMessage = z.object({
  type: z.literal('watching'),
  session: z.string(),
  /** What was asked for, with nothing left out. */
  watch: watchMessage,
  title: z.string(),
  /** One per policy. */
  names: z.array(z.string()),
  /** What `lane` chooses from; empty where the scenario knows only one thing. */
  items: z.array(named),
});

/** One policy's side of one period. Sums over locations and links where there are several. */
const policyFrame = z.object({
  /** [units] ordered in the period. */
  orders: z.number(),
  /** [units] when the order was due: after receipt, before demand. */
  onHand: z.number(),
  /** [units] of demand waiting at that moment. */
  backlog: z.number(),
  /** [units] on the way at that moment, this period's order not yet among them. */
  onOrder: z.number(),
  /** [units] of the period's demand that were served at once. */
  served: z.number(),
  /** [money] */
  cost: z.number(),
  /** [money] from the first watched period to this one. */
  totalCost: z.number(),
});

export const frame = z.object({
  /** Number of the watched period, from 1: the warm-up before it is not counted. */
  period: z.int(),
  /** [units] */
  demand: z.number(),
  /** What was expected of this demand when the order was placed [units]. */
  forecast: z.object({ mean: z.number(), p10: z.number(), p90: z.number() }),
  policies: z.array(policyFrame),
});

/** `frames` take the place of everything from index `from` on: an empty list at 0 is a restart. */
export const framesMessage = z.object({ type: z.literal('frames'), from: z.int(), frames: z.array(frame) });

const policyTotals = z.object({
  /** [money] */
  totalCost: z.number(),
  /** [money/period] */
  costPerPeriod: z.number(),
  /** Part of demand served at once, 0 to 1; null where nothing was demanded. */
  fillRate: z.number().nullable(),
});

export const endMessage = z.object({
  type: z.literal('end'),
  totals: z.array(policyTotals),
  optimum: z.object({ costPerPeriod: z.number() }).nullable(),
});

/** `message` says what was received or went wrong, `expected` what would have been right where that can be said. */
export const errorMessage = z.object({ type: z.literal('error'), message: z.string(), expected: z.string().nullable() });

export const serverMessage = z.discriminatedUnion('type', [helloMessage, watchingMessage, framesMessage, endMessage, errorMessage]);

export type WatchMessage = z.infer<typeof watchMessage>;
export type WatchRequest = z.input<typeof watchMessage>;
export type ControlMessage = z.infer<typeof controlMessage>;
export type ControlAction = ControlMessage['action'];
export type ClientMessage = z.infer<typeof clientMessage>;
export type ScenarioChoice = z.infer<typeof scenarioChoice>;
export type PolicyChoice = z.infer<typeof policyChoice>;
export type WatchedItem = z.infer<typeof named>;
export type Frame = z.infer<typeof frame>;
export type PolicyFrame = z.infer<typeof policyFrame>;
export type PolicyTotals = z.infer<typeof policyTotals>;
export type ErrorMessage = z.infer<typeof errorMessage>;
export type ServerMessage = z.infer<typeof serverMessage>;

/** A client's message, or the answer that tells it what was wrong with it. */
export function readClientMessage(data: string): ClientMessage | ErrorMessage {
  let received: unknown;
  try {
    received = JSON.parse(data);
  } catch {
    return { type: 'error', message: `received ${shown(data)}, which is not JSON`, expected: 'one JSON object a message' };
  }
  const result = clientMessage.safeParse(received);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue.path.join('.') || 'message';
  return { type: 'error', message: `${where}: received ${shown(at(received, issue.path))}`, expected: issue.message };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  return found;
}

function shown(value: unknown): string {
  const written = value === undefined ? 'nothing' : JSON.stringify(value);
  return written.length > 80 ? `${written.slice(0, 80)}...` : written;
}

/** What each policy has come to over the given frames: the page's table and the server's `end` are this same sum. */
export function totalsOf(frames: readonly Frame[], policies: number): PolicyTotals[] {
  let demand = 0;
  for (const frame of frames) demand += frame.demand;
  return Array.from({ length: policies }, (_, k) => {
    let served = 0;
    for (const frame of frames) served += frame.policies[k].served;
    const totalCost = frames.length > 0 ? frames[frames.length - 1].policies[k].totalCost : 0;
    return {
      totalCost,
      costPerPeriod: frames.length > 0 ? totalCost / frames.length : 0,
      fillRate: demand > 0 ? served / demand : null,
    };
  });
}
