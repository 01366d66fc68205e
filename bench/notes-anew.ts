import { parseArgs } from 'node:util';
import { dataOption } from './support/data-option.ts';
import { readKnownEffects } from './support/event-notes.ts';
import { makeShop } from './support/made-up-shop.ts';
import { type NoteShares, noteShares, type Share } from './support/note-shares.ts';

/**
 * The same as `notes` in shops with other events, wordings, effects and levels, made anew for each seed: nothing of how notes are read was chosen on them. Of event-notes
 * only the descriptions of the items are taken. npm run -s bench -- notes-anew --data FOLDER [--seeds 6] [--wordings kept]
 */
const ITEMS_OF_A_CATEGORY = 20;
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '6' }, wordings: { type: 'string', default: 'kept' }, data: { type: 'string' } },
});
const wordings = values.wordings === 'looked' ? 'looked' : 'kept';
const { history } = await readKnownEffects(dataOption('notes-anew'));
const items = history.items.map((item, i) => ({ ...item, category: `category ${Math.floor(i / ITEMS_OF_A_CATEGORY)}` }));

const shops: NoteShares[] = [];
for (let seed = 1; seed <= Number(values.seeds); seed++) shops.push(await noteShares(makeShop(items, { seed, wordings })));
const over = (of: (shop: NoteShares) => Share) => ({
  wape: meanOf(shops.map((shop) => of(shop).wape)),
  cost: meanOf(shops.map((shop) => of(shop).cost)),
});
const methods = Object.fromEntries(Object.keys(shops[0].methods).map((name) => [name, over((shop) => shop.methods[name].share)]));
const unseenItems = Object.fromEntries(Object.keys(shops[0].unseenItems).map((name) => [name, over((shop) => shop.unseenItems[name])]));
console.log(JSON.stringify({ benchmark: 'notes-anew', wordings, shops: shops.length, methods, unseenItems }));

/** Mean over shops, and its standard error. */
function meanOf(values: readonly number[]): { readonly mean: number; readonly standardError: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}
