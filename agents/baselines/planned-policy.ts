import type { Network, StateView } from '../../env/index.ts';
import type { Policy } from '../policy.ts';

/** What a policy works out once for a network, and then orders by. */
export interface OrderPlan {
  order(view: StateView, orders: Float64Array): void;
}

/** A policy without parameters whose plan is made when it first sees a network. */
export function plannedPolicy(name: string, plan: (network: Network) => OrderPlan): Policy {
  const plans = new WeakMap<Network, OrderPlan>();
  return {
    name,
    parameters: {},
    order(view, orders) {
      let own = plans.get(view.network);
      if (!own) {
        own = plan(view.network);
        plans.set(view.network, own);
      }
      own.order(view, orders);
    },
  };
}
