import { type ForecastPaths, UserError } from '../env/index.ts';
import { type BacktestResult, backtest } from './backtest.ts';
import { type EmbedderName, type EmbedOptions, embedTexts, sideBySide, type TextVectors } from './embedding/index.ts';
import type { HolidayCalendar } from './features/index.ts';
import { type FittedForecaster, type Forecaster, rollingForecasts } from './forecaster.ts';
import { type History, quantitiesBetween } from './history.ts';
import { blendedForecaster } from './methods/blended.ts';
import { globalForecaster } from './methods/global.ts';
import { autoForecaster, CLASSICAL_METHODS, classicalForecaster, isClassical } from './methods/index.ts';
import { introducingForecaster } from './methods/introducing.ts';
import { networkForecaster } from './methods/network.ts';
import { readingForecaster } from './methods/reading.ts';
import { ridgeForecaster } from './methods/ridge.ts';
import { steadyForecaster } from './methods/steady.ts';
import { findAnalogues } from './text/analogues.ts';
import { itemText } from './text/phrasing.ts';
import { readTexts } from './text/read-texts.ts';

/**
 * Methods by the names that people use. `global`, `ridge` and `network` see numbers only; those with a plus read descriptions, each with its own embedder: `global` by
 * what is described alike, the others as further numbers.
 */
export const METHODS = [
  ...CLASSICAL_METHODS,
  'ridge',
  'ridge+text',
  'network',
  'network+text',
  'global',
  'global+hashing',
  'global+static',
  'global+text',
  'auto',
] as const;
export type MethodName = (typeof METHODS)[number];

/**
 * What `auto` chooses from besides `global+text`, whose gate chooses whether text is used: methods that err in different ways. The moving median is none of them: it is
 * near what usually sells and so has a small absolute error, but what varies around it as a mean is not what sells (docs/forecasting.md).
 */
const AUTO_CLASSICS = ['moving-average', 'ses', 'combination', 'tsb'] as const;

const EMBEDDERS = {
  'ridge+text': 'transformer',
  'network+text': 'transformer',
  'global+hashing': 'hashing',
  'global+static': 'static',
  'global+text': 'transformer',
} as const;

/** A method ready to be fitted, and what read the texts for it: null where nothing did. */
export interface OpenedMethod {
  readonly forecaster: Forecaster;
  readonly text: TextVectors | null;
}

export interface MethodOptions extends Omit<EmbedOptions, 'embedder'> {
  /** Left out: no holidays. */
  readonly holidays?: HolidayCalendar;
  /** Are items that have never sold about to be introduced? Where weeks of the past are gone through, most are not yet. Default true. */
  readonly introduces?: boolean;
}

/** The method of that name for a catalogue. Embeds the descriptions where the method reads. */
export async function openMethod(
  name: MethodName,
  history: History,
  { introduces = true, holidays, ...options }: MethodOptions = {},
): Promise<OpenedMethod> {
  if (isClassical(name)) return { forecaster: classicalForecaster(name), text: null };
  if (name === 'auto') {
    const reading = await openMethod('global+text', history, { ...options, introduces, holidays });
    const others = AUTO_CLASSICS.map(classicalForecaster);
    return { forecaster: autoForecaster([reading.forecaster, ...others]), text: reading.text };
  }
  if (name === 'global') {
    const plain = blended(globalForecaster({ holidays }));
    return { forecaster: introduces ? introducingForecaster(plain, { vectors: null }) : plain, text: null };
  }
  if (name === 'ridge') return { forecaster: ridgeForecaster({ features: { holidays } }), text: null };
  if (name === 'network') return { forecaster: networkForecaster({ features: { holidays } }), text: null };
  const texts = await readTexts(history, { ...options, embedder: EMBEDDERS[name] });
  const { vectors } = texts.descriptions;
  const promotionTexts = texts.promotions ?? undefined;
  const joined = { name, texts: vectors, features: { holidays, promotionTexts } };
  if (name === 'ridge+text') return { forecaster: ridgeForecaster(joined), text: texts.descriptions };
  if (name === 'network+text') return { forecaster: networkForecaster(joined), text: texts.descriptions };
  const alike = blended(globalForecaster({ name, analogues: findAnalogues(vectors), promotionTexts, holidays }));
  const forecaster = introduces
    ? introducingForecaster(alike, { vectors: await introductionVectors(texts.descriptions, history, options) })
    : alike;
  return { forecaster: texts.events ? readingForecaster(forecaster, texts.events) : forecaster, text: texts.descriptions };
}

