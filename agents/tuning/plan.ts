import type { Scenario } from '../../env/index.ts';

/** How long and how often candidates are simulated. */
export interface Plan {
  readonly replicas: number;
  readonly warmUp: number;
  readonly periods: number;
}

/** Of a scenario that ends: more runs tell little more about which candidate is cheaper on the same demand. */
const MOST_REPLICAS = 256;

/** Is nothing drawn? Then one run tells all. */
export function isCertain({ demand, links }: Scenario): boolean {
  return (
    demand.every(({ process }) => process.kind === 'list') &&
    links.every(
      (link) =>
        link.yield === undefined &&
        link.lostOrders === undefined &&
        link.disruptions?.kind !== 'markov' &&
        (typeof link.leadTime === 'number' || !('probabilities' in link.leadTime)),
    )
  );
}

/** How long and how often to simulate: at least 16 demand paths in all, and as many periods as the budget gives. */
export function plan(scenario: Scenario, { candidates, items, laneSteps }: { candidates: number; items: number; laneSteps: number }): Plan {
  if (scenario.periods !== null) {
    const replicas = Math.max(1, Math.round(laneSteps / (candidates * items * scenario.periods)));
    const warmUp = Math.min(scenario.warmUp, scenario.periods - 1);
    return { replicas: isCertain(scenario) ? 1 : Math.min(replicas, MOST_REPLICAS), warmUp, periods: scenario.periods - warmUp };
  }
  const replicas = Math.ceil(16 / items);
  return { replicas, warmUp: scenario.warmUp, periods: Math.max(100, Math.round(laneSteps / (candidates * items * replicas))) };
}
