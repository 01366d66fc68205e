import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arc, COST_PARTS, Simulator } from '../../env/index.ts';
import { anyNetwork, play, writeOrders } from './networks.ts';

fc.configureGlobal({ seed: 1 });

const seeds = fc.integer({ min: 0, max: 1000 });
const NEAR = 1e-9;

/** [money/unit] */
function price({ unitCost, priceBreaks }: Arc, quantity: number): number {
  return priceBreaks && quantity >= priceBreaks.from[0][0] ? priceBreaks.cost[0][0] : unitCost[0];
}

describe('any network', () => {
  test('no unit appears or vanishes: what came in or back was delivered, discarded or wasted, or is on hand or on the way', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const lanes = 3;
        const simulator = new Simulator({ scenario, lanes, seed });
        const { network, view } = simulator;
        const balance = view.onHand.map((stock, i) => stock + view.onOrder[i]);
        play(simulator, 25, {
          after: () => {
            network.arcs.forEach((arc, a) => {
              for (let lane = 0; lane < lanes; lane++) {
                const sent = simulator.shipped[a * lanes + lane];
                balance[arc.to * lanes + lane] += sent - simulator.wasted[a * lanes + lane];
                if (arc.from >= 0) balance[arc.from * lanes + lane] -= sent;
              }
            });
            for (let i = 0; i < balance.length; i++) {
              balance[i] -= simulator.demand[i] - simulator.lost[i] + simulator.discarded[i] - simulator.returned[i];
              expect(Math.abs(balance[i] - (view.onHand[i] + view.onOrder[i] - view.backlog[i]))).toBeLessThan(NEAR);
            }
          },
        });
      }),
      { numRuns: 60 },
    );
  });

  test('nothing is ever negative, and no more is served than was demanded', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const simulator = new Simulator({ scenario, lanes: 2, seed });
        const { view, network } = simulator;
        play(simulator, 25, {
          after: () => {
            const rows = network.arcs.flatMap((arc, a) => Array.from({ length: arc.maxLeadTime + 1 }, (_, k) => view.arriving(a, k)));
            for (const values of [
              view.onHand,
              view.backlog,
              view.onOrder,
              view.awaited,
              view.owed,
              simulator.served,
              simulator.lost,
              simulator.shipped,
              ...rows,
            ]) {
              for (const value of values) expect(value).toBeGreaterThanOrEqual(-NEAR);
            }
            simulator.demand.forEach((wanted, i) => {
              expect(simulator.served[i]).toBeLessThanOrEqual(wanted);
            });
          },
        });
      }),
      { numRuns: 40 },
    );
  });

  test('what is on order is what the arcs will deliver', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const lanes = 2;
        const simulator = new Simulator({ scenario, lanes, seed });
        const { view, network } = simulator;
        play(simulator, 20, {
          after: () => {
            const due = new Float64Array(view.onOrder.length);
            network.arcs.forEach((arc, a) => {
              for (let k = 1; k <= arc.maxLeadTime; k++) {
                for (let lane = 0; lane < lanes; lane++) due[arc.to * lanes + lane] += view.arriving(a, k)[lane];
              }
            });
            view.onOrder.forEach((units, i) => {
              expect(Math.abs(units - due[i])).toBeLessThan(NEAR);
            });
          },
        });
      }),
      { numRuns: 40 },
    );
  });

  test('what a node awaits is what its arcs have not shipped, and what it owes waits on its own; nobody ships beyond the capacity', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const lanes = 2;
        const simulator = new Simulator({ scenario, lanes, seed });
        const { view, network, shipped } = simulator;
        play(simulator, 20, {
          after: () => {
            const awaited = new Float64Array(view.awaited.length);
            const open = new Float64Array(view.awaited.length);
            const sent = new Map<string, number>();
            network.arcs.forEach(({ from, to }, a) => {
              const row = view.unshipped(a);
              for (let lane = 0; lane < lanes; lane++) {
                awaited[to * lanes + lane] += row[lane];
                if (from < 0) continue;
                open[from * lanes + lane] += row[lane];
                const key = `${network.nodes[from].location} ${lane}`;
                sent.set(key, (sent.get(key) ?? 0) + shipped[a * lanes + lane]);
              }
            });
            awaited.forEach((units, i) => {
              expect(view.awaited[i]).toBeCloseTo(units, 9);
              expect(view.owed[i]).toBeLessThanOrEqual(open[i] + NEAR);
            });
            network.nodes.forEach(({ location, shipCapacity, owes, outbound }, n) => {
              for (let lane = 0; lane < lanes; lane++) {
                if (shipCapacity) expect(sent.get(`${location} ${lane}`) ?? 0).toBeLessThanOrEqual(shipCapacity[lane] + NEAR);
                if (!owes) expect(view.owed[n * lanes + lane]).toBe(0);
                else for (const a of outbound) expect(simulator.shortShipped[a * lanes + lane]).toBe(0);
              }
            });
          },
        });
      }),
      { numRuns: 60 },
    );
  });

  test('a shelf holds what is on hand, by the life that is left', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const simulator = new Simulator({ scenario, lanes: 2, seed });
        const { view, network } = simulator;
        play(simulator, 20, {
          after: () => {
            network.nodes.forEach((node, n) => {
              if (!node.life) return;
              for (let lane = 0; lane < 2; lane++) {
                let sum = 0;
                for (let left = 1; left <= Math.max(...node.life); left++) {
                  const units = view.onHandByLife(n, left)[lane];
                  expect(units).toBeGreaterThanOrEqual(-NEAR);
                  if (left > node.life[lane]) expect(units).toBe(0);
                  sum += units;
                }
                expect(Math.abs(sum - view.onHand[2 * n + lane])).toBeLessThan(NEAR);
              }
            });
          },
        });
      }),
      { numRuns: 40 },
    );
  });

  test('every order is shipped, waits for it, or is counted as clipped, lost or short-shipped', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const simulator = new Simulator({ scenario, lanes: 2, seed });
        const { shipped, shortShipped, clipped, lostOrders, view, network } = simulator;
        const orders = new Float64Array(shipped.length);
        const waiting = () => Float64Array.from(network.arcs.flatMap((_, a) => [...view.unshipped(a)]));
        let before = waiting();
        play(simulator, 20, {
          after: (period) => {
            writeOrders(orders, period);
            const after = waiting();
            orders.forEach((order, i) => {
              expect(shipped[i] + shortShipped[i] + clipped[i] + lostOrders[i] + after[i] - before[i]).toBeCloseTo(order, 9);
            });
            before = after;
          },
        });
      }),
      { numRuns: 40 },
    );
  });

  test('the cost is the sum of its parts, and each part is its price times its quantity', () => {
    fc.assert(
      fc.property(anyNetwork, seeds, (scenario, seed) => {
        const simulator = new Simulator({ scenario, lanes: 1, seed });
        const { view, network, costs, cost } = simulator;
        let before = Float64Array.from(view.backlog);
        let levels = Float64Array.from(view.indexLevels);
        play(simulator, 20, {
          after: () => {
            const sum = COST_PARTS.reduce((total, part) => total + (part === 'revenue' ? -1 : 1) * costs[part][0], 0);
            expect(cost[0]).toBeCloseTo(sum, 9);
            let shortage = 0;
            let revenue = 0;
            network.nodes.forEach((node, n) => {
              const refused = node.chargesShortShipped ? node.outbound.reduce((sum, a) => sum + simulator.shortShipped[a], 0) : 0;
              shortage += node.shortageCost[0] * (simulator.lost[n] + view.backlog[n] + view.owed[n] + refused);
              const delivered = simulator.demand[n] - simulator.lost[n] + before[n] - view.backlog[n];
              revenue += node.price[0] * delivered - (node.returns?.refund[0] ?? 0) * simulator.returned[n];
            });
            const charged = (arc: (typeof network.arcs)[number], a: number) =>
              (simulator.shipped[a] > 0 ? arc.fixedCost[0] : 0) +
              price(arc, simulator.shipped[a]) * (arc.priceIndex < 0 ? 1 : levels[arc.priceIndex]) * simulator.shipped[a];
            expect(costs.shortage[0]).toBeCloseTo(shortage, 9);
            expect(costs.revenue[0]).toBeCloseTo(revenue, 9);
            expect(costs.fixed[0] + costs.unit[0]).toBeCloseTo(
              network.arcs.reduce((total, arc, a) => total + charged(arc, a), 0),
              9,
            );
            expect(costs.disposal[0]).toBeCloseTo(
              network.nodes.reduce((total, node, n) => total + node.disposalCost[0] * simulator.discarded[n], 0),
              9,
            );
            before = Float64Array.from(view.backlog);
            levels = Float64Array.from(view.indexLevels);
          },
        });
      }),
      { numRuns: 40 },
    );
  });
});