/** Several methods for one catalogue: what one of them finds cannot be had is not looked for again by the next. */
export async function openMethods(names: readonly MethodName[], history: History, options: MethodOptions = {}): Promise<OpenedMethod[]> {
  const shared = { ...options, missing: options.missing ?? new Map<EmbedderName, string>() };
  const opened: OpenedMethod[] = [];
  for (const name of names) opened.push(await openMethod(name, history, shared));
  return opened;
}

/** What the transformer says of a description, and beside it what its words mean: new items are likened better by both. */
async function introductionVectors(
  { embedder, vectors }: TextVectors,
  history: History,
  options: Omit<EmbedOptions, 'embedder'>,
): Promise<readonly Float32Array[]> {
  if (embedder !== 'transformer') return vectors;
  return sideBySide(vectors, (await embedTexts(history.items.map(itemText), { ...options, embedder: 'static' })).vectors);
}

/** Two years tell a season, which the model of all items does not know. */
function blended(forecaster: Forecaster): Forecaster {
  return blendedForecaster(forecaster, steadyForecaster(), { fromYears: 2 });
}

export interface StudyOptions {
  readonly history: History;
  /** [weeks] at the end that nothing is fitted on. Default: 13. */
  readonly heldOutWeeks?: number;
  /** [weeks] that each forecast covers. Default: 4. */
  readonly horizon?: number;
  /** First week of the forecasts that demand is simulated from: weeks before it know too little. Default: 13. */
  readonly simulateFrom?: number;
  /** The method whose forecasts are used. Default: `global+text`. */
  readonly method?: MethodName;
  /** Compared with it. Default: naive and moving-average. */
  readonly yardsticks?: readonly MethodName[];
  readonly embedding?: Omit<EmbedOptions, 'embedder'>;
}

/** Everything that a scenario needs of a history's forecasts. */
export interface DemandStudy {
  readonly history: History;
  /** The first held-out week. */
  readonly cut: number;
  readonly text: TextVectors | null;
  readonly fitted: FittedForecaster;
  readonly backtest: BacktestResult;
  /** Forecasts made in the weeks [simulateFrom, cut): demand is drawn from them. */
  readonly simulated: ForecastPaths;
  /** Forecasts made in the held-out weeks, and what happened, [item][week]. */
  readonly heldOut: { readonly forecasts: ForecastPaths; readonly quantities: Float64Array };
}

/** Fits a method on the weeks before the held-out ones, compares it with the yardsticks on those, and gives its rolling forecasts of both. */
export async function studyDemand(options: StudyOptions): Promise<DemandStudy> {
  const { history } = options;
  const horizon = options.horizon ?? 4;
  const heldOutWeeks = options.heldOutWeeks ?? 13;
  const from = options.simulateFrom ?? 13;
  const weeks = history.periods.length;
  const cut = weeks - heldOutWeeks;
  if (!Number.isInteger(cut) || cut <= from || heldOutWeeks < 1) {
    throw new UserError(
      `${weeks} weeks of sales, ${heldOutWeeks} held out: expected more than ${from} weeks before those held out; give more sales or hold out fewer`,
    );
  }
  const names = [options.method ?? 'global+text', ...(options.yardsticks ?? ['naive', 'moving-average'])] as const;
  const opened = await openMethods(names, history, { ...options.embedding, introduces: false });
  const result = backtest({ history, cut, horizon, methods: opened.map(({ forecaster }) => forecaster) });
  const [{ fitted, forecasts }] = result.methods;
  return {
    history,
    cut,
    text: opened[0].text,
    fitted,
    backtest: result,
    simulated: rollingForecasts({ forecaster: fitted, history, from, to: cut, horizon }),
    heldOut: { forecasts, quantities: quantitiesBetween(history, cut, weeks) },
  };
}
