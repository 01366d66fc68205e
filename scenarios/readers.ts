import type { MethodName } from '../forecasting/index.ts';

/** Who reads descriptions and notes for a catalogue's forecasts. */
export const READERS = ['none', 'hashing', 'static', 'text', 'oracle'] as const;
export type Reader = (typeof READERS)[number];

/** The method that forecasts with each; the oracle is told, so that anything quick does for the record. */
export const METHOD_OF: Readonly<Record<Reader, MethodName>> = {
  none: 'global',
  hashing: 'global+hashing',
  static: 'global+static',
  text: 'global+text',
  oracle: 'naive',
};
