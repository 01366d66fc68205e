import { describe, expect, test } from 'vitest';
import { openRecommendation, recommend } from '../../../decisions/index.ts';
import { coverDistribution, mixtureQuantile } from '../../../forecasting/index.ts';
import { ITEMS, monday, of, STOCK, salesLines, shop, WEEKS } from './shop.ts';

const count = (findings: readonly { readonly kind: string; readonly count: number }[], kind: string) =>
  findings.find((finding) => finding.kind === kind)?.count;

describe('what is suggested', () => {
  test('raises on hand and on order to the quantile of demand until the order after this one arrives', async () => {
    const stock = ['item,onHand,onOrder,due', 'mug,10,4,2024-10-09', 'lamp,3,,', 'bowl,0,,', 'vase,500,,', 'cup,1,,', 'tray,2,,'];
    const result = await recommend({ ...shop({ stock }), keep: true, service: 0.9 });
    const kept = await openRecommendation(result.run ?? '');
    const { forecast, horizon } = kept.predictions;
    expect(result.asOf).toBe(monday(WEEKS));
    for (const [i, { id }] of kept.history.items.entries()) {
      const cover = coverDistribution(forecast, { horizon, item: i, from: 0, to: 2 });
      const level = mixtureQuantile(cover, 0.9);
      const own = of(result, id);
      const onHandAndOnOrder = own.onHand + own.onOrder;
      expect({ item: id, upTo: own.orderUpTo, order: own.order }).toEqual({
        item: id,
        upTo: level,
        order: Math.max(0, level - onHandAndOnOrder),
      });
      expect(own.forecast.p90).toBe(level);
    }
    expect(of(result, 'mug').onOrder).toBe(4);
    expect(of(result, 'vase')).toMatchObject({ order: 0, reason: expect.stringMatching(/^what is there lasts [\d.]+ weeks/) });
    expect(of(result, 'bowl').reason).toMatch(/^covers [\d.]+ weeks, without it 0 weeks$/);
  });

  test('costs less in expectation than ordering nothing, and than a batch more or less where costs decide', async () => {
    const items = ['item,description,price,unitCost,holdingCost,shortageCost', ...ITEMS.slice(1).map((line) => `${line},3,0.2,1.8`)];
    const result = await recommend(shop({ items }));
    for (const { order, expectedCost, service } of result.suggestions) {
      expect(service).toBeCloseTo(1.8 / 2, 9);
      expect(order).toBeGreaterThan(0);
      expect(expectedCost.order).toBeLessThan(expectedCost.nothing);
    }
  });

  test('needs no more than sales and stock: prices are those of the sales, costs are assumed from them', async () => {
    const { items: _, ...options } = shop();
    const result = await recommend({ ...options, keep: true });
    const { terms } = await openRecommendation(result.run ?? '');
    expect(terms[0]).toMatchObject({ unitCost: 3, shortageCost: 2, leadTime: 1, batch: 1 });
    expect(terms[0].holdingCost).toBeCloseTo((0.25 * 3) / 52, 12);
  });

  test('comes in batches, and a lead time in days is rounded up to weeks', async () => {
    const items = ['item,description,price,leadTime,batch', ...ITEMS.slice(1).map((line) => `${line},10 days,12`)];
    const result = await recommend(shop({ items }));
    for (const { order, coverPeriods } of result.suggestions)
      expect({ rest: order % 12, coverPeriods }).toEqual({ rest: 0, coverPeriods: 3 });
  });

  test('an order that comes after the cover does not count, and that is said', async () => {
    const stock = ['item,onHand,onOrder,due', ...STOCK.slice(1).map((line) => `${line},1000,2025-03-03`)];
    const mug = of(await recommend(shop({ stock })), 'mug');
    expect(mug.order).toBeGreaterThan(0);
    expect(mug.reason).toContain('1000 on order come too late for it');
    expect(mug.flags).toEqual(['order comes late']);
  });

  test('is the same again for the same files and seed', async () => {
    const options = shop();
    expect((await recommend(options)).suggestions).toEqual((await recommend(options)).suggestions);
  });

  test('names a promotion by what it does to the forecast', async () => {
    const weeks = [4, 9, 14, 19, 24, 29, 34];
    const promotions = [
      'from,to,text,depth,item',
      ...[...weeks, WEEKS + 1].map((week) => `${monday(week)},${monday(week)},Diwali 20 % off,0.2,mug`),
    ];
    const raised = weeks.map((week) => monday(week));
    const sales = salesLines().map((line) => {
      const [date, item, quantity, price] = line.split(',');
      return item === 'mug' && raised.includes(date) ? `${date},${item},${2 * Number(quantity)},${price}` : line;
    });
    const mug = of(await recommend({ ...shop({ sales, promotions }), asOf: monday(WEEKS) }), 'mug');
    expect(mug.reason).toMatch(/promotion 'Diwali 20 % off' raises week 2 by \d+ %/);
  });
});

