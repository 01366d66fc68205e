import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Allocation, type Scenario, Simulator } from '../../env/index.ts';
import { replayed, shop } from './shop.ts';

fc.configureGlobal({ seed: 1 });

interface Customers {
  readonly rule: Allocation;
  readonly stock: number;
  /** On hand at the customers before the order. */
  readonly own: readonly number[];
}

/** A warehouse that supplies shops, nothing demanded. */
function warehouse({ rule, stock, own }: Customers): Scenario {
  const lost = { kind: 'lost', cost: 0 } as const;
  return {
    ...shop({}),
    locations: [
      { id: 'warehouse', holdingCost: 0, shortage: lost, initialStock: stock, allocation: rule },
      ...own.map((units, k) => ({ id: `shop${k}`, holdingCost: 0, shortage: lost, initialStock: units })),
    ],
    links: [{ from: 'supplier', to: 'warehouse', leadTime: 1 }, ...own.map((_, k) => ({ from: 'warehouse', to: `shop${k}`, leadTime: 1 }))],
    demand: [{ location: 'shop0', process: replayed([0]) }],
  };
}

function shipments(customers: Customers, orders: readonly number[]): number[] {
  const simulator = new Simulator({ scenario: warehouse(customers), lanes: 1 });
  simulator.step(Float64Array.of(0, ...orders));
  return [...simulator.shipped.subarray(1)];
}

describe('a sender that is short', () => {
  test('by priority, serves the links in their order', () => {
    expect(shipments({ rule: 'priority', stock: 10, own: [0, 0, 0] }, [7, 7, 7])).toEqual([7, 3, 0]);
  });

  test('in fair share, makes the positions equal', () => {
    expect(shipments({ rule: 'fair-share', stock: 10, own: [6, 0, 2] }, [9, 9, 9])).toEqual([0, 6, 4]);
    expect(shipments({ rule: 'fair-share', stock: 9, own: [4, 0.5, 0] }, [9, 9.5, 9])).toEqual([
      expect.closeTo(0.5, 6),
      expect.closeTo(4, 6),
      expect.closeTo(4.5, 6),
    ]);
  });

  test('in fair share, gives no customer more than it ordered', () => {
    expect(shipments({ rule: 'fair-share', stock: 10, own: [6, 0, 2] }, [9, 2, 9])).toEqual([2, 2, 6]);
  });

  test.each<Allocation>(['proportional', 'priority', 'fair-share'])(
    '%s: ships all it has, in whole units, to nobody more than was ordered',
    (rule) => {
      const orders = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 });
      fc.assert(
        fc.property(fc.nat(40), orders, orders, (stock, own, asked) => {
          const shipped = shipments({ rule, stock, own }, asked);
          const wanted = asked.reduce((sum, units) => sum + units, 0);
          expect(shipped.reduce((sum, units) => sum + units, 0)).toBe(Math.min(stock, wanted));
          shipped.forEach((units, k) => {
            expect(Number.isInteger(units) && units >= 0 && units <= asked[k]).toBe(true);
          });
        }),
      );
    },
  );

  test('in fair share, no unit would have raised a lower position', () => {
    const orders = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.nat(40), orders, orders, (stock, own, asked) => {
        const shipped = shipments({ rule: 'fair-share', stock, own }, asked);
        const after = own.map((units, k) => units + shipped[k]);
        const lowest = Math.min(...after.filter((_, k) => shipped[k] < asked[k]));
        after.forEach((position, k) => {
          if (shipped[k] > 0) expect(position).toBeLessThanOrEqual(lowest + 1);
        });
      }),
    );
  });
});
