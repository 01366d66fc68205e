import { describe, expect, test } from 'vitest';
import { type Link, type Location, type Scenario, Simulator } from '../../env/index.ts';
import { follow, shop } from './shop.ts';

describe('an order between two locations', () => {
  /** A depot that supplies a shop which nobody visits; both know what follows. */
  const pair = (depot: Partial<Location>, link: Partial<Link> = {}): Scenario => ({
    ...shop({ demands: [0] }),
    locations: [
      { id: 'depot', holdingCost: 0, shortage: { kind: 'backlog', cost: 2 }, initialStock: 5, ...depot },
      { id: 'shop', holdingCost: 0, shortage: { kind: 'lost', cost: 0 }, initialStock: 0 },
    ],
    links: [
      { from: 'supplier', to: 'depot', leadTime: 1 },
      { from: 'depot', to: 'shop', leadTime: 1, ...link },
    ],
  });
  const seen = ({ shipped, shortShipped, view, costs }: Simulator) => [
    shipped[1],
    shortShipped[1],
    view.awaited[1],
    view.owed[0],
    costs.shortage[0],
  ];

  const orders = [
    [4, 8],
    [0, 3],
    [9, 0],
    [0, 0],
  ];

  test('that cannot be shipped is lost, unless the sender owes it', () => {
    expect(follow(pair({}), orders, seen)).toEqual([
      [5, 3, 0, 0, 0],
      [3, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  test('is owed at the shortage cost until it is shipped, before or with later ones', () => {
    expect(follow(pair({ shortShipped: 'owed' }), orders, seen)).toEqual([
      [5, 0, 3, 3, 6],
      [4, 0, 2, 2, 4],
      [0, 0, 2, 2, 4],
      [2, 0, 0, 0, 0],
    ]);
  });

  test('reaches the sender after the delay, and finds the stock of that period', () => {
    expect(follow(pair({}, { orderDelay: 2 }), orders, seen)).toEqual([
      [0, 0, 8, 0, 0],
      [0, 0, 11, 0, 0],
      [8, 0, 3, 0, 0],
      [3, 0, 0, 0, 0],
    ]);
  });

  test('may have been placed before the start, and goods may be on their way', () => {
    const started = pair({}, { leadTime: 2, initialOrders: [1, 2], initialPipeline: [7] });
    const states = follow(
      started,
      [
        [0, 0],
        [0, 0],
      ],
      ({ shipped, view }) => [shipped[1], view.onHand[1], view.onOrder[1], view.awaited[1]],
    );
    expect(states).toEqual([
      [1, 7, 1, 2],
      [2, 8, 2, 0],
    ]);
  });

  test('cannot have goods under way longer than its lead time, nor take part of a period to arrive', () => {
    expect(() => new Simulator({ scenario: pair({}, { initialPipeline: [3, 4] }), lanes: 1 })).toThrow(
      'links.depot>shop.initialPipeline: 2 quantities; expected at most 0, because the lead time is 1',
    );
    expect(() => new Simulator({ scenario: pair({}, { orderDelay: 1.5 }), lanes: 1 })).toThrow(
      'links.depot>shop.orderDelay: 1.5; expected a whole',
    );
    expect(() => new Simulator({ scenario: pair({ shipCapacity: -1 }), lanes: 1 })).toThrow('locations.depot.shipCapacity: -1; expected');
  });

  test('is shipped within the capacity of the sender, which is shared', () => {
    const two = pair({ initialStock: 20, shipCapacity: 6, shortShipped: 'owed' });
    const scenario = { ...two, links: [...two.links, { id: 'second', from: 'depot', to: 'shop', leadTime: 1 }] };
    const sent = follow(
      scenario,
      [
        [0, 8, 4],
        [0, 0, 0],
      ],
      ({ shipped, view }) => [shipped[1], shipped[2], view.owed[0]],
    );
    expect(sent).toEqual([
      [4, 2, 6],
      [4, 2, 0],
    ]);
  });

  test('to the outside source takes as much longer as it is in the post', () => {
    const { network } = new Simulator({ scenario: pair({}, {}), lanes: 1 });
    const delayed = pair({});
    const links = [{ ...delayed.links[0], orderDelay: 3 }, delayed.links[1]];
    expect(new Simulator({ scenario: { ...delayed, links }, lanes: 1 }).network.arcs[0].leadTime[0]).toBe(network.arcs[0].leadTime[0] + 3);
  });
});
