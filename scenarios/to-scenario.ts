import type { Demand, ForecastPaths, Item, Location, PerLane, Scenario, Shortage } from '../env/index.ts';
import { UserError } from '../env/index.ts';
import type { ScenarioDocument } from './schema.ts';
import { toMoney } from './to-money.ts';
import { toLeadTime, toLinkTerms, toLocationTerms, toUnitCost } from './to-supply.ts';

/** What a catalogue gives to the lanes of a scenario: one entry per item. */
export interface LaneData {
  readonly items: readonly Item[];
  /** [item] [money/unit] */
  readonly prices: Float64Array;
  /** [item] [units/period] */
  readonly meanDemand: Float64Array;
  readonly forecasts: ForecastPaths;
}

/**
 * A scenario as the simulator takes it.
 * @throws UserError where the document asks for what a catalogue gives and has none
 */
export function toScenario(document: ScenarioDocument, lanes?: LaneData): Scenario {
  const items: Item[] = document.items ? Object.entries(document.items).map(([id, item]) => ({ id, ...item })) : [{ id: 'item' }];
  return {
    id: document.id,
    title: document.title,
    periods: document.periods,
    warmUp: document.warmUp,
    items,
    locations: Object.entries(document.locations).map(([id, location]) => toLocation(document, id, location, lanes)),
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
        ...toLinkTerms(terms),
      };
    }),
    demand: document.demand.map((demand, k) => toDemand(document, demand, `demand.${k}`, lanes)),
    phases: lanes?.forecasts.span,
    laneNames: lanes?.items,
  };
}

function toLocation(
  document: ScenarioDocument,
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
    initialStock: typeof initialStock === 'number' ? initialStock : toStock(document, id, initialStock.periodsOfDemand, lanes),
    price: toMoney(price, `${path}.price`, lanes?.prices),
    ...toLocationTerms(terms, path, lanes?.prices),
  };
}

function toStock(document: ScenarioDocument, location: string, periods: number, lanes: LaneData | undefined): PerLane {
  if (lanes) return lanes.meanDemand.map((mean) => Math.round(mean * periods));
  const mean = document.demand.reduce((sum, demand) => sum + (demand.location === location && 'mean' in demand ? demand.mean : 0), 0);
  return Math.round(mean * periods);
}

function toDemand(
  document: ScenarioDocument,
  demand: ScenarioDocument['demand'][number],
  path: string,
  lanes: LaneData | undefined,
): Demand {
  const { location, item } = demand;
  checkEnd(document, location, `${path}.location`, false);
  if ('kind' in demand) {
    if (!lanes)
      throw new UserError(`${path}.kind: "forecast"; expected a catalogue whose sales are forecast: add one, or give a distribution`);
    return { location, item, process: { kind: 'forecast', forecasts: lanes.forecasts } };
  }
  const { mean } = demand;
  const distribution =
    demand.distribution === 'negative-binomial'
      ? { name: demand.distribution, mean, variance: demand.variance }
      : { name: demand.distribution, mean };
  return { location, item, process: { kind: 'stationary', distribution } };
}

function checkEnd({ locations }: ScenarioDocument, id: string, path: string, supplier: boolean): void {
  if (id in locations || (supplier && id === 'supplier')) return;
  const names = [...(supplier ? ['supplier'] : []), ...Object.keys(locations)];
  throw new UserError(`${path}: "${id}"; expected one of ${names.join(', ')}`);
}
