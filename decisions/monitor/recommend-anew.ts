import { forecastQuantiles, type History, type MethodName } from '../../forecasting/index.ts';
import { fitToLimits } from '../constraints/fit-to-limits.ts';
import { forecastCatalogue } from '../recommend/forecast-catalogue.ts';
import { coverPeriods, positionOf } from '../recommend/item-plan.ts';
import { tellStates } from '../recommend/item-states.ts';
import { orderToLevel } from '../recommend/order-up-to.ts';
import { policyOrders } from '../recommend/policy-orders.ts';
import type { StockPosition } from '../recommend/read-stock.ts';
import { NEWSVENDOR, USUAL_SERVICE } from '../recommend/recommend.ts';
import { planItem, promisedCosts, suggestionOf } from '../recommend/suggest.ts';
import { type KeptRecommendation, keepRecommendation } from '../store/recommendation.ts';

export interface AnewOptions {
  readonly kept: KeptRecommendation;
  /** All that is known by now. */
  readonly history: History;
  readonly method: MethodName;
  /** [item] what there is now. */
  readonly stock: readonly StockPosition[];
  /** Day on which the orders are placed, YYYY-MM-DD. */
  readonly asOf: string;
  /** The sales file that brought the news. */
  readonly sales: string;
  readonly onMessage?: (line: string) => void;
}

/** Recommends again as a run did, with newer sales and perhaps another method, and keeps that as a run of its own. Gives its id. */
export async function recommendAnew(options: AnewOptions): Promise<string> {
  const { kept, method, stock, onMessage } = options;
  const { record, terms } = kept;
  const { review } = record;
  const horizon = Math.max(...terms.map((own) => coverPeriods(own, review)));
  const { states, silent, hidden, history } = tellStates(options.history, stock);
  const made = await forecastCatalogue(history, { method, horizon, country: record.method.country, onMessage });
  const plans = terms.map((own, i) => planItem(made.forecast, i, { terms: own, stock: stock[i], horizon, review }));
  const services = kept.suggestions.map(({ service }) => service ?? record.service ?? USUAL_SERVICE);
  const usual = record.policy === NEWSVENDOR;
  const decided = usual
    ? plans.map((plan, i) => orderToLevel(plan, services[i], made.forecast.mean[i * horizon]))
    : await policyOrders(record.policy, { plans, items: history.items, forecast: made.forecast, horizon, seed: record.seed, onMessage });
  const levels = decided.map((own, i) => (states[i] === 'stopped' ? { order: 0, orderUpTo: positionOf(plans[i]), changed: null } : own));
  const { budget, storage } = record.limits;
  const limits = { ...(budget === null ? {} : { budget }), ...(storage === null ? {} : { storage }) };
  if (record.limits.suppliers)
    onMessage?.('The minimums of suppliers are not kept with a run: run recommend --suppliers again for orders that meet them.');
  const fitted = await fitToLimits(
    plans.map((plan, i) => ({ plan, item: history.items[i].id, wanted: levels[i].order })),
    limits,
  );
  const suggestions = plans.map((plan, i) =>
    suggestionOf({
      item: history.items[i].id,
      plan,
      level: levels[i],
      order: fitted.orders[i],
      cutFor: fitted.cutFor[i],
      state: states[i],
      silent: silent[i],
      hidden: hidden[i],
      effects: made.effects[i],
      service: usual ? services[i] : null,
      policy: usual ? null : record.policy,
      periodLength: history.periodLength,
    }),
  );
  const promisedCost = new Float64Array(plans.length * horizon);
  for (const [i, plan] of plans.entries()) promisedCost.set(promisedCosts(plan, fitted.orders[i], horizon), i * horizon);
  const predictions = { horizon, forecast: made.forecast, quantiles: forecastQuantiles(made.forecast, horizon), promisedCost };
  const { scenario, seed, policy, service, reading, findings } = record;
  const { run } = await keepRecommendation(
    {
      ...{ scenario, seed, policy, service, reading, findings, review, limits: record.limits },
      parent: record.run,
      agent: method,
      asOf: options.asOf,
      origin: history.periods.length,
      method: { name: method, country: record.method.country, choices: made.fitted.choices },
      embedder: made.embedder,
      sources: { ...record.sources, sales: options.sales },
    },
    { history, terms, predictions, suggestions },
  );
  return run;
}

/** [item] what is left of the stock that a run saw if its suggestions arrived and all that was sold came from it: an estimate where nobody counts. */
export function carriedStock({ record, suggestions, terms }: KeptRecommendation, history: History): StockPosition[] {
  const passed = history.periods.length - record.origin;
  return suggestions.map(({ onHand, onOrder, order, arrivals }, item) => {
    let left = onHand;
    const inTime = arrivals.slice(0, passed).reduce((sum, units) => sum + units, 0);
    const arrived = terms[item].leadTime < passed;
    left += inTime + (arrived ? order : 0);
    for (let t = record.origin; t < history.periods.length; t++) left -= history.quantity[item * history.periods.length + t];
    const coming = Math.max(0, onOrder - inTime);
    const open = [
      ...(coming > 0 ? [{ ahead: undefined, units: coming, overdue: false }] : []),
      ...(arrived || order === 0 ? [] : [{ ahead: terms[item].leadTime - passed, units: order, overdue: false }]),
    ];
    return { onHand: Math.max(0, left), open, known: false, negative: false };
  });
}
