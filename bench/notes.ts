import {
  type EmbedderName,
  type Forecaster,
  type History,
  type HistoryTexts,
  readingForecaster,
  readTexts,
  steadyForecaster,
} from '../forecasting/index.ts';
import { dataOption } from './support/data-option.ts';
import { type ForecastsMade, forecastTest, type Losses, lossesOf, readKnownEffects, shareOf } from './support/event-notes.ts';

/**
 * What reading event notes is worth: shares of the way from no text to the true effects, on sales made with known effects, whose test weeks word their
 * events as never before. WAPE is that of the mean, one week ahead, over all items and test weeks; cost is that of ordering up to the 0.9
 * quantile, with a holding cost of 1 and a shortage cost of 9. All read notes over a level and a season, of which
 * `noText` has nothing else. `unseenItems`: items whose event weeks were not seen while learning, a fifth of them at a time.
 */
const EMBEDDERS: Readonly<Record<string, EmbedderName>> = { hashing: 'hashing', static: 'static', text: 'transformer' };
const GROUPS = 5;

const data = await readKnownEffects(dataOption('notes'));
const { history, cut } = data;
const truth = lossesOf(data, data.truth);
const noText = made(steadyForecaster(), history);
const methods: Record<string, unknown> = { noText: shares(noText), flag: shares(made(flagReader(), history)) };
const unseenItems: Record<string, unknown> = {};
for (const [name, embedder] of Object.entries(EMBEDDERS)) {
  const { events } = await readTexts(history, { embedder });
  if (events === null) throw new Error('no notes in notes.csv');
  methods[name] = shares(made(readingForecaster(steadyForecaster(), events), history));
  unseenItems[name] = unseenShares(events);
}
const testWeeks = history.periods.length - cut;
console.log(JSON.stringify({ benchmark: 'notes', items: history.items.length, testWeeks, methods, unseenItems }));

function made(forecaster: Forecaster, sales: History): ForecastsMade {
  return forecastTest(forecaster.fit(sales, { until: cut, horizon: 1 }), sales, cut);
}

function shares(forecasts: ForecastsMade) {
  const losses = lossesOf(data, forecasts);
  return {
    wape: losses.absolute / losses.sold,
    cost: losses.cost / data.truth.mean.length,
    share: shareOf(losses, lossesOf(data, noText), truth),
  };
}

/** Knows that there is a note, not what it says. */
function flagReader(): Forecaster {
  const one = Float32Array.of(1);
  return readingForecaster(steadyForecaster(), { notes: new Map(history.notes.map(({ text }) => [text, one])), descriptions: null });
}

/** Items in turn have no event weeks to learn from: their sales of those weeks are missing. */
function unseenShares(texts: HistoryTexts) {
  const sums = { model: [0, 0], noText: [0, 0], truth: [0, 0] };
  for (let group = 0; group < GROUPS; group++) {
    const hidden = new Set([...history.items.keys()].filter((i) => (7 * i + Math.floor(i / 20)) % GROUPS === group));
    const veiled = { ...history, missing: history.missing.slice() };
    for (const { period } of history.notes) {
      if (period < cut) for (const i of hidden) veiled.missing[i * history.periods.length + period] = period + 1;
    }
    add(sums.model, lossesOf(data, made(readingForecaster(steadyForecaster(), texts), veiled), hidden));
    add(sums.noText, lossesOf(data, noText, hidden));
    add(sums.truth, lossesOf(data, data.truth, hidden));
  }
  const share = (k: number) => (sums.noText[k] - sums.model[k]) / (sums.noText[k] - sums.truth[k]);
  return { wape: share(0), cost: share(1) };
}

function add(sums: number[], { absolute, cost }: Losses): void {
  sums[0] += absolute;
  sums[1] += cost;
}
