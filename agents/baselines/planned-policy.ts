import type { Network, StateView } from '../../env/index.ts';
import type { Policy, PolicyExplanation } from '../policy.ts';

/** What a policy works out once for a network, and then orders by. */
export interface OrderPlan {
  order(view: StateView, orders: Float64Array): void;
  /** Why; left out: it has no more to tell than its order. */
  explain?(view: StateView, lane: number): PolicyExplanation;
}

/** A policy without parameters whose plan is made when it first sees a network. */
export function plannedPolicy(name: string, plan: (network: Network) => OrderPlan): Policy {
  const plans = new WeakMap<Network, OrderPlan>();
  const planFor = (network: Network): OrderPlan => {
    let own = plans.get(network);
    if (!own) {
      own = plan(network);
      plans.set(network, own);
    }
    return own;
  };
  return {
    name,
    parameters: {},
    order: (view, orders) => planFor(view.network).order(view, orders),
    explain: (view, lane) => planFor(view.network).explain?.(view, lane) ?? {},
  };
}
