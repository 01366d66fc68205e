import { baselines, buildBaseline, type Policy, tune } from '../../agents/index.ts';
import { type DemandProcessSpec, type Scenario, Simulator, SUPPLIER, UserError } from '../../env/index.ts';
import { loadRunPolicy, policyParameters, universalPolicy } from '../../experiments/index.ts';
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
 * What a policy of the laboratory orders of each item today. Every item is a lane of one shop with its stock, costs and forecast; items of one lead time
 * are in one shop, as what is on the way is told by it.
 * @throws UserError where there is no such policy, or it does not fit such a shop
 */
export async function policyOrders(spec: string, options: PolicyOrdersOptions): Promise<LevelOrder[]> {
  const { plans } = options;
  if (plans.some(({ terms }) => terms.life !== null)) {
    throw new UserError(`--policy ${spec}: some items have a life; expected items that keep; leave --policy out, or the column life`);
  }
  const orders: LevelOrder[] = new Array(plans.length);
  for (const leadTime of new Set(plans.map(({ terms }) => terms.leadTime))) {
    const rows = [...plans.keys()].filter((i) => plans[i].terms.leadTime === leadTime);
    const quantities = await ordersOfShop(spec, { ...options, rows, leadTime });
    for (const [k, i] of rows.entries()) {
      const order = roundedUp(quantities[k], plans[i].terms);
      orders[i] = { order, orderUpTo: positionOf(plans[i]) + order, changed: order > quantities[k] + 1e-9 ? 'batch' : null };
    }
  }
  return orders;
}

interface Shop extends PolicyOrdersOptions {
  /** Items of the catalogue that are in it. */
  readonly rows: readonly number[];
  readonly leadTime: number;
}

async function ordersOfShop(spec: string, shop: Shop): Promise<Float64Array> {
  const scenario = scenarioOf(spec, shop);
  const policy = await makePolicy(spec, scenario, shop);
  const simulator = new Simulator({ scenario, lanes: shop.rows.length, seed: shop.seed });
  const orders = new Float64Array(simulator.network.arcs.length * shop.rows.length);
  try {
    policy.order(simulator.view, orders);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`--policy ${spec}: it cannot order for these items: ${error.message}`);
    throw error;
  }
  return orders;
}

async function makePolicy(spec: string, scenario: Scenario, { rows, leadTime, seed, signal, onMessage }: Shop): Promise<Policy> {
  const at = spec.indexOf(':');
  const name = at < 0 ? spec : spec.slice(0, at);
  if (name === 'run') return (await loadRunPolicy(spec.slice(at + 1))).policy;
  if (spec === 'universal') return universalPolicy({ scenario, seed, signal, onMessage });
  if (!Object.hasOwn(baselines, name)) {
    const known = ['newsvendor', ...Object.keys(baselines), 'universal', 'run:ID'];
    throw new UserError(`--policy ${spec}: expected one of ${known.join(', ')}; for example --policy base-stock`);
  }
  if (at >= 0) return buildBaseline(name, policyParameters(spec));
  onMessage?.(`${name} is tuned for ${rows.length} items with a lead time of ${leadTime}`);
  return tune({ scenario, family: name, seed, signal }).policy;
}

/** Policies that go by forecasts; the others are told of a demand that stays as it is forecast over the cover. */
const READS_FORECASTS = /^(forecast|run|universal)\b/;

/**
 * One shop, one supplier, a lane for each item; unmet demand is lost at its margin, so that what units are bought for is no cost beside it. Demand stays
 * as it is expected today.
 */
function scenarioOf(spec: string, { plans, items, forecast, horizon, rows, leadTime }: Shop): Scenario {
  const all = (value: (plan: ItemPlan) => number) => Float64Array.from(rows, (i) => value(plans[i]));
  return {
    id: 'sales',
    title: 'Items of the sales',
    periods: null,
    warmUp: 2 * (leadTime + 1),
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
        minimumOrder: all(({ terms }) => terms.minimumOrder),
        batch: all(({ terms }) => terms.batch),
        initialPipeline: Array.from({ length: Math.max(0, leadTime - 1) }, (_, k) => all((plan) => comingIn(plan, k + 1))),
      },
    ],
    demand: [
      {
        location: 'shop',
        process: READS_FORECASTS.test(spec) ? forecastDemand(forecast, rows, horizon) : steadyDemand(forecast, rows, horizon, leadTime),
      },
    ],
    laneNames: rows.map((i) => ({ id: items[i].id, description: items[i].description })),
  };
}

function forecastDemand(forecast: Forecast, rows: readonly number[], horizon: number): DemandProcessSpec {
  return { kind: 'forecast', forecasts: forecastPaths([forecastOf(forecast, rows, horizon)], rows.length, horizon) };
}

/** Negative binomial, with the mean and variance of a period of the cover on average. */
function steadyDemand({ mean, variance }: Forecast, rows: readonly number[], horizon: number, leadTime: number): DemandProcessSpec {
  const cover = Math.min(horizon, leadTime + 1);
  const average = (values: Float64Array, i: number) =>
    values.subarray(i * horizon, i * horizon + cover).reduce((sum, value) => sum + value, 0) / cover;
  const means = Float64Array.from(rows, (i) => Math.max(LEAST_MEAN, average(mean, i)));
  const variances = Float64Array.from(rows, (i, k) => Math.max(means[k] * (1 + LEAST_MEAN), average(variance, i)));
  return { kind: 'stationary', distribution: { name: 'negative-binomial', mean: means, variance: variances } };
}

/** [units/period] Policies are tuned for items that sell at least so much. */
const LEAST_MEAN = 1e-3;

/** [units] What comes when an order of today would, or later, is taken to come just before it. */
function comingIn({ arrivals, later, terms }: ItemPlan, ahead: number): number {
  const last = ahead === terms.leadTime - 1;
  return arrivals[ahead] + (last ? arrivals.slice(terms.leadTime).reduce((sum, units) => sum + units, later) : 0);
}

/** The forecast of some of the items. */
function forecastOf({ mean, variance, common, parts }: Forecast, rows: readonly number[], horizon: number): Forecast {
  const some = (values: Float64Array, width: number) => {
    const taken = new Float64Array(rows.length * width);
    for (const [k, i] of rows.entries()) taken.set(values.subarray(i * width, (i + 1) * width), k * width);
    return taken;
  };
  const width = horizon * (parts?.count ?? 1);
  return {
    mean: some(mean, horizon),
    variance: some(variance, horizon),
    ...(common === undefined ? {} : { common: some(common, 1) }),
    ...(parts === undefined
      ? {}
      : {
          parts: {
            count: parts.count,
            weight: some(parts.weight, width),
            mean: some(parts.mean, width),
            variance: some(parts.variance, width),
          },
        }),
  };
}
