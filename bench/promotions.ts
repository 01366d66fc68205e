import {
  createFeatureSet,
  designRows,
  type FeatureGroup,
  type FeatureOptions,
  fitLogRidge,
  type Promotion,
  pairedDifference,
  readTexts,
} from '../forecasting/index.ts';
import { FIRST_WEEK, PROMOTIONS, readPromotedTypes, WEEKS } from './support/complete-journey.ts';
import { dataOption } from './support/data-option.ts';

/**
 * Weekly sales of product types one week ahead, weeks 40 to 52, by a ridge on the logs, fitted anew after weeks 39, 43, 47 and 50: without promotions, with how many
 * products are promoted in which way, with sentences that say so in words, and with both. How they are worded, the penalty and the first origin were chosen on weeks 28 to 39. `gainKept`: the part of the gain of the numbers that the sentences alone have.
 */
const CUTS = [40, 44, 48, 51, 53].map((week) => week - FIRST_WEEK);
const PENALTY = 100;
/** [weeks] of learning that are left to what is needed to tell what is usual. */
const FIRST_ORIGIN = 9;
/** Numbers of products, and changes of their logs, up to the one given. */
const AMOUNTS = [
  [1, 'one product'],
  [2, 'two products'],
  [4, 'a few products'],
  [8, 'several products'],
  [16, 'many products'],
  [32, 'very many products'],
  [Number.POSITIVE_INFINITY, 'a whole wall of products'],
] as const;
const CHANGES = [
  [-1, 'Far fewer'],
  [-0.35, 'Fewer'],
  [0.35, ''],
  [1, 'More'],
  [Number.POSITIVE_INFINITY, 'Far more'],
] as const;

const { history: sales, promoted } = await readPromotedTypes(dataOption('promotions'));
const items = sales.items.length;
const history = { ...sales, promotions: promotionsInWords() };
const flags: FeatureGroup = {
  names: PROMOTIONS.flatMap(({ name }) => [name, `${name}, against usual`]),
  write(item, origin, ahead, out, at) {
    for (let kind = 0; kind < PROMOTIONS.length; kind++) {
      out[at + 2 * kind] = Math.log1p(promoted[kind][item * WEEKS + origin + ahead]);
      out[at + 2 * kind + 1] = againstUsual(kind, item, origin + ahead);
    }
  },
};
const text = { promotionTexts: (await readTexts(history)).promotions ?? undefined };
const hashing = { promotionTexts: (await readTexts(history, { embedder: 'hashing' })).promotions ?? undefined };
const ofTarget = [flags];
const choices = { none: {}, flags: { ofTarget }, text, hashing, 'flags+text': { ...text, ofTarget } } as const;
const made = Object.fromEntries(Object.entries(choices).map(([name, options]) => [name, errors(options)]));
const sold = made.none.actual.reduce((a, b) => a + b, 0);
const wape = Object.fromEntries(Object.entries(made).map(([name, { error }]) => [name, error.reduce((a, b) => a + b, 0) / sold]));
console.log(
  JSON.stringify({
    benchmark: 'promotions',
    types: items,
    wape,
    gainKept: (wape.none - wape.text) / (wape.none - wape.flags),
    differences: { flags: difference('flags'), text: difference('text') },
  }),
);

/** Log of one more than the number of products, less its mean over the weeks before. */
function againstUsual(kind: number, item: number, week: number): number {
  let sum = 0;
  const from = Math.max(0, week - 8);
  for (let w = from; w < week; w++) sum += Math.log1p(promoted[kind][item * WEEKS + w]);
  return Math.log1p(promoted[kind][item * WEEKS + week]) - (week > from ? sum / (week - from) : 0);
}

/** What is said of a product type and week, known when the week begins. */
function promotionsInWords(): Promotion[] {
  return Array.from(sales.quantity.keys()).flatMap((at) => {
    const [item, week] = [Math.floor(at / WEEKS), at % WEEKS];
    const [from, to] = [sales.periods[week], sales.periods[week]];
    const scope = { item: sales.items[item].id, firstPeriod: week, lastPeriod: week, knownAt: week };
    return sentencesOf(item, week).map((sentence): Promotion => ({ ...scope, text: sentence, from, to, depth: 0 }));
  });
}

/** No numbers, and one sentence for each thing that there is to say: of all things at once a sentence vector says none well. */
function sentencesOf(item: number, week: number): string[] {
  return PROMOTIONS.flatMap(({ name }, kind) => {
    const products = promoted[kind][item * WEEKS + week];
    const change = inWords(CHANGES, againstUsual(kind, item, week));
    return [
      ...(products > 0 ? [`${inWords(AMOUNTS, products)} ${name}`] : []),
      ...(change === '' ? [] : [`${change} products than usual ${name}`]),
    ];
  });
}

function inWords(scale: readonly (readonly [number, string])[], value: number): string {
  return scale.find(([most]) => value <= most)?.[1] ?? '';
}

function errors(options: FeatureOptions) {
  const features = createFeatureSet(history, { calendar: false, promotions: false, ...options });
  const result = { item: [] as number[], origin: [] as number[], actual: [] as number[], error: [] as number[] };
  for (const [k, cut] of CUTS.slice(0, -1).entries()) {
    const rows = designRows(history, features, { from: FIRST_ORIGIN, to: cut, until: cut, horizon: 1 });
    const model = fitLogRidge(rows, PENALTY);
    const residuals = model.predictRows(rows.x).map((log, r) => Math.log1p(rows.y[r]) - log);
    const shift = residuals.toSorted()[residuals.length >> 1];
    const test = designRows(history, features, { from: cut, to: CUTS[k + 1], until: CUTS[k + 1], horizon: 1 });
    for (const [r, log] of model.predictRows(test.x).entries()) {
      result.item.push(test.item[r]);
      result.origin.push(test.origin[r] - CUTS[0]);
      result.actual.push(test.y[r]);
      result.error.push(Math.abs(test.y[r] - Math.max(0, Math.expm1(log + shift))));
    }
  }
  return result;
}

/** Of WAPE to the forecasts without promotions, with a 90 % interval. */
function difference(name: string) {
  const { item, origin, actual, error } = made[name];
  const less = error.map((value, k) => value - made.none.error[k]);
  return pairedDifference({ items, origins: WEEKS - CUTS[0], item, origin, actual, difference: less }, { block: 1, seed: 0 });
}
