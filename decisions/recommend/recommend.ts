import { basename } from 'node:path';
import { UserError } from '../../env/index.ts';
import type { RecommendationRecord } from '../../experiments/index.ts';
import { type Finding, forecastQuantiles, type MethodName } from '../../forecasting/index.ts';
import { fitToLimits, type LimitReport, type Limits } from '../constraints/fit-to-limits.ts';
import { keepRecommendation, type Recommendation } from '../store/recommendation.ts';
import { promotionsAsNotes } from './events.ts';
import { type CatalogueForecast, forecastCatalogue } from './forecast-catalogue.ts';
import { coverPeriods, type ItemPlan, positionOf } from './item-plan.ts';
import { usualMethod } from './open-method.ts';
import { criticalRatio, type LevelOrder, orderToLevel } from './order-up-to.ts';
import { policyOrders } from './policy-orders.ts';
import { type FileOptions, type ReadFiles, readFiles } from './read-files.ts';
import { planItem, promisedCosts, suggestionOf } from './suggest.ts';
import type { Suggestion } from './suggestion.ts';
import type { ItemTerms } from './terms.ts';

export interface RecommendOptions extends FileOptions {
  /** Default: `global+text`; for more than 2,000 items one that reads word by word. */
  readonly method?: MethodName;
  /** Whose public holidays move demand, as GB, DE or DE-BY; for methods that learn from all items. Default: none. */
  readonly country?: string;
  /** `newsvendor`, or a policy as it is written on the command line: `base-stock`, `s-S:s=5,S=20`, `run:ID`. Default: `newsvendor`. */
  readonly policy?: string;
  /** Chance of lasting until the next order arrives, above 0 and below 1. Default: what an item's own costs say where both are given, else 0.95. */
  readonly service?: number;
  /** [periods] until the next order can be placed. Default: 1. */
  readonly review?: number;
  readonly limits?: Limits;
  /** Default: 0. */
  readonly seed?: number;
  /** Is the recommendation kept in the run store? Default: true. */
  readonly keep?: boolean;
  readonly onMessage?: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface RecommendResult {
  /** The run that it was kept as; null where it was not. */
  readonly run: string | null;
  readonly asOf: string;
  readonly method: string;
  readonly embedder: RecommendationRecord['embedder'];
  readonly policy: string;
  /** [item] */
  readonly suggestions: readonly Suggestion[];
  /** Of all items together. */
  readonly totals: { readonly items: number; readonly ordered: number; readonly units: number; readonly money: number };
  readonly limits: readonly LimitReport[];
  /** What was found in the files and what became of it. */
  readonly findings: readonly Finding[];
}

/** Chance of lasting until the next order arrives, where nobody says. */
export const USUAL_SERVICE = 0.95;
export const NEWSVENDOR = 'newsvendor';

/** From sales to orders: reads and cleans the files, forecasts every item, and says how much of it to order today and why. @throws UserError */
export async function recommend(options: RecommendOptions): Promise<RecommendResult> {
  const review = options.review ?? 1;
  if (options.service !== undefined && !(options.service > 0 && options.service < 1)) {
    throw new UserError(`--service ${options.service}: expected a chance above 0 and below 1; for example --service 0.95`);
  }
  const read = await readFiles(options);
  options.signal?.throwIfAborted();
  const horizon = Math.max(...read.terms.map((terms) => coverPeriods(terms, review)));
  const method = options.method ?? usualMethod(read.history.items.length);
  const history = promotionsAsNotes(read.history, method, horizon);
  const made = await forecastCatalogue(history, { method, horizon, country: options.country, onMessage: options.onMessage });
  options.signal?.throwIfAborted();
  const plans = read.terms.map((terms, i) => planItem(made.forecast, i, { terms, stock: read.stock[i], horizon, review }));
  const services = read.terms.map((terms, i) => options.service ?? (read.priced[i] ? criticalRatio(terms, review) : USUAL_SERVICE));
  const levels = await orderLevels({ options, read, plans, services, made, horizon });
  tellIdleSuppliers(options, read.terms);
  const fitted = await fitToLimits(
    plans.map((plan, i) => ({ plan, item: history.items[i].id, wanted: levels[i].order })),
    options.limits ?? {},
  );
  const suggestions = plans.map((plan, i) => {
    const facts = { item: history.items[i].id, plan, level: levels[i], order: fitted.orders[i], cutFor: fitted.cutFor[i] };
    const data = { state: read.states[i], silent: read.silent[i], hidden: read.hidden[i], effects: made.effects[i] };
    return suggestionOf({ ...facts, ...data, ...decidedBy(options, services[i]), periodLength: history.periodLength });
  });
  const promised = plans.map((plan, i) => promisedCosts(plan, fitted.orders[i], horizon));
  const predictions = {
    horizon,
    forecast: made.forecast,
    quantiles: forecastQuantiles(made.forecast, horizon),
    promisedCost: joined(promised, horizon),
  };
  const kept = { history, terms: read.terms, predictions, suggestions };
  return {
    run: options.keep === false ? null : await keep(options, { read, made, method, review }, kept),
    asOf: read.asOf,
    method: made.fitted.name,
    embedder: made.embedder,
    policy: options.policy ?? NEWSVENDOR,
    suggestions,
    totals: totalsOf(suggestions, plans),
    limits: fitted.limits,
    findings: read.findings,
  };
}

/** A supplier that no item has may be misspelt, and its minimum is no limit then. */
function tellIdleSuppliers({ limits, onMessage }: RecommendOptions, terms: readonly ItemTerms[]): void {
  const known = new Set(terms.map(({ supplier }) => supplier));
  const idle = [...(limits?.suppliers?.keys() ?? [])].filter((supplier) => !known.has(supplier));
  if (idle.length > 0)
    onMessage?.(`No item has the supplier ${idle.slice(0, 5).join(', ')}${idle.length > 5 ? ', ...' : ''}: its minimum is no limit.`);
}

interface Decided {
  readonly options: RecommendOptions;
  readonly read: ReadFiles;
  readonly plans: readonly ItemPlan[];
  readonly services: readonly number[];
  readonly made: CatalogueForecast;
  readonly horizon: number;
}

/** [item] what would be ordered without limits across items: nothing of those that have stopped selling. */
async function orderLevels({ options, read, plans, services, made, horizon }: Decided): Promise<LevelOrder[]> {
  const { policy = NEWSVENDOR, seed, signal, onMessage } = options;
  const decided =
    policy === NEWSVENDOR
      ? plans.map((plan, i) => orderToLevel(plan, services[i], made.forecast.mean[i * horizon]))
      : await policyOrders(policy, { plans, items: read.history.items, forecast: made.forecast, horizon, seed, signal, onMessage });
  return decided.map((own, i) => (read.states[i] === 'stopped' ? { order: 0, orderUpTo: positionOf(plans[i]), changed: null } : own));
}

function decidedBy(
  { policy = NEWSVENDOR }: RecommendOptions,
  service: number,
): { readonly service: number | null; readonly policy: string | null } {
  return policy === NEWSVENDOR ? { service, policy: null } : { service: null, policy };
}

interface Made {
  readonly read: ReadFiles;
  readonly made: CatalogueForecast;
  readonly method: MethodName;
  readonly review: number;
}

async function keep(options: RecommendOptions, { read, made, method, review }: Made, recommendation: Recommendation): Promise<string> {
  const { sales, items, stock, notes, promotions, map, dates, decimal, encoding, period, cleaning } = options;
  const files = Object.entries({ sales, items, stock, notes, promotions }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const { budget = null, storage = null, suppliers } = options.limits ?? {};
  const record = await keepRecommendation(
    {
      scenario: basename(sales),
      agent: method,
      seed: options.seed ?? 0,
      asOf: read.asOf,
      origin: read.origin,
      review,
      method: { name: method, country: options.country, choices: made.fitted.choices },
      embedder: made.embedder,
      policy: options.policy ?? NEWSVENDOR,
      service: options.service ?? null,
      limits: { budget, storage, suppliers: suppliers !== undefined },
      sources: Object.fromEntries(files),
      reading: { map, dates, decimal, encoding, period, cleaning },
      findings: read.findings,
    },
    recommendation,
  );
  return record.run;
}

function totalsOf(suggestions: readonly Suggestion[], plans: readonly ItemPlan[]): RecommendResult['totals'] {
  const sum = (of: (suggestion: Suggestion, i: number) => number) => suggestions.reduce((total, one, i) => total + of(one, i), 0);
  return {
    items: suggestions.length,
    ordered: sum(({ order }) => (order > 0 ? 1 : 0)),
    units: sum(({ order }) => order),
    money: Number(sum(({ order }, i) => order * plans[i].terms.unitCost).toFixed(2)),
  };
}

function joined(rows: readonly Float64Array[], width: number): Float64Array {
  const all = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) all.set(row, i * width);
  return all;
}
