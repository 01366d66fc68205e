import { type EmbedderName, type EmbedOptions, embedTexts, type TextVectors } from '../embedding/index.ts';
import type { History } from '../history.ts';
import type { HistoryTexts } from './note-reader.ts';
import { itemPhrase, itemText, notePhrase } from './phrasing.ts';

/** Vectors of a history's texts, and what made them. */
export interface ReadTexts {
  /** [item] of descriptions and categories, in lower case, with the embedder in use. */
  readonly descriptions: TextVectors;
  /** For reading notes; null where there are none. */
  readonly events: HistoryTexts | null;
  /** By the text of the promotion; null where none says anything. */
  readonly promotions: ReadonlyMap<string, Float32Array> | null;
}

/** Embeds descriptions, notes and promotions, all with the same embedder: the one asked for or what stands in for it. */
export async function readTexts(history: History, given: EmbedOptions = {}): Promise<ReadTexts> {
  const options = { ...given, missing: given.missing ?? new Map<EmbedderName, string>() };
  const descriptions = await embedTexts(history.items.map(itemText), options);
  const others = textsBeside(history, descriptions.embedder);
  const made = await embedTexts([...others.notes, ...others.items, ...others.promotions], { ...options, embedder: descriptions.embedder });
  // Descriptions may have been read before, by a model that can no longer be had.
  if (made.embedder !== descriptions.embedder) return readTexts(history, options);
  const [notes, items, promotions] = [others.notes, others.items, others.promotions].map((texts, k, all) => {
    const from = all.slice(0, k).reduce((sum, { length }) => sum + length, 0);
    return made.vectors.slice(from, from + texts.length);
  });
  const events = { notes: new Map(others.wordings.map((note, k) => [note, notes[k]])), descriptions: items };
  return {
    descriptions,
    events: others.wordings.length > 0 ? events : null,
    promotions: promotions.length > 0 ? new Map(others.promotions.map((text, k) => [text, promotions[k]])) : null,
  };
}

/** What is embedded besides descriptions: each distinct note and, where there are some, each item as it is asked which of them move it; each distinct promotion. */
function textsBeside(history: History, embedder: EmbedderName) {
  const wordings = [...new Set(history.notes.map((note) => note.text))];
  return {
    wordings,
    notes: wordings.map((note) => notePhrase(note, embedder)),
    items: wordings.length > 0 ? history.items.map((item) => itemPhrase(itemText(item), embedder)) : [],
    promotions: [...new Set(history.promotions.map(({ text }) => text))].filter((text) => text.trim() !== ''),
  };
}
