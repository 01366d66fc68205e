import * as z from 'zod/mini';
import { watchMessage } from './client-messages.ts';
import { interval } from './fields.ts';

/** Raised when a message changes its meaning: a page and a server of different versions do not understand each other. */
export const PROTOCOL_VERSION = 3;

const knob = z.object({ name: z.string(), help: z.string(), value: z.union([z.number(), z.boolean(), z.string()]) });

const scenarioChoice = z.object({
  id: z.string(),
  title: z.string(),
  knobs: z.array(knob),
  /** Locations that order, from the sources down: the seats of a game. Left out: it cannot be played. */
  seats: z.optional(z.array(z.string())),
  /** Periods that it lasts. Left out: it goes on for ever. */
  periods: z.optional(z.number()),
  /** Can another item be tried in it, with the question `item`? Left out: no. */
  anyItem: z.optional(z.boolean()),
});

const policyChoice = z.object({
  /** What `watch` names it by. */
  spec: z.string(),
  title: z.string(),
  /** Ids of the scenarios that it can order in; left out: all. */
  scenarios: z.optional(z.array(z.string())),
});

const agentChoice = z.object({
  name: z.string(),
  /** What can be set of it, beside how long it is trained. */
  knobs: z.array(knob),
});

const runChoice = z.object({
  run: z.string(),
  scenario: z.string(),
  agent: z.string(),
  /** The agent with what is set otherwise than by itself: what tells the run from others of its kind. */
  title: z.string(),
  steps: z.number(),
  finished: z.boolean(),
  startedAt: z.string(),
});

export const helloMessage = z.object({
  type: z.literal('hello'),
  version: z.literal(PROTOCOL_VERSION),
  scenarios: z.array(scenarioChoice),
  policies: z.array(policyChoice),
  /** What to watch first. */
  start: watchMessage,
  /** Agents that can be trained from the page; empty where it starts no training. */
  agents: z.array(agentChoice),
  /** Training runs, the latest first. */
  runs: z.array(runChoice),
  /** A run to follow first: the server was started with its training. */
  follow: z.nullable(z.string()),
});

const level = z.object({ name: z.string(), costPerPeriod: z.number() });

/** The run that is followed: all of it after `follow`, then what is new. */
export const trainingMessage = z.object({
  type: z.literal('training'),
  /** Null while it is being started. */
  run: z.nullable(z.string()),
  scenario: z.string(),
  agent: z.string(),
  seed: z.int(),
  /** `away`: not finished, and not trained by this server; another process may be at it. */
  state: z.enum(['starting', 'training', 'stopped', 'finished', 'failed', 'away']),
  /** Why it failed. */
  message: z.nullable(z.string()),
  /** The points take the place of everything from index `from` on; so for `curve` from `curveFrom` on. */
  from: z.int(),
  /** One per iteration: losses and whatever else the agent measures, by name. */
  points: z.array(z.object({ step: z.number(), seconds: z.number(), metrics: z.record(z.string(), z.number()) })),
  curveFrom: z.int(),
  /** [money/period] on a demand never seen in training, the same for every point. */
  curve: z.array(z.object({ step: z.number(), seconds: z.number(), costPerPeriod: z.number() })),
  /** Environment steps so far, and planned in all. */
  steps: z.number(),
  plannedSteps: z.number(),
  stepsPerSecond: z.nullable(z.number()),
  secondsLeft: z.nullable(z.number()),
  /** What the scenario's usual policies cost on the curve's demand; empty while they are being worked out. */
  baselines: z.array(level),
  /** [money/period] `onCurve`: of the best possible policy, on the curve's demand. */
  optimum: z.nullable(z.object({ costPerPeriod: z.number(), onCurve: z.number() })),
});

const evaluation = z.object({
  id: z.string(),
  scenario: z.string(),
  /** What was set in the scenario, as name=value: the axis of a sweep. */
  settings: z.array(z.string()),
  /** When it was stored: an ISO date and time. */
  at: z.string(),
  seed: z.number(),
  lanes: z.number(),
  periods: z.number(),
  results: z.array(
    z.object({
      policy: z.string(),
      /** As one line of text. */
      parameters: z.string(),
      costPerPeriod: z.number(),
      standardError: z.nullable(z.number()),
      ci95: interval,
      fillRate: z.nullable(z.number()),
      cycleServiceLevel: z.number(),
      /** [money/period] by name. */
      costs: z.record(z.string(), z.number()),
      gapPercent: z.nullable(z.number()),
      gapCi95: interval,
    }),
  ),
  optimum: z.nullable(z.object({ costPerPeriod: z.number() })),
});

/** What `hello` said of policies and runs, anew: told when the training that is followed begins, stops or ends. */
export const offersMessage = z.object({ type: z.literal('offers'), policies: z.array(policyChoice), runs: z.array(runChoice) });

/** What is in the run store, the latest first. */
export const evaluationsMessage = z.object({ type: z.literal('evaluations'), evaluations: z.array(evaluation) });

/** `message` says what was received or went wrong, `expected` what would have been right where that can be said, `of` which message it answers. */
export const errorMessage = z.object({
  type: z.literal('error'),
  message: z.string(),
  expected: z.nullable(z.string()),
  of: z.nullable(z.string()),
});

export type ScenarioChoice = z.infer<typeof scenarioChoice>;
export type KnobChoice = z.infer<typeof knob>;
export type AgentChoice = z.infer<typeof agentChoice>;
export type PolicyChoice = z.infer<typeof policyChoice>;
const cost = z.object({ costPerPeriod: z.number(), ci95: interval });

/** What an item costs, on the same demand, under the network for any item and under the best classic policy, tuned for it. */
export const versusMessage = z.object({
  type: z.literal('versus'),
  /** What was asked about. */
  item: z.object({ shortageCost: z.number(), leadTime: z.number(), mean: z.number(), spread: z.number() }),
  lanes: z.int(),
  periods: z.int(),
  universal: cost,
  classic: z.extend(cost, { policy: z.string(), parameters: z.record(z.string(), z.number()) }),
  /** How much more universal costs: a part of the classic policy's cost. */
  difference: z.object({ mean: z.number(), ci95: interval }),
  /** Is the item outside the network's family? Then its fallback ordered. */
  outside: z.boolean(),
});

export type VersusMessage = z.infer<typeof versusMessage>;
export type RunChoice = z.infer<typeof runChoice>;
export type HelloMessage = z.infer<typeof helloMessage>;
export type TrainingMessage = z.infer<typeof trainingMessage>;
export type StoredEvaluation = z.infer<typeof evaluation>;
export type EvaluationsMessage = z.infer<typeof evaluationsMessage>;
export type ErrorMessage = z.infer<typeof errorMessage>;
