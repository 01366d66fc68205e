import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decide, type Outcome, recommend } from '../../../decisions/index.ts';
import { filesOf, monday, of, salesLines, shop, WEEKS } from '../recommend/shop.ts';

const made = await recommend({ ...shop(), keep: true });
const run = made.run ?? '';
const decisions = (lines: readonly string[]) => ({ decisions: filesOf({ decisions: ['item,decision,decidedOrder', ...lines] }).decisions });

/** Two more weeks. */
function newerSales(): string {
  const weeks = [0, 1].flatMap((week) => [`${monday(WEEKS + week)},mug,20,5`, `${monday(WEEKS + week)},lamp,6,5`]);
  return filesOf({ newer: [...salesLines(), ...weeks] }).newer;
}

async function judged(sales: string): Promise<Outcome> {
  const { outcome } = await decide(run, { sales });
  if (outcome === null) throw new Error('nothing was judged');
  return outcome;
}

describe('what people make of suggestions', () => {
  test('is counted and kept; what is decided later overrules', async () => {
    const first = await decide(run, decisions(['mug,accept,', 'lamp,change,0', 'bowl,refuse,', 'vase,,']));
    expect(first.decisions).toEqual({ accepted: 1, changed: 1, refused: 1, open: 3 });
    const second = await decide(run, decisions(['lamp,,25']));
    expect(second.decisions).toEqual({ accepted: 1, changed: 1, refused: 1, open: 3 });
    const [lamp] = (await judged(newerSales())).changed.filter(({ item }) => item === 'lamp');
    expect(lamp).toMatchObject({ decision: 'change', suggested: of(made, 'lamp').order, decided: 25 });
  });

  test('costs what newer sales show, beside what was suggested', async () => {
    await decide(run, decisions(['mug,refuse,']));
    const outcome = await judged(newerSales());
    const mug = outcome.items.find(({ item }) => item === 'mug');
    // 10 on hand, 20 asked for in each of two weeks: 30 units lack at 2 each (price 5, cost 3), and nothing is held.
    expect(mug).toMatchObject({ decision: 'refuse', decided: 0, sold: 40, costAsDecided: 60 });
    expect(mug?.costAsSuggested).toBeLessThan(60);
    expect(outcome.changed[0].item).toBe('mug');
    expect(outcome.costAsDecided - outcome.costAsSuggested).toBeGreaterThan(0);
  });

  test.each([
    ['mug,maybe,', /line 2, column decision: 'maybe'; expected accept, change or refuse/],
    ['mug,change,', /line 2, column decidedOrder: ''; expected the units to order instead/],
    ['mug,accept,1', /line 2, column decidedOrder: '1'; expected nothing, or \d+ where the decision is accept/],
    ['jug,accept,', /line 2, column item: 'jug'; expected an item of the recommendation/],
    ['mug,,', /line 2, column decision: ''; expected accept, change or refuse of at least one item/],
  ])('%s is refused', async (line, message) => {
    await expect(decide(run, decisions([line]))).rejects.toThrow(message);
  });

  test('a bad file of sales keeps the decisions that came with it from being recorded', async () => {
    const before = (await decide(run, decisions(['cup,accept,']))).decisions;
    const { twice } = filesOf({ twice: [...salesLines(), `${monday(WEEKS - 1)},mug,3,7`] });
    await expect(decide(run, { ...decisions(['vase,refuse,']), sales: twice })).rejects.toThrow(/column price: '7'; expected one price/);
    expect((await decide(run, decisions(['cup,accept,']))).decisions).toEqual(before);
  });

  test('sales that do not reach the end of any lead time judge nothing', async () => {
    const { sales } = filesOf({ sales: salesLines() });
    writeFileSync(sales, `${salesLines().join('\n')}\n`);
    await expect(decide(run, { sales })).rejects.toThrow(/no item's periods from 2024-10-07 on are complete/);
  });
});
