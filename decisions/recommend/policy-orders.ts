import { baselines, buildBaseline, type Policy, tune } from '../../agents/index.ts';
import { type ForecastPaths, type Scenario, Simulator, SUPPLIER, UserError } from '../../env/index.ts';
import { loadRunPolicy, policyParameters } from '../../experiments/index.ts';
import { type CatalogueItem, type Forecast, forecastPaths } from '../../forecasting/index.ts';
import { type ItemPlan, positionOf, roundedUp } from './item-plan.ts';
import type { LevelOrder } from './order-up-to.ts';

export interface PolicyOrdersOptions {
  readonly plans: readonly ItemPlan[];
  readonly items: readonly CatalogueItem[];
  readonly forecast: Forecast;
  readonly horizon: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onMessage?: (line: string) => void;
}

/**
 * What a policy of the laboratory orders of each item today: every item is a lane of one shop with its stock, costs, lead time and forecast.
 * @throws UserError where there is no such policy, or it does not fit such a shop
 */
export async function policyOrders(spec: string, options: PolicyOrdersOptions): Promise<LevelOrder[]> {
  const { plans, items } = options;
  const scenario = shopOf(options);
  const policy = await makePolicy(spec, scenario, options);
  const simulator = new Simulator({ scenario, lanes: items.length, seed: options.seed });
  const orders = new Float64Array(simulator.network.arcs.length * items.length);
  try {
    policy.order(simulator.view, orders);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`--policy ${spec}: it cannot order for these items: ${error.message}`);
    throw error;
  }
  return plans.map((plan, i) => {
    const order = roundedUp(orders[i], plan.terms);
    return { order, orderUpTo: positionOf(plan) + order, changed: order > orders[i] + 1e-9 ? 'batch' : null };
  });
}

async function makePolicy(spec: string, scenario: Scenario, { seed, signal, onMessage }: PolicyOrdersOptions): Promise<Policy> {
  const at = spec.indexOf(':');
  const name = at < 0 ? spec : spec.slice(0, at);
  if (name === 'run') return (await loadRunPolicy(spec.slice(at + 1))).policy;
  if (!Object.hasOwn(baselines, name)) {
    const known = ['newsvendor', ...Object.keys(baselines), 'run:ID'];
    throw new UserError(`--policy ${spec}: expected one of ${known.join(', ')}; for example --policy base-stock`);
  }
  if (at >= 0) return buildBaseline(name, policyParameters(spec));
  onMessage?.(`${name} is tuned for ${scenario.laneNames?.length ?? 1} items`);
  return tune({ scenario, family: name, seed, signal }).policy;
}

/** One shop, one supplier, a lane for each item; unmet demand is lost. The forecast of today stands for every period to come. */
function shopOf({ plans, items, forecast, horizon }: PolicyOrdersOptions): Scenario {
  const all = (value: (plan: ItemPlan) => number) => Float64Array.from(plans, value);
  const leadTime = all(({ terms }) => terms.leadTime);
  const longest = leadTime.reduce((a, b) => Math.max(a, b), 0);
  const forecasts: ForecastPaths = forecastPaths([forecast], items.length, horizon);
  const lives = plans.some(({ terms }) => terms.life !== null);
  if (lives)
    throw new UserError('--policy: items with a life; expected newsvendor for these; leave --policy out, or leave the column life out');
  return {
    id: 'sales',
    title: 'Items of the sales',
    periods: null,
    warmUp: 2 * (longest + 1),
    items: [{ id: 'item' }],
    locations: [
      {
        id: 'shop',
        holdingCost: all(({ terms }) => terms.holdingCost),
        shortage: { kind: 'lost', cost: all(({ terms }) => terms.shortageCost) },
        initialStock: all(({ stock, arrivals }) => Math.max(0, stock.onHand) + (arrivals[0] ?? 0)),
      },
    ],
    links: [
      {
        from: SUPPLIER,
        to: 'shop',
        leadTime,
        fixedCost: all(({ terms }) => terms.orderCost),
        unitCost: all(({ terms }) => terms.unitCost),
        minimumOrder: all(({ terms }) => terms.minimumOrder),
        batch: all(({ terms }) => terms.batch),
        // What comes later than an order of today would is taken to come just before it.
        initialPipeline: Array.from({ length: Math.max(0, longest - 1) }, (_, k) =>
          all((plan) => pipelineOf(plan, k + 1, plan.terms.leadTime)),
        ),
      },
    ],
    demand: [{ location: 'shop', process: { kind: 'forecast', forecasts } }],
    laneNames: items.map(({ id, description }) => ({ id, description })),
  };
}

function pipelineOf({ arrivals, later }: ItemPlan, ahead: number, leadTime: number): number {
  if (ahead > leadTime - 1) return 0;
  const last = ahead === leadTime - 1;
  return (arrivals[ahead] ?? 0) + (last ? arrivals.slice(leadTime).reduce((sum, units) => sum + units, later) : 0);
}