describe('items that are not as they should be', () => {
  test.each(['global+static', 'global', 'ridge', 'network', 'ses', 'combination', 'croston'] as const)(
    'an item that has never sold is forecast by %s, and it is said from what',
    async (method) => {
      const items = [...ITEMS, 'jug,A jug of clay,5'];
      const result = await recommend({ ...shop({ items, stock: [...STOCK, 'jug,0'] }), method });
      expect(of(result, 'jug')).toMatchObject({ state: 'new', flags: ['new'] });
      expect(of(result, 'jug').forecast.mean).toBeGreaterThan(0);
      expect(count(result.findings, 'new-items')).toBe(1);
    },
  );

  test('of few items that sell, one that has never sold is expected to sell what those described alike do', async () => {
    const items = [...ITEMS, 'pot,A big bowl of clay,5', 'wire,A thin lamp of clay,5'];
    const { suggestions } = await recommend(shop({ items, stock: [...STOCK, 'pot,0', 'wire,0'] }));
    const [pot, wire] = suggestions.slice(-2);
    expect([pot.item, wire.item]).toEqual(['pot', 'wire']);
    expect(pot.forecast.mean).toBeGreaterThan(1.5 * wire.forecast.mean);
  });

  test('nothing is ordered of an item that stopped selling while there was stock', async () => {
    const result = await recommend(shop({ sales: salesLines({ silent: { lamp: WEEKS - 12 } }) }));
    expect(of(result, 'lamp')).toMatchObject({ order: 0, state: 'stopped', reason: expect.stringContaining('no sale for 12 weeks') });
    expect(count(result.findings, 'stopped-items')).toBe(1);
  });

  test('weeks without stock are not taken for a lack of demand', async () => {
    const sales = salesLines({ silent: { lamp: WEEKS - 5 } });
    const out = await recommend(shop({ sales, stock: STOCK.map((line) => (line.startsWith('lamp') ? 'lamp,0' : line)) }));
    const stocked = await recommend(shop({ sales }));
    expect(of(out, 'lamp').flags).toContain('stock-out hid demand');
    expect(of(out, 'lamp').forecast.mean).toBeGreaterThan(1.5 * of(stocked, 'lamp').forecast.mean);
    expect(count(out.findings, 'hidden-demand')).toBe(1);
  });

  test('negative stock, repeated lines and items without stock are handled, counted and flagged', async () => {
    const stock = ['item,onHand', 'mug,-4', 'mug,-4', 'lamp,10', 'bowl,10', 'vase,10', 'cup,10'];
    const result = await recommend(shop({ stock }));
    expect(of(result, 'mug')).toMatchObject({ onHand: 0, flags: ['negative stock'] });
    expect(of(result, 'tray')).toMatchObject({ onHand: 0, flags: ['no stock given'] });
    expect(['negative-stock', 'stock-duplicates', 'items-without-stock'].map((kind) => count(result.findings, kind))).toEqual([1, 1, 1]);
    const owed = await recommend({ ...shop({ stock }), negativeStock: 'owed' });
    expect(of(owed, 'mug').order - of(result, 'mug').order).toBe(4);
  });
});

describe('policies of the laboratory', () => {
  test('a base stock with a given level orders what lacks of it', async () => {
    const result = await recommend({ ...shop(), policy: 'base-stock:S=60' });
    expect(result.suggestions.map(({ order, orderUpTo, service }) => ({ order, orderUpTo, service }))).toEqual(
      result.suggestions.map(() => ({ order: 50, orderUpTo: 60, service: null })),
    );
    expect(of(result, 'mug').reason).toContain('ordered by base-stock:S=60');
  });

  test('one that there is not is told with those that there are', async () => {
    await expect(recommend({ ...shop(), policy: 'bse-stock' })).rejects.toThrow(
      /--policy bse-stock: expected one of newsvendor, .*base-stock.*run:ID/,
    );
  });
});
