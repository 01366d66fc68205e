import { compileNetwork, laneDistribution, type Scenario, UserError } from '../../../env/index.ts';
import { beyondReach } from '../bounds.ts';
import { type ItemFacts, type ItemPlace, itemFacts, itemPlace } from '../item-facts.ts';
import { whyNotAnyItem } from '../structure.ts';
import type { DemandSource } from './demand-source.ts';
import { DrawnRun } from './drawn-run.ts';
import { FactorItem } from './factor-item.ts';
import { FactorLanes } from './factor-lanes.ts';
import { type FactorLaw, factorLaw } from './factor-law.ts';
import type { ItemRun } from './item-run.ts';
import { KnownRun } from './known-run.ts';
import { MovingDemand } from './moving-demand.ts';
import { periodCosts } from './period-costs.ts';
import { SimulatedLanes } from './simulated-lanes.ts';
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
  if (process.kind !== 'stationary') return movingItem(scenario, itemPlace(network, 0, 0));
  const facts = checked(scenario, itemFacts(itemPlace(network, 0, 0), { largestMean: Number.POSITIVE_INFINITY }));
  const distribution = laneDistribution(process.distribution, 0);
  return { facts, demand: new SteadyDemand(facts, distribution), run: itemRun(facts, periodCosts(facts, distribution.table())) };
}

function movingItem(scenario: Scenario, place: ItemPlace): TrainingItem {
  const law = factorLaw(scenario.demand[place.node.demand].process);
  const demand = law === undefined ? new MovingDemand((lanes) => new SimulatedLanes(scenario, lanes)) : factorDemand(place, law);
  const facts = checked(scenario, demand.facts());
  if (facts.leadTimeVariance > 0)
    throw new UserError(`family "${scenario.id}": its lead time is drawn and its demand moves; expected one of the two at most`);
  return { facts, demand, run: itemRun(facts) };
}

/** Several times as fast as the simulator. */
function factorDemand(place: ItemPlace, law: FactorLaw): DemandSource {
  const item = new FactorItem(place, law);
  return new MovingDemand((lanes) => new FactorLanes(item, lanes));
}

function checked({ id }: Scenario, facts: ItemFacts): ItemFacts {
  const reason = beyondReach(facts);
  if (reason !== undefined) throw new UserError(`family "${id}": ${reason}`);
  return facts;
}

function itemRun(facts: ItemFacts, costs?: Float64Array): ItemRun {
  return facts.leadTimeVariance > 0 ? new DrawnRun(facts, costs) : new KnownRun(facts, costs);
}
