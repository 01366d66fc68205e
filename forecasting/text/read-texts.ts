import { type EmbedOptions, embedTexts, type TextVectors } from '../embedding/index.ts';
import type { History } from '../history.ts';
import type { HistoryTexts } from './note-reader.ts';
import { itemPhrase, notePhrase } from './phrasing.ts';

/** Vectors of a history's texts, and what made them. */
export interface ReadTexts {
  /** Of the descriptions as they stand, in lower case, with the embedder in use. */
  readonly descriptions: TextVectors;
  /** For reading notes; null where there are none. */
  readonly events: HistoryTexts | null;
}

/** Embeds descriptions and notes, all with the same embedder: the one asked for or what stands in for it. */
export async function readTexts(history: History, options: EmbedOptions = {}): Promise<ReadTexts> {
  const lower = history.items.map(({ description }) => description.toLowerCase());
  const descriptions = await embedTexts(lower, options);
  const wordings = [...new Set(history.notes.map((note) => note.text))];
  if (wordings.length === 0) return { descriptions, events: null };
  const { embedder } = descriptions;
  const embed = async (texts: readonly string[]) => (await embedTexts(texts, { ...options, embedder })).vectors;
  const notes = await embed(wordings.map((note) => notePhrase(note, embedder)));
  const items = await embed(lower.map((description) => itemPhrase(description, embedder)));
  return { descriptions, events: { notes: new Map(wordings.map((note, k) => [note, notes[k]])), descriptions: items } };
}
