import {
  type EmbedderName,
  type Forecaster,
  type History,
  type HistoryTexts,
  readingForecaster,
  readTexts,
  steadyForecaster,
} from '../../forecasting/index.ts';
import { type ForecastsMade, forecastTest, type KnownEffects, type Losses, lossesOf, shareOf } from './event-notes.ts';

/** Parts of the way from no text to the true effects. */
export interface Share {
  readonly wape: number;
  readonly cost: number;
}

export interface NoteShares {
  /** By reader: WAPE, cost per item and week, and their shares. */
  readonly methods: Readonly<Record<string, { readonly wape: number; readonly cost: number; readonly share: Share }>>;
  /** Of items whose event weeks were hidden while learning, a fifth of them at a time. */
  readonly unseenItems: Readonly<Record<string, Share>>;
}

const EMBEDDERS: Readonly<Record<string, EmbedderName>> = { hashing: 'hashing', static: 'static', text: 'transformer' };
const GROUPS = 5;

/**
 * What reading notes is worth where their effects are known. WAPE is that of the mean, one week ahead, over all items and test weeks; cost is that of ordering up to
 * the 0.9 quantile, with a holding cost of 1 and a shortage cost of 9. All read notes over a level and a season, of which `noText` has nothing else; `flag` knows that
 * there is a note, not what it says.
 */
export async function noteShares(data: KnownEffects): Promise<NoteShares> {
  const { history } = data;
  const noText = made(data, steadyForecaster());
  const score = (forecaster: Forecaster) => scores(data, noText, made(data, forecaster));
  const methods: Record<string, ReturnType<typeof score>> = { noText: score(steadyForecaster()), flag: score(flagReader(history)) };
  const unseenItems: Record<string, Share> = {};
  for (const [name, embedder] of Object.entries(EMBEDDERS)) {
    const { events } = await readTexts(history, { embedder });
    if (events === null) throw new Error('no notes');
    methods[name] = score(readingForecaster(steadyForecaster(), events));
    unseenItems[name] = unseenShares(data, noText, events);
  }
  return { methods, unseenItems };
}

function made({ cut, history }: KnownEffects, forecaster: Forecaster, sales: History = history): ForecastsMade {
  return forecastTest(forecaster.fit(sales, { until: cut, horizon: 1 }), sales, cut);
}

function scores(data: KnownEffects, noText: ForecastsMade, forecasts: ForecastsMade) {
  const losses = lossesOf(data, forecasts);
  const share = shareOf(losses, lossesOf(data, noText), lossesOf(data, data.truth));
  return { wape: losses.absolute / losses.sold, cost: losses.cost / data.truth.mean.length, share };
}

function flagReader(history: History): Forecaster {
  const one = Float32Array.of(1);
  return readingForecaster(steadyForecaster(), { notes: new Map(history.notes.map(({ text }) => [text, one])), descriptions: null });
}

/** Items in turn have no event weeks to learn from: their sales of those weeks are missing. */
function unseenShares(data: KnownEffects, noText: ForecastsMade, texts: HistoryTexts): Share {
  const { history, cut } = data;
  const sums = { model: [0, 0], noText: [0, 0], truth: [0, 0] };
  for (let group = 0; group < GROUPS; group++) {
    const hidden = new Set([...history.items.keys()].filter((i) => (7 * i + Math.floor(i / 20)) % GROUPS === group));
    const veiled = { ...history, missing: history.missing.slice() };
    for (const { period } of history.notes) {
      if (period < cut) for (const i of hidden) veiled.missing[i * history.periods.length + period] = period + 1;
    }
    add(sums.model, lossesOf(data, made(data, readingForecaster(steadyForecaster(), texts), veiled), hidden));
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
