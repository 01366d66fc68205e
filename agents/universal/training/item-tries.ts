import { compileNetwork, createStream, type Scenario, UserError } from '../../../env/index.ts';
import { cappedBaseStock } from '../../baselines/index.ts';
import { Collector } from '../../learning/dcl/collector.ts';
import { policyPlayer } from '../../learning/dcl/player.ts';
import { Rollouts } from '../../learning/dcl/rollouts.ts';
import { tune } from '../../tuning/index.ts';
import { beyondReach, whyNotLostSales } from '../bounds.ts';
import { itemFeatures, STATE_FEATURES, stateFeatures, writeStateFeatures } from '../features.ts';
import { type ItemFacts, itemFacts, largestOrder } from '../item-facts.ts';
import { KNOTS, triedOrders } from '../order-knots.ts';
import { type CappedLevels, type RuleCoefficients, ruleLevels } from '../quick-rule.ts';

/** How an item's states are come to, and how orders are tried in them. */
export interface TriesConfig {
  /** States per item. */
  readonly states: number;
  /** Paths of demand that each order is tried on. */
  readonly paths: number;
  /** [periods] followed beyond the lead time. */
  readonly horizon: number;
  /** Part of the orders drawn at random on the way to the states, part of the lanes that start anew, and mean periods between two looks. */
  readonly randomOrders: number;
  readonly restarts: number;
  readonly spacing: number;
}

/** What came of trying orders in states of one item, in the order of `triedOrders`. */
export interface ItemTries {
  readonly facts: ItemFacts;
  readonly itemFeatures: Float64Array;
  /** [state][feature] */
  readonly stateFeatures: Float32Array;
  /** [state][knot] cost over the horizon; NaN where fewer orders were tried. */
  readonly costs: Float64Array;
  /** [state] standard error of the difference between neighbouring orders. */
  readonly noise: Float64Array;
  /** Periods simulated, all lanes together. */
  readonly work: number;
}

/** Simulated periods per round of the search for one item's levels. */
const TUNING_STEPS = 400_000;
/** Looks after which states are taken: the first ones still show where the lanes started. */
const LOOKS = 2;

/** Facts of a family's item, in the scenario's own units. @throws UserError where the network cannot order for it */
export function trainingFacts(scenario: Scenario): ItemFacts {
  const network = compileNetwork(scenario, 1);
  const [node] = network.nodes;
  const structure = network.nodes.length > 1 ? `it has ${network.nodes.length} stock points; expected one` : whyNotLostSales(network);
  if (structure !== undefined) throw new UserError(`family "${scenario.id}": ${structure}`);
  const facts = itemFacts({ scenario, node, arc: network.arcs[node.inbound[0]], lane: 0, represents: 0 }, Infinity);
  const reason = beyondReach(facts);
  if (reason !== undefined) throw new UserError(`family "${scenario.id}": ${reason}`);
  return facts;
}

/** The levels of an item's best capped base stock by a quick search; null where it is best to sell nothing at all. */
export function quickLevels(scenario: Scenario, facts: ItemFacts): CappedLevels | null {
  const { parameters, costPerPeriod } = tune({ scenario, family: 'capped-base-stock', laneSteps: TUNING_STEPS, exactStates: 0 });
  const { S, r } = parameters;
  const [{ holdingCost }] = compileNetwork(scenario, 1).nodes;
  const nothingSold = facts.shortageRatio * facts.mean * holdingCost[0];
  if (typeof S !== 'number' || typeof r !== 'number' || S < 1 || costPerPeriod > 0.98 * nothingSold) return null;
  return { S, r };
}

export interface TryOptions {
  readonly scenario: Scenario;
  readonly rule: RuleCoefficients;
  readonly config: TriesConfig;
  /** Of everything drawn: another one for each item. */
  readonly seed: number;
}

/** Tries orders in some states that a quick capped base stock comes to: each once, then that policy orders on, all on the same paths of demand. */
export function tryItem({ scenario, rule, config, seed }: TryOptions): ItemTries {
  const { states, paths, horizon, ...collecting } = config;
  const facts = trainingFacts(scenario);
  const levels = ruleLevels(facts, rule);
  const player = policyPlayer(cappedBaseStock({ S: levels.S, r: facts.leadTime === 0 ? levels.S : levels.r }));
  const largest = largestOrder(facts);
  const agentInterface = { actions: { kind: 'quantity', max: largest }, observation: ['lot'] } as const;
  const collector = new Collector({ scenario, agentInterface, lanes: states, seed, ...collecting });
  for (let look = 0; look < LOOKS; look++) collector.collect(player);
  const orders = triedOrders(largest);
  const candidates = orders.length;
  const rollouts = new Rollouts({
    scenario,
    collected: states,
    candidates,
    paths,
    horizon: facts.leadTime + horizon,
    random: createStream(seed, 'tries'),
  });
  const forced = Float64Array.from({ length: candidates * states }, (_, k) => orders[Math.floor(k / states)]);
  const costs = new Float64Array(candidates * states);
  const noise = new Float64Array(states);
  let work = 0;
  for (let state = 0; state < states; state += rollouts.states) {
    rollouts.run({ origin: collector.simulator, player, orders: forced }, state, { costs, noise, to: state });
    work += rollouts.work;
  }
  return {
    facts,
    itemFeatures: itemFeatures(facts, levels),
    stateFeatures: featuresOf(collector, facts, states),
    costs: Float64Array.from({ length: states * KNOTS }, (_, k) =>
      k % KNOTS < candidates ? costs[Math.floor(k / KNOTS) * candidates + (k % KNOTS)] : Number.NaN,
    ),
    noise,
    work,
  };
}

function featuresOf({ simulator: { view } }: Collector, facts: ItemFacts, states: number): Float32Array {
  const features = new Float32Array(states * STATE_FEATURES);
  const state = stateFeatures(facts);
  const numbers = new Float64Array(state.length);
  for (let lane = 0; lane < states; lane++) {
    for (let i = 0; i < state.length; i++) numbers[i] = i === 0 ? view.onHand[lane] : view.arriving(0, i)[lane];
    writeStateFeatures(numbers, state, features, lane * STATE_FEATURES);
  }
  return features;
}
