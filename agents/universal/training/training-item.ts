import { compileNetwork, laneDistribution, type Scenario, Simulator, UserError } from '../../../env/index.ts';
import { beyondReach } from '../bounds.ts';
import { type ItemFacts, itemFacts, itemPlace } from '../item-facts.ts';
import { whyNotAnyItem } from '../structure.ts';
import type { DemandSource } from './demand-source.ts';
import { DrawnRun } from './drawn-run.ts';
import type { ItemRun } from './item-run.ts';
import { KnownRun } from './known-run.ts';
import { MovingDemand } from './moving-demand.ts';
import { periodCosts } from './period-costs.ts';
import { SteadyDemand } from './steady-demand.ts';

/** An item of a family that orders are to be tried for. */
export interface TrainingItem {
  readonly facts: ItemFacts;
  readonly demand: DemandSource;
  readonly run: ItemRun;
}

/** A family's item, in the scenario's own units. @throws UserError where no universal network can order for it */
export function trainingItem(scenario: Scenario): TrainingItem {
  const network = compileNetwork(scenario, 1);
  const structure = network.nodes.length > 1 ? `it has ${network.nodes.length} stock points; expected one` : whyNotAnyItem(network);
  if (structure !== undefined) throw new UserError(`family "${scenario.id}": ${structure}`);
  const [{ demand }] = network.nodes;
  const { process } = scenario.demand[demand];
  const steady = process.kind === 'stationary';
  // Forecasts are told by a simulator, which takes a while to make.
  const view = steady ? undefined : new Simulator({ scenario, lanes: 1 }).view;
  const facts = itemFacts(itemPlace(network, 0, 0), { view, largestMean: Number.POSITIVE_INFINITY });
  const reason = beyondReach(facts);
  if (reason !== undefined) throw new UserError(`family "${scenario.id}": ${reason}`);
  if (process.kind === 'stationary') {
    const distribution = laneDistribution(process.distribution, 0);
    return { facts, demand: new SteadyDemand(facts, distribution), run: itemRun(facts, periodCosts(facts, distribution.table())) };
  }
  if (facts.leadTimeVariance > 0)
    throw new UserError(`family "${scenario.id}": its lead time is drawn and its demand moves; expected one of the two at most`);
  return { facts, demand: new MovingDemand(scenario, 0), run: itemRun(facts) };
}

function itemRun(facts: ItemFacts, costs?: Float64Array): ItemRun {
  return facts.leadTimeVariance > 0 ? new DrawnRun(facts, costs) : new KnownRun(facts, costs);
}
