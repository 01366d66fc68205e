import {
  CLASSICAL_METHODS,
  type History,
  holidaysAround,
  introducingForecaster,
  type MethodName,
  type OpenedMethod,
  openMethod,
  readingForecaster,
  readTexts,
  soldBefore,
} from '../../forecasting/index.ts';

/** Above so many items learning from all of them at once, and reading all of their texts, takes minutes. */
const MANY_ITEMS = 2000;

/** The method that is used where none is asked for. */
export function usualMethod(items: number): MethodName {
  return items <= MANY_ITEMS ? 'global+text' : 'combination';
}

export interface OpenOptions {
  readonly report?: (line: string) => void;
  /** Whose public holidays move demand, as GB, DE or DE-BY; for methods that learn from all items. Default: none. */
  readonly country?: string;
}

/**
 * The method of that name, ready to be fitted. A classical one, which looks at each item for itself, is helped out where it has nothing to go by: items that have
 * never sold are forecast from what items described alike sold when they were new, and notes are read. Texts are then read word by word.
 */
export async function openRecommendationMethod(
  name: MethodName,
  history: History,
  { report, country }: OpenOptions = {},
): Promise<OpenedMethod> {
  const holidays = country === undefined ? undefined : await holidaysAround(history, country);
  const opened = await openMethod(name, history, { report, holidays });
  if (!CLASSICAL_METHODS.some((one) => one === name)) return opened;
  if (holidays !== undefined) report?.(`--country ${holidays.country}: ${name} looks at each item for itself and knows no holidays`);
  const unsold = history.items.some((_, item) => !soldBefore(history, item, history.periods.length));
  if (!unsold && history.notes.length === 0) return opened;
  const texts = await readTexts(history, { embedder: 'static', report });
  const { vectors } = texts.descriptions;
  const introducing = unsold ? introducingForecaster(opened.forecaster, { vectors, unlearned: 'alike' }) : opened.forecaster;
  const forecaster = texts.events === null ? introducing : readingForecaster(introducing, texts.events);
  return { forecaster, text: texts.descriptions };
}
