import { join } from 'node:path';
import type { CatalogueItem } from '../../forecasting/index.ts';
import type { ItemTerms } from '../recommend/terms.ts';
import { readParquet, writeParquet } from './parquet.ts';

const ITEMS = 'items.parquet';

const NUMBERS = [
  'unitCost',
  'holdingCost',
  'shortageCost',
  'orderCost',
  'leadTime',
  'minimumOrder',
  'batch',
  'packSize',
  'volume',
] as const satisfies readonly (keyof ItemTerms)[];

/** Writes the catalogue and the terms of its items: item,description,category,price,unitCost,... */
export async function writeItems(folder: string, items: readonly CatalogueItem[], terms: readonly ItemTerms[]): Promise<string> {
  await writeParquet(join(folder, ITEMS), [
    { name: 'item', values: items.map(({ id }) => id) },
    { name: 'description', values: items.map(({ description }) => description) },
    { name: 'category', values: items.map(({ category }) => category) },
    { name: 'price', values: Float64Array.from(items, ({ price }) => price) },
    ...NUMBERS.map((name) => ({ name, values: Float64Array.from(terms, (own) => own[name]) })),
    { name: 'supplier', values: terms.map(({ supplier }) => supplier) },
    { name: 'life', values: Float64Array.from(terms, ({ life }) => life ?? Number.NaN) },
  ]);
  return ITEMS;
}

/** What `writeItems` wrote. */
export async function readItems(folder: string): Promise<{ readonly items: CatalogueItem[]; readonly terms: ItemTerms[] }> {
  const table = await readParquet(join(folder, ITEMS));
  const [ids, descriptions, categories, suppliers] = ['item', 'description', 'category', 'supplier'].map((name) => table.texts(name));
  const price = table.numbers('price');
  const life = table.numbers('life');
  const [unitCost, holdingCost, shortageCost, orderCost, leadTime, minimumOrder, batch, packSize, volume] = NUMBERS.map((name) =>
    table.numbers(name),
  );
  return {
    items: ids.map((id, k) => ({ id, description: descriptions[k], category: categories[k], price: price[k] })),
    terms: ids.map((_, k) => ({
      unitCost: unitCost[k],
      holdingCost: holdingCost[k],
      shortageCost: shortageCost[k],
      orderCost: orderCost[k],
      leadTime: leadTime[k],
      minimumOrder: minimumOrder[k],
      batch: batch[k],
      packSize: packSize[k],
      volume: volume[k],
      supplier: suppliers[k],
      life: Number.isNaN(life[k]) ? null : life[k],
    })),
  };
}
