import { coverDistribution, mixtureQuantile } from './distribution/index.ts';
import { cosine } from './embedding/index.ts';
import type { FittedForecaster } from './forecaster.ts';
import { concerns, type History, isMissing, type Promotion, type SalesNote } from './history.ts';

/** Periods that make an item's recent level. */
const LEVEL_PERIODS = 8;
/** Periods that make its usual price. */
const PRICE_PERIODS = 26;
/** Past notes and items shown as alike. */
const ALIKE = 3;

export interface ExplainOptions {
  readonly forecaster: FittedForecaster;
  readonly history: History;
  /** Row of the item. */
  readonly item: number;
  /** The first period of the forecast: those before it are known. */
  readonly origin: number;
  readonly horizon: number;
  /** [item] vectors of the descriptions, for the items most alike. Left out: none are shown. */
  readonly descriptions?: readonly Float32Array[];
  /** Vectors of the notes by their text, for the past notes most alike. Left out: none are shown. */
  readonly notes?: ReadonlyMap<string, Float32Array>;
}

/** Where a forecast comes from, in units over its whole horizon. Level, season, price, promotions and notes add up to the mean. */
export interface Explanation {
  readonly item: string;
  /** [units] expected over the horizon, and what it stays within with a chance of 80 %. */
  readonly mean: number;
  readonly p10: number;
  readonly p90: number;
  /** [units] what the item sold of late, over as many periods. */
  readonly level: number;
  /** [units] what is left: season, trend, and what is taken over from other items. */
  readonly season: number;
  /** [units] what its latest price does beside its usual one. */
  readonly price: number;
  readonly promotions: readonly { readonly text: string; readonly from: string; readonly units: number }[];
  readonly notes: readonly NoteExplanation[];
  readonly alikeItems: readonly { readonly item: string; readonly description: string; readonly likeness: number }[];
  /** All of this in one sentence. */
  readonly sentence: string;
}

export interface NoteExplanation {
  readonly text: string;
  readonly date: string;
  /** [units] that the forecast loses without the note. */
  readonly units: number;
  /** Notes known before, the most alike first; likeness is the cosine of their vectors, at most 1. */
  readonly alike: readonly { readonly text: string; readonly date: string; readonly likeness: number }[];
}

/** Takes a forecast apart by leaving out, one after the other, each note and promotion that it covers, and the change of price. */
export function explainForecast(options: ExplainOptions): Explanation {
  const { history, item, origin, horizon } = options;
  const whole = options.forecaster.predict(history, origin, horizon);
  const cover = coverDistribution(whole, { horizon, item, from: 0, to: horizon });
  const mean = sumOf(whole.mean, item, horizon);
  const without = (other: History) => mean - sumOf(options.forecaster.predict(other, origin, horizon).mean, item, horizon);
  const notes = coveredNotes(options).map((note) => ({
    text: note.text,
    date: note.date,
    units: without({ ...history, notes: history.notes.filter((one) => one !== note) }),
    alike: alikeNotes(options, note),
  }));
  const promotions = coveredPromotions(options).map((promotion) => ({
    text: promotion.text,
    from: promotion.from,
    units: without({ ...history, promotions: history.promotions.filter((one) => one !== promotion) }),
  }));
  const price = without(atUsualPrice(history, item, origin));
  const level = horizon * recentLevel(history, item, origin);
  const named = [...notes, ...promotions].reduce((sum, { units }) => sum + units, level + price);
  const parts = {
    item: history.items[item].id,
    mean,
    p10: mixtureQuantile(cover, 0.1),
    p90: mixtureQuantile(cover, 0.9),
    level,
    price,
    promotions,
    notes,
  };
  const explanation = { ...parts, season: mean - named, alikeItems: alikeItems(options) };
  return { ...explanation, sentence: sentenceOf(explanation, options) };
}

function sumOf(means: Float64Array, item: number, horizon: number): number {
  return means.subarray(item * horizon, (item + 1) * horizon).reduce((a, b) => a + b, 0);
}

function coveredNotes({ history, item, origin, horizon }: ExplainOptions): SalesNote[] {
  return history.notes.filter(
    (note) => note.period >= origin && note.period < origin + horizon && note.knownAt <= origin && concerns(note, history.items[item]),
  );
}

function coveredPromotions({ history, item, origin, horizon }: ExplainOptions): Promotion[] {
  return history.promotions.filter(
    (one) => one.lastPeriod >= origin && one.firstPeriod < origin + horizon && one.knownAt <= origin && concerns(one, history.items[item]),
  );
}

function alikeNotes({ history, origin, notes }: ExplainOptions, note: SalesNote): NoteExplanation['alike'] {
  const own = notes?.get(note.text);
  if (own === undefined) return [];
  return history.notes
    .filter((past) => past.period < origin)
    .flatMap((past) => {
      const vector = notes?.get(past.text);
      return vector === undefined ? [] : [{ text: past.text, date: past.date, likeness: cosine(own, vector) }];
    })
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, ALIKE);
}

function alikeItems({ history, item, descriptions }: ExplainOptions): Explanation['alikeItems'] {
  if (descriptions === undefined) return [];
  return history.items
    .map(({ id, description }, k) => ({ item: id, description, likeness: cosine(descriptions[item], descriptions[k]) }))
    .filter((_, k) => k !== item)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, ALIKE);
}

/** The same history, but the item's price has never left what it was on average of late. */
function atUsualPrice(history: History, item: number, origin: number): History {
  const start = item * history.periods.length;
  const from = Math.max(0, origin - PRICE_PERIODS);
  let sum = 0;
  for (let t = from; t < origin; t++) sum += history.price[start + t];
  const price = history.price.slice();
  if (origin > from) price.fill(sum / (origin - from), start, start + history.periods.length);
  return { ...history, price };
}

/** [units/period] mean of the last periods that say something. */
function recentLevel(history: History, item: number, origin: number): number {
  const start = item * history.periods.length;
  let sum = 0;
  let count = 0;
  for (let t = origin - 1; t >= 0 && count < LEVEL_PERIODS; t--) {
    if (!history.open[t] || isMissing(history, start + t, origin)) continue;
    sum += history.quantity[start + t];
    count++;
  }
  return count > 0 ? sum / count : 0;
}

function sentenceOf(explanation: Omit<Explanation, 'sentence'>, { history, horizon }: ExplainOptions): string {
  const { item, mean, p10, p90, level, season, price, promotions, notes, alikeItems } = explanation;
  const parts = [
    `${units(level)} from what it sold of late`,
    ...signed(season, 'from season, trend and other items'),
    ...signed(price, 'from its price'),
    ...promotions.flatMap((one) => signed(one.units, `from the promotion "${one.text}" of ${one.from}`)),
    ...notes.flatMap((one) =>
      signed(one.units, `from the note "${one.text}"${one.alike.length > 0 ? `, most like "${one.alike[0].text}"` : ''}`),
    ),
  ];
  const alike = alikeItems.length > 0 ? `; most like ${alikeItems[0].item} (${alikeItems[0].description})` : '';
  const span = horizon === 1 ? `the next ${history.periodLength}` : `the next ${horizon} ${history.periodLength}s`;
  return `${item}: ${units(mean)} units over ${span}, ${p10} to ${p90} with a chance of 80 %: ${parts.join(', ')}${alike}.`;
}

/** [units] below which a part is not worth a word. */
const LEAST = 0.05;

function signed(value: number, origin: string): string[] {
  if (Math.abs(value) < LEAST) return [];
  return [`${value > 0 ? '+' : '-'}${units(Math.abs(value))} ${origin}`];
}

function units(value: number): string {
  return value.toFixed(1);
}
