import { type Embedder, normalise } from './embedder.ts';

const DIMENSION = 512;
const SHORTEST = 3;
const LONGEST = 5;

/**
 * Counts of the runs of 3 to 5 characters within words, hashed to 512 numbers (the hashing trick: Weinberger et al. 2009; character n-grams
 * that do not cross words, as in scikit-learn's `char_wb`). Needs no model, knows no meanings: it likens what is spelled alike.
 */
export function hashingEmbedder(): Embedder {
  return {
    name: 'hashing',
    model: `character-${SHORTEST}-${LONGEST}-grams`,
    precision: 'f32',
    dimension: DIMENSION,
    embed: (texts) => Promise.resolve(texts.map(hashText)),
  };
}

function hashText(text: string): Float32Array {
  const vector = new Float32Array(DIMENSION);
  for (const word of text.toLowerCase().normalize('NFC').split(/\s+/)) {
    if (word === '') continue;
    const characters = [' ', ...word, ' '];
    for (let length = SHORTEST; length <= LONGEST; length++) {
      for (let start = 0; start + length <= characters.length; start++) {
        vector[hash(characters, start, length) % DIMENSION] += 1;
      }
      // A word shorter than the run counts once, whole.
      if (length >= characters.length) {
        if (length > characters.length) vector[hash(characters, 0, characters.length) % DIMENSION] += 1;
        break;
      }
    }
  }
  return normalise(vector);
}

/** FNV-1a over code points (Fowler, Noll, Vo), with a last mixing so that the low bits are good. */
function hash(characters: readonly string[], start: number, length: number): number {
  let value = 0x811c9dc5;
  for (let k = start; k < start + length; k++) {
    value = Math.imul(value ^ (characters[k].codePointAt(0) ?? 0), 0x01000193);
  }
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}
