import { describe, expect, test } from 'vitest';
import { fitToLimits, type LimitedItem } from '../../../decisions/constraints/fit-to-limits.ts';
import { wholePallets } from '../../../decisions/constraints/order-choice.ts';
import type { Limits } from '../../../decisions/index.ts';
import { coverDemand } from '../../../decisions/recommend/cover-demand.ts';
import { createPlan, expectedCost, type ItemPlan, roundedUp } from '../../../decisions/recommend/item-plan.ts';
import { createStream } from '../../../env/index.ts';
import { countDistribution } from '../../../forecasting/index.ts';

const KINDS = ['budget', 'storage', 'minimum orders', 'order costs', 'pallets', 'suppliers'] as const;
type Kind = (typeof KINDS)[number];
const CASES = 8;

interface Case {
  readonly items: readonly LimitedItem[];
  readonly limits: Limits;
}

function drawCase(kind: Kind, seed: number): Case {
  const stream = createStream(seed, `limits: ${kind}`);
  const from = (low: number, high: number) => low + Math.floor(stream.next() * (high - low + 1));
  const one = <T>(values: readonly T[]): T => values[from(0, values.length - 1)];
  const items = Array.from({ length: from(2, 3) }, (_, i): LimitedItem => {
    const terms = {
      unitCost: from(1, 5),
      shortageCost: from(1, 12),
      holdingCost: from(1, 6) / 10,
      orderCost: kind === 'order costs' ? from(0, 8) : 0,
      leadTime: 1,
      minimumOrder: kind === 'minimum orders' ? one([0, 5]) : 0,
      batch: one([1, 1, 2, 3]),
      packSize: kind === 'pallets' ? one([0, 6]) : 0,
      volume: from(1, 3),
      supplier: ['North', 'South'][i % 2],
      life: null,
    };
    const mean = from(1, 5);
    const stock = { onHand: from(0, 6), open: [], known: true, negative: false };
    const plan = createPlan({ terms, stock, cover: 2 }, (start, end) =>
      coverDemand(countDistribution(mean * (end - start), 1.5 * mean * (end - start))),
    );
    return { item: `item-${i}`, plan, wanted: roundedUp(plan.demand[1].quantile(0.95) - stock.onHand, terms) };
  });
  const need = items.reduce((sum, { plan, wanted }) => sum + plan.terms.unitCost * wanted, 0);
  return {
    items,
    limits: {
      budget: Math.round(need * (0.3 + 0.6 * stream.next())),
      ...(kind === 'storage' ? { storage: from(10, 40) } : {}),
      ...(kind === 'pallets' ? { fullPallets: true } : {}),
      ...(kind === 'suppliers'
        ? {
            suppliers: new Map([
              ['North', { value: from(0, 40), units: 0 }],
              ['South', { value: 0, units: from(0, 20) }],
            ]),
          }
        : {}),
    },
  };
}

/** [money] what an order loses, every unit up to what is wanted being worth something however little, and every one beyond it less than nothing. */
function lossOf({ plan, wanted, lot }: Tried): (order: number) => number {
  const { unitCost, orderCost, holdingCost } = plan.terms;
  const hair = 1e-6 * (unitCost + 1);
  const fixed = (units: number) => (units > 0 ? orderCost : 0);
  const slope = (at: number) => (expectedCost(plan, at + lot) - fixed(at + lot) - expectedCost(plan, at) + fixed(at)) / lot;
  const bare = (order: number) => {
    let loss = 0;
    for (let at = 0; at < order - 1e-9; at += lot) {
      loss += lot * (at < wanted - 1e-9 ? Math.min(slope(at), -hair) : Math.max(slope(at), holdingCost, hair));
    }
    return loss;
  };
  const placing = Math.max(0, Math.min(orderCost, -bare(wanted) - hair));
  return (order) => bare(order) + (order > 0 ? placing : 0);
}

interface Tried {
  readonly plan: ItemPlan;
  readonly wanted: number;
  readonly lot: number;
  readonly most: number;
}

function tried({ items, limits }: Case): Tried[] {
  return items.map(({ plan, wanted }) => {
    const pallets = limits.fullPallets ? wholePallets(plan, wanted) : wanted;
    const ahead = limits.suppliers && pallets > 0 ? 3 * plan.demand[1].mean : 0;
    const lot = limits.fullPallets && plan.terms.packSize > 0 ? plan.terms.packSize : plan.terms.batch;
    return { plan, wanted: pallets, lot, most: Math.ceil((pallets + ahead) / lot) * lot };
  });
}

function fits(
  all: readonly Tried[],
  { budget = Number.POSITIVE_INFINITY, storage, suppliers }: Limits,
  orders: ArrayLike<number>,
): boolean {
  const sum = (of: (plan: ItemPlan, order: number) => number) => all.reduce((total, { plan }, i) => total + of(plan, orders[i]), 0);
  if (sum(({ terms }, order) => terms.unitCost * order) > budget + 1e-9) return false;
  const there = sum(({ terms, onArrival }) => (terms.volume * onArrival.reduce((total, units) => total + units, 0)) / onArrival.length);
  const space = sum(({ terms }, order) => terms.volume * order);
  if (storage !== undefined && space > Math.max(0, storage - there) + 1e-9) return false;
  return [...(suppliers ?? [])].every(([name, { value, units }]) => {
    const own = sum(({ terms }, order) => (terms.supplier === name ? order : 0));
    return own === 0 || (own >= units && sum(({ terms }, order) => (terms.supplier === name ? terms.unitCost * order : 0)) >= value);
  });
}

/** The least loss of all orders that keep within the limits. */
function leastLoss(all: readonly Tried[], limits: Limits): number {
  const tables = all.map((one) => {
    const loss = lossOf(one);
    const orders = Array.from({ length: Math.round(one.most / one.lot) + 1 }, (_, k) => k * one.lot);
    return orders.filter((order) => order === 0 || order >= one.plan.terms.minimumOrder).map((order) => ({ order, loss: loss(order) }));
  });
  let least = Number.POSITIVE_INFINITY;
  const orders = new Float64Array(all.length);
  const go = (i: number, loss: number) => {
    if (i === all.length) {
      if (loss < least && fits(all, limits, orders)) least = loss;
      return;
    }
    for (const one of tables[i]) {
      orders[i] = one.order;
      go(i + 1, loss + one.loss);
    }
  };
  go(0, 0);
  return least;
}

describe('no other orders within the limits lose less: all of them were tried', () => {
  test.each(KINDS)('%s', async (kind) => {
    for (let seed = 0; seed < CASES; seed++) {
      const drawn = drawCase(kind, seed);
      const all = tried(drawn);
      const { orders } = await fitToLimits(drawn.items, drawn.limits);
      const loss = all.reduce((sum, one, i) => sum + lossOf(one)(orders[i]), 0);
      expect(fits(all, drawn.limits, orders), `case ${seed}`).toBe(true);
      expect(loss, `case ${seed}`).toBeCloseTo(leastLoss(all, drawn.limits), 4);
    }
  });
});
