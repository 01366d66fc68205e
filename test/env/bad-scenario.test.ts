import { describe, expect, test } from 'vitest';
import { type Link, type Location, type Scenario, Simulator, UserError } from '../../env/index.ts';
import { replayed, shop } from './shop.ts';

const place = (id: string, location: Partial<Location> = {}): Location => ({
  id,
  holdingCost: 1,
  shortage: { kind: 'lost', cost: 4 },
  initialStock: 0,
  ...location,
});
const link = (from: string, to: string, more: Partial<Link> = {}): Link => ({ from, to, leadTime: 1, ...more });
const places = (ids: readonly string[], links: readonly Link[]): Scenario => ({
  ...shop({}),
  locations: ids.map((id) => place(id)),
  links,
  demand: [{ location: ids[0], process: replayed([1]) }],
});

describe('a scenario that makes no sense is refused with its field, value and what was expected', () => {
  test.each<[string, Scenario, RegExp]>([
    [
      'a circle',
      places(['a', 'b'], [link('supplier', 'a'), link('a', 'b'), link('b', 'a')]),
      /links: a, b supply each other in a circle; expected/,
    ],
    ['a circle off the source', places(['a', 'b', 'c'], [link('supplier', 'a'), link('b', 'c'), link('c', 'b')]), /in a circle; expected/],
    [
      'a location that nothing reaches',
      places(['a', 'b'], [link('supplier', 'a')]),
      /locations\.b: no link leads to it; expected a path from supplier/,
    ],
    ['a link from nowhere', places(['a'], [link('moon', 'a')]), /links\.0\.from: "moon"; expected one of supplier, a/],
    ['a link to the source', places(['a'], [link('supplier', 'a'), link('a', 'supplier')]), /links\.1\.to: "supplier"; expected one of a/],
    [
      'a demand without a location',
      { ...shop({}), demand: [{ location: 'moon', process: replayed([1]) }] },
      /demand\.0\.location: "moon"; expected one of shop/,
    ],
    [
      'a demand of no item',
      { ...shop({}), demand: [{ location: 'shop', item: 'x', process: replayed([1]) }] },
      /demand\.0\.item: "x"; expected one of item/,
    ],
    ['two demands of one stock point', { ...shop({}), demand: [...shop({}).demand, ...shop({}).demand] }, /demand\.1: a second demand/],
    ['two locations of one name', places(['a', 'a'], [link('supplier', 'a')]), /locations: "a" twice/],
    ['a location called supplier', places(['supplier'], [link('supplier', 'supplier')]), /locations\.supplier: this name/],
    ['a horizon of 0', shop({ periods: 0 }), /periods: 0; expected a whole number of periods, 1 or more/],
    ['a negative cost', shop({ location: { holdingCost: -1 } }), /locations\.shop\.holdingCost: -1; expected a number of 0 or more/],
    ['a cost that is no number', shop({ link: { unitCost: Number.NaN } }), /links\.supplier>shop\.unitCost: NaN; expected/],
    ['a negative cost in one lane', shop({ link: { fixedCost: [1, -2] } }), /fixedCost: -2; expected/],
    ['half a lead time', shop({ link: { leadTime: 2.5 } }), /links\.supplier>shop\.leadTime: 2\.5; expected a whole number of periods/],
    [
      'a part above 1',
      shop({ location: { shortage: { kind: 'partial', cost: 1, backlogged: 1.5 } } }),
      /shortage\.backlogged: 1\.5; expected a number from 0 to 1/,
    ],
    ['a yield above 1', shop({ link: { yield: { kind: 'binomial', mean: 1.2 } } }), /yield\.mean: 1\.2; expected a number from 0 to 1/],
    ['a probability below 0', shop({ link: { lostOrders: -0.1 } }), /lostOrders: -0\.1; expected a number from 0 to 1/],
    ['a life of 0', shop({ item: { life: 0 } }), /items\.item\.life: 0; expected a whole number of periods, 1 or more/],
    [
      'lead times whose probabilities do not sum to 1',
      shop({ link: { leadTime: { values: [1, 2], probabilities: [0.5, 0.4] } } }),
      /leadTime\.probabilities: they sum to 0\.9; expected 1/,
    ],
    [
      'a lead time of 1.5 among others',
      shop({ link: { leadTime: { values: [1, 1.5], probabilities: [0.5, 0.5] } } }),
      /leadTime\.values\.1: 1\.5; expected a whole number/,
    ],
    [
      'lead times that cannot keep their order',
      shop({ link: { leadTime: { values: [1, 4], probabilities: [0.5, 0.5] } } }),
      /the chance to arrive falls from 0\.5 to 0 at age 2; expected .* set crossing/,
    ],
    [
      'price breaks out of order',
      shop({
        link: {
          priceBreaks: [
            { from: 10, cost: 1 },
            { from: 5, cost: 2 },
          ],
        },
      }),
      /priceBreaks\.1\.from: 5; expected more than the 10/,
    ],
    [
      'a disruption in half a period',
      shop({ link: { disruptions: { kind: 'listed', periods: [1.5] } } }),
      /disruptions\.periods\.0: 1\.5; expected a whole number/,
    ],
  ])('%s', (_name, scenario, message) => {
    const build = () => new Simulator({ scenario, lanes: 2 });
    expect(build).toThrow(UserError);
    expect(build).toThrow(message);
  });
});
