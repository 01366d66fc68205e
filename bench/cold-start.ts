import { createStream } from '../env/index.ts';
import { embedTexts, fitIntroductions, introductionFeatures, pairedDifference, sideBySide } from '../forecasting/index.ts';
import { dataOption } from './support/data-option.ts';
import { DAYS, type RetailItem, readOnlineRetail } from './support/online-retail.ts';

/**
 * Sales of items in their first weeks, forecast on the day of their introduction: weekly WAPE over the items introduced between four cuts and the next,
 * learned from the new items whose weeks ended by the cut. `text` likens descriptions by the transformer and the static embedder together;
 * `transformer` by the first alone. `shuffled`: the vectors of `text` dealt out at random. `ownMean` knows each item's mean over the weeks.
 */
const NEW_FROM = 47;
const CUTS = [222, 250, 278, 306, DAYS];
const WINDOW = 56;

interface Forecasts {
  readonly item: number[];
  readonly actual: number[];
  readonly error: number[];
}

const items = await readOnlineRetail(dataOption('cold-start'));
const sold = items.map(({ daily }) => runningSum(daily));
const descriptions = items.map(({ description }) => description);
const embed = async (embedder: 'transformer' | 'static' | 'hashing') => (await embedTexts(descriptions, { embedder })).vectors;
const transformer = await embed('transformer');
const staticVectors = await embed('static');
const text = sideBySide(transformer, staticVectors);
const hashing = await embed('hashing');
const shuffled = shuffle(text);
console.log(JSON.stringify({ benchmark: 'cold-start', weeks4: study(4), weeks8: study(8) }));

function study(weeks: number) {
  const results = {
    noText: forecasts(weeks, null),
    hashing: forecasts(weeks, hashing),
    static: forecasts(weeks, staticVectors),
    transformer: forecasts(weeks, transformer),
    text: forecasts(weeks, text),
    shuffled: forecasts(weeks, shuffled),
  };
  const scores = Object.fromEntries(Object.entries(results).map(([name, made]) => [name, wape(made)]));
  const ownMean = wape(forecasts(weeks, null, (item) => unitsIn(item, 7 * weeks)));
  return { ...scores, ownMean, textLessHashing: difference(results.text, results.hashing), items: results.text.actual.length / weeks };
}

/** `known` gives the units of the window, where they are not to be forecast. */
function forecasts(weeks: number, vectors: readonly Float32Array[] | null, known?: (item: number) => number): Forecasts {
  const introduced = [...items.keys()].filter((i) => items[i].first >= NEW_FROM && items[i].first + 7 * weeks <= DAYS);
  const features = new Map(introduced.map((i) => [i, featuresOf(i, vectors)]));
  const made: Forecasts = { item: [], actual: [], error: [] };
  for (const [k, cut] of CUTS.slice(0, -1).entries()) {
    const learn = introduced.filter((i) => items[i].first + 7 * weeks <= cut);
    const model = fitIntroductions(
      learn.map((i) => features.get(i) ?? []),
      learn.map((i) => unitsIn(i, 7 * weeks)),
    );
    for (const i of introduced.filter((j) => items[j].first >= cut && items[j].first < CUTS[k + 1])) {
      const weekly = (known?.(i) ?? model.quantile(features.get(i) ?? [], 0.5)) / weeks;
      for (let w = 0; w < weeks; w++) {
        const actual = unitsIn(i, 7 * w + 7) - unitsIn(i, 7 * w);
        made.item.push(i);
        made.actual.push(actual);
        made.error.push(Math.abs(actual - weekly));
      }
    }
  }
  return made;
}

/** Items that have sold for four weeks and still do are what a new one is likened to. */
function featuresOf(item: number, vectors: readonly Float32Array[] | null): number[] {
  const day = items[item].first;
  const recent = (i: number) => sold[i][day] - sold[i][Math.max(0, day - WINDOW)];
  const active = [...items.keys()].filter((i) => items[i].first <= day - 28 && recent(i) > 0);
  const view = (i: number) => ({ price: Math.log(items[i].price), vector: vectors?.[i] ?? null });
  const selling = active.map((i) => ({ ...view(i), rate: Math.log1p(recent(i) / (WINDOW / 7)) }));
  return introductionFeatures({ ...view(item), selling });
}

/** Units sold in the first days of an item. */
function unitsIn(item: number, days: number): number {
  const { first }: RetailItem = items[item];
  return sold[item][first + days] - sold[item][first];
}

function runningSum(daily: Float64Array): Float64Array {
  const sums = new Float64Array(daily.length + 1);
  for (let day = 0; day < daily.length; day++) sums[day + 1] = sums[day] + daily[day];
  return sums;
}

function wape({ actual, error }: Forecasts): number {
  return error.reduce((a, b) => a + b, 0) / actual.reduce((a, b) => a + b, 0);
}

/** Of WAPE, with a 90 % interval from a bootstrap over items. */
function difference(made: Forecasts, reference: Forecasts) {
  const rank = new Map([...new Set(made.item)].map((item, k) => [item, k]));
  const paired = {
    items: rank.size,
    origins: 1,
    item: made.item.map((item) => rank.get(item) ?? 0),
    origin: made.item.map(() => 0),
    actual: made.actual,
    difference: made.error.map((error, k) => error - reference.error[k]),
  };
  return pairedDifference(paired, { block: 1, seed: 0 });
}

function shuffle<T>(values: readonly T[]): T[] {
  const stream = createStream(0, 'shuffled vectors');
  const result = [...values];
  for (let k = result.length - 1; k > 0; k--) {
    const other = stream.integer(k + 1);
    [result[k], result[other]] = [result[other], result[k]];
  }
  return result;
}
