import type { Demand, DemandProcessSpec, Item, Location, PerLane, Scenario, Shortage } from '../env/index.ts';
import { processPhases, typicalDemand, UserError } from '../env/index.ts';
import { toIndices } from './index-schema.ts';
import type { ScenarioDocument } from './schema.ts';
import { toDemand } from './to-demand.ts';
import { toMoney } from './to-money.ts';
import { toLeadTime, toLinkTerms, toLocationTerms, toUnitCost } from './to-supply.ts';

/** What a catalogue gives to the lanes of a scenario: one entry per item. */
export interface LaneData {
  readonly items: readonly Item[];
  /** [item] [money/unit] */
  readonly prices: Float64Array;
  /** [item] [units/period] */
  readonly meanDemand: Float64Array;
  /** Demand that goes with its forecasts. */
  readonly process: DemandProcessSpec;
}

/**
 * A scenario as the simulator takes it. The paths of files in it are read against the folder.
 * @throws UserError where the document asks for what a catalogue gives and has none
 */
export function toScenario(document: ScenarioDocument, lanes?: LaneData, folder = '.'): Scenario {
  const indices = toIndices(document.indices);
  const demand = document.demand.map((form, k) => {
    checkEnd(document, form.location, `demand.${k}.location`, false);
    return toDemand(form, { path: `demand.${k}`, periods: document.periods, folder, indices, forecast: lanes?.process });
  });
  const phases = demand.reduce((most, { process }) => Math.max(most, processPhases(process)), 1);
  const items: Item[] = document.items ? Object.entries(document.items).map(([id, item]) => ({ id, ...item })) : [{ id: 'item' }];
  return {
    id: document.id,
    title: document.title,
    periods: document.periods,
    warmUp: warmUpOf(document),
    items,
    locations: Object.entries(document.locations).map(([id, location]) => toLocation(demand, id, location, lanes)),
    links: document.links.map(({ from, to, leadTime, fixedCost, unitCost, transitCost, ...terms }, k) => {
      const path = `links.${from}>${to}`;
      checkEnd(document, from, `links.${k}.from`, true);
      checkEnd(document, to, `links.${k}.to`, false);
      return {
        from,
        to,
        leadTime: toLeadTime(leadTime, `${path}.leadTime`),
        fixedCost: toMoney(fixedCost, `${path}.fixedCost`, lanes?.prices),
        ...toUnitCost(unitCost, `${path}.unitCost`, lanes?.prices),
        transitCost: toMoney(transitCost, `${path}.transitCost`, lanes?.prices),
        ...toLinkTerms(terms, path, indices),
      };
    }),
    demand,
    demandCorrelation: document.demandCorrelation,
    phases: phases > 1 ? phases : undefined,
    laneNames: lanes?.items,
  };
}

type InitialStock = ScenarioDocument['locations'][string]['initialStock'];

function toLocation(
  demand: readonly Demand[],
  id: string,
  { holdingCost, shortage, initialStock, price, ...terms }: ScenarioDocument['locations'][string],
  lanes: LaneData | undefined,
): Location {
  const path = `locations.${id}`;
  const cost = toMoney(shortage.cost, `${path}.shortage.cost`, lanes?.prices) ?? 0;
  const own: Shortage =
    shortage.kind === 'partial' ? { kind: 'partial', cost, backlogged: shortage.backlogged } : { kind: shortage.kind, cost };
  return {
    id,
    holdingCost: toMoney(holdingCost, `${path}.holdingCost`, lanes?.prices) ?? 0,
    shortage: own,
    initialStock: isPeriods(initialStock) ? toStock(demand, id, initialStock.periodsOfDemand, lanes) : initialStock,
    price: toMoney(price, `${path}.price`, lanes?.prices),
    ...toLocationTerms(terms, path, lanes?.prices),
  };
}

function isPeriods(stock: InitialStock): stock is Extract<InitialStock, { periodsOfDemand: number }> {
  return typeof stock === 'object' && Object.keys(stock).length === 1 && 'periodsOfDemand' in stock;
}

function toStock(demand: readonly Demand[], location: string, periods: number, lanes: LaneData | undefined): PerLane {
  if (lanes) return lanes.meanDemand.map((mean) => Math.round(mean * periods));
  const means = demand.map((one, k) => (one.location === location ? typicalDemand(one.process, 0, `demand.${k}`).mean : 0));
  return Math.round(means.reduce((sum, mean) => sum + mean, 0) * periods);
}

function checkEnd({ locations }: ScenarioDocument, id: string, path: string, supplier: boolean): void {
  if (id in locations || (supplier && id === 'supplier')) return;
  const names = [...(supplier ? ['supplier'] : []), ...Object.keys(locations)];
  throw new UserError(`${path}: "${id}"; expected one of ${names.join(', ')}`);
}

/** A scenario that goes on is measured once it has settled; one that ends is measured whole. */
function warmUpOf({ warmUp, periods }: ScenarioDocument): number {
  if (periods === null) return warmUp ?? 100;
  if (warmUp !== undefined && warmUp >= periods) {
    throw new UserError(`warmUp: ${warmUp}; expected fewer than the ${periods} periods of the scenario: give less, or leave it out`);
  }
  return warmUp ?? 0;
}
