import type { TextVectors } from '../../../forecasting/index.ts';

/** What read the texts, why it is not what was asked for, and where it was looked for. */
export function readerOf({ vectors: _, ...reader }: TextVectors): Omit<TextVectors, 'vectors'> {
  return reader;
}

/** The same in a line for people. */
export function readBy(method: string, { embedder, fallback }: Pick<TextVectors, 'embedder' | 'fallback'>): string {
  return `${method} read texts by ${embedder}${fallback === null ? '' : `: ${fallback}`}`;
}

/** The line of a command's answer, none where nothing was read. */
export function readerLine({ method, embedder, fallback = null }: Partial<TextVectors> & { readonly method: string }): string[] {
  return embedder === undefined ? [] : [readBy(method, { embedder, fallback })];
}
