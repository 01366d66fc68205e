import type { EmbedderName } from '../embedding/index.ts';
import type { CatalogueItem } from '../history.ts';

/** What is embedded of an item: its description and, where it has one, its category. */
export function itemText({ description, category }: Pick<CatalogueItem, 'description' | 'category'>): string {
  return [description, category]
    .filter((part) => part.trim() !== '')
    .join(', ')
    .toLowerCase();
}

/**
 * What is embedded of a note. A question about buying turns the transformer's attention to what an event means for a shop: chosen among a dozen
 * phrasings by leaving wordings out of event-notes' training weeks. An embedder of spellings gets the note alone.
 */
export function notePhrase(note: string, embedder: EmbedderName): string {
  return embedder === 'hashing' ? note : `${note}. What will customers buy more or less of?`;
}

/** What is embedded of an item's text where it is asked which events move it: chosen likewise, by leaving items out. */
export function itemPhrase(text: string, embedder: EmbedderName): string {
  return embedder === 'hashing' || text === '' ? text : `In the aisle with ${text}`;
}
