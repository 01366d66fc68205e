import type { TextVectors } from '../../../forecasting/index.ts';

/** What read the texts, why it is not what was asked for, and where it was looked for. */
export function readerOf({ vectors: _, ...reader }: TextVectors): Omit<TextVectors, 'vectors'> {
  return reader;
}
