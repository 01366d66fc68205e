import type { Policy } from '../../../agents/index.ts';
import { Simulator } from '../../../env/index.ts';
import { loadScenario } from '../../../scenarios/index.ts';

/** Stages of the board, the retailer first. */
const STAGES = ['retailer', 'wholesaler', 'distributor', 'factory'] as const;

interface Stage {
  stock: number;
  owed: number;
  /** Cases on their way, the next to arrive first. */
  readonly arriving: number[];
  /** Orders in the post to this stage, the next to arrive first. */
  readonly post: number[];
  cost: number;
}

/**
 * Plays the board game for 36 weeks (Sterman 1989; Edali and Yasarcan 2014, equations): orders are two weeks in the post and cases two weeks on the road, the
 * factory brews for three weeks after its decision, what is owed stays owed at every stage, and all order 4 for the first four weeks. A policy sees a stage's
 * stock, what it owes and its whole supply line: in the post, owed to it and on the road. Returns the cost of each stage.
 */
export async function playBeerBoard(policy: Policy): Promise<Record<(typeof STAGES)[number], number>> {
  const { scenario } = await loadScenario('beer-game');
  const { view, network } = new Simulator({ scenario, lanes: 1 });
  const stages = STAGES.map(
    (name): Stage => ({ stock: 12, owed: 0, arriving: name === 'factory' ? [4, 4, 4] : [4, 4], post: [4, 4], cost: 0 }),
  );
  for (let week = 1; week <= 36; week++) {
    stages[0].post.splice(0, 2, week <= 4 ? 4 : 8, 0);
    for (const stage of stages) stage.stock += stage.arriving.shift() ?? 0;
    stages.forEach((stage, k) => {
      const wanted = stage.owed + (stage.post.shift() ?? 0);
      const sent = Math.min(stage.stock, wanted);
      stage.stock -= sent;
      stage.owed = wanted - sent;
      stage.cost += 0.5 * stage.stock + stage.owed;
      if (k > 0) stages[k - 1].arriving.push(sent);
    });
    const orders = week <= 4 ? stages.map(() => 4) : decide();
    stages[3].arriving.push(orders[3]);
    for (let k = 0; k < 3; k++) stages[k + 1].post.push(orders[k]);
  }
  return Object.fromEntries(STAGES.map((name, k) => [name, stages[k].cost])) as Record<(typeof STAGES)[number], number>;

  function decide(): number[] {
    stages.forEach(({ stock, owed, arriving }, k) => {
      const n = nodeOf(STAGES[k]);
      view.onHand[n] = stock;
      view.backlog[n] = owed;
      view.onOrder[n] = sum(arriving);
      view.awaited[n] = k < 3 ? sum(stages[k + 1].post) + stages[k + 1].owed : 0;
      view.owed[n] = 0;
    });
    const orders = new Float64Array(network.arcs.length);
    policy.order(view, orders);
    return STAGES.map((name) => orders[network.nodes[nodeOf(name)].inbound[0]]);
  }

  function nodeOf(name: string): number {
    return network.nodes.findIndex(({ id }) => id === name);
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Runs a policy in the simulator on the preset: the cost of each stage, and in all as it was charged. */
export async function simulateBeerGame(policy: Policy): Promise<Record<string, number>> {
  const { scenario } = await loadScenario('beer-game');
  const simulator = new Simulator({ scenario, lanes: 1, closing: true });
  const { view, network } = simulator;
  const orders = new Float64Array(network.arcs.length);
  const costs: Record<string, number> = { total: 0 };
  for (let week = 1; week <= 36; week++) {
    policy.order(view, orders.fill(0));
    simulator.step(orders);
    network.nodes.forEach(({ id }, n) => {
      costs[id] = (costs[id] ?? 0) + 0.5 * (simulator.closingStock?.[n] ?? Number.NaN) + view.backlog[n] + view.owed[n];
    });
    costs.total += simulator.cost[0];
  }
  return costs;
}
