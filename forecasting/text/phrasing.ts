import type { EmbedderName } from '../embedding/index.ts';

/**
 * What is embedded of a note. A question about buying turns the transformer's attention to what an event means for a shop: chosen among a dozen
 * phrasings by leaving wordings out of event-notes' training weeks. An embedder of spellings gets the note alone.
 */
export function notePhrase(note: string, embedder: EmbedderName): string {
  return embedder === 'hashing' ? note : `${note}. What will customers buy more or less of?`;
}

/** What is embedded of an item's description where it is asked which events move it: chosen likewise, by leaving items out. */
export function itemPhrase(description: string, embedder: EmbedderName): string {
  return embedder === 'hashing' ? description : `In the aisle with ${description}`;
}
