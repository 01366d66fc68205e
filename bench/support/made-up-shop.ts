import { countQuantile, createStream, type RandomStream } from '../../env/index.ts';
import type { CatalogueItem, History, SalesNote } from '../../forecasting/index.ts';
import type { KnownEffects } from './event-notes.ts';
import { WORDINGS } from './event-wordings.ts';

/** The law that event-notes was made by (levels, season, how often something happens, spread), with effects of its own for each seed. */
const WEEKS = 312;
const TEST_WEEKS = 104;
const CHANCE = 0.25;
const DISPERSION = 1 / 8;
const SPAN = WEEKS + TEST_WEEKS;
/** Categories that a kind of event moves more than others, and by how much at least and at most. */
const HIT = 2;
const HITS = [1.5, 4] as const;

/** Sales of a shop whose test weeks word their events in the way asked for, which no week before them does. `items` have categories. */
export function makeShop(
  items: readonly CatalogueItem[],
  { seed, wordings }: { readonly seed: number; readonly wordings: 'looked' | 'kept' },
): KnownEffects {
  const stream = createStream(seed, 'made-up shop');
  const categories = [...new Set(items.map(({ category }) => category))];
  const effects = WORDINGS.map(() => drawEffects(stream, categories.length));
  const levels = items.map(() => Math.exp(3 + 0.8 * stream.normal()));
  const events = Array.from({ length: SPAN }, (_, week) => {
    if (stream.next() >= CHANCE) return null;
    const kind = stream.integer(WORDINGS.length);
    const texts = week < WEEKS ? WORDINGS[kind].seen : WORDINGS[kind][wordings];
    return { kind, text: texts[stream.integer(texts.length)] };
  });
  const quantity = new Float64Array(items.length * SPAN);
  const truth = { mean: new Float64Array(items.length * TEST_WEEKS), high: new Float64Array(items.length * TEST_WEEKS) };
  for (const [i, { category }] of items.entries()) {
    for (let week = 0; week < SPAN; week++) {
      const event = events[week];
      const factor = event === null ? 1 : effects[event.kind][categories.indexOf(category)];
      const mean = levels[i] * (1 + 0.2 * Math.sin((2 * Math.PI * week) / 52)) * factor;
      const variance = mean + DISPERSION * mean * mean;
      quantity[i * SPAN + week] = countQuantile(mean, variance, stream.next());
      if (week < WEEKS) continue;
      truth.mean[i * TEST_WEEKS + week - WEEKS] = mean;
      truth.high[i * TEST_WEEKS + week - WEEKS] = countQuantile(mean, variance, 0.9);
    }
  }
  const notes = events.flatMap((event, week) => (event === null ? [] : [noteOf(event.text, week)]));
  return { history: shopHistory(items, quantity, notes), cut: WEEKS, truth };
}

/** [category] what an event of a kind multiplies sales by. */
function drawEffects(stream: RandomStream, categories: number): Float64Array {
  const general = Math.exp(0.2 * stream.normal());
  const effects = Float64Array.from({ length: categories }, () => general * Math.exp(0.25 * stream.normal()));
  for (let hit = 0; hit < HIT; hit++) effects[stream.integer(categories)] *= HITS[0] + (HITS[1] - HITS[0]) * stream.next();
  return effects;
}

function noteOf(text: string, period: number): SalesNote {
  return { text, date: dayOf(period), known: dayOf(period - 1), period, knownAt: period - 1 };
}

function dayOf(week: number): string {
  return new Date(Date.UTC(2021, 0, 4 + 7 * week)).toISOString().slice(0, 10);
}

/** Items are described, not sorted: categories are known to whoever makes the sales only. */
function shopHistory(items: readonly CatalogueItem[], quantity: Float64Array, notes: readonly SalesNote[]): History {
  return {
    items: items.map((item) => ({ ...item, category: '' })),
    periodLength: 'week',
    periods: Array.from({ length: SPAN }, (_, week) => dayOf(week)),
    quantity,
    price: new Float64Array(quantity.length),
    open: new Uint8Array(SPAN).fill(1),
    missing: new Int32Array(quantity.length),
    notes,
    promotions: [],
  };
}
