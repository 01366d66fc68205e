import type { History } from '../history.ts';
import { attend, centred, meanVector } from './attention.ts';
import { chooseReading, dotProducts, type ReadingSettings } from './choose-reading.ts';
import { type MeasuredEvents, measureEvents } from './events.ts';
import { smoothKindEffects } from './kind-effects.ts';
import { findKinds, type Kind } from './kinds.ts';
import type { KeyNote } from './wording-metric.ts';

/** Vectors of all texts of a history. */
export interface HistoryTexts {
  /** By the text of the note, as it stands in the history. */
  readonly notes: ReadonlyMap<string, Float32Array>;
  /** [item] null where descriptions are not to be read. */
  readonly descriptions: readonly Float32Array[] | null;
}

/** What notes did so far, and how a new one is read. */
export interface NoteReader {
  readonly events: MeasuredEvents;
  /** [kind][item] log effects; the last row is that of a note like nothing seen. */
  readonly effects: readonly Float64Array[];
  /** [item] variance of log effects over the notes seen: how far off "like nothing seen" may be. */
  readonly spread: Float64Array;
  readonly settings: ReadingSettings;
  /** Weights of the kinds, and of nothing seen, for a note. */
  read(text: string): Float64Array;
}

/** Wordings that a note is likened to. */
const MOST_KEYS = 200;

/** Learns from the notes about periods before `until`. Null where there are too few to learn from. */
export function learnNotes(history: History, until: number, texts: HistoryTexts): NoteReader | null {
  const events = measureEvents(history, until);
  if (events.notes.length < 2) return null;
  const kinds = findKinds(events);
  const byKind = smoothKindEffects(kinds, events.variance, texts.descriptions);
  const shares = kinds.map(({ notes }) => notes.length / events.notes.length);
  const nothing = events.variance.map((_, i) => byKind.reduce((sum, row, c) => sum + shares[c] * row[i], 0));
  const spread = events.variance.map((_, i) => byKind.reduce((sum, row, c) => sum + shares[c] * (row[i] - nothing[i]) ** 2, 0));
  const effects = [...byKind, nothing];
  const { vectors, mean } = centredVectors(events, texts.notes);
  const keys = distinctWordings(events, kinds, vectors);
  const wordingKinds = keys.map(({ kind }) => kind);
  const { settings, likeness } = chooseReading({ history, events, keys, effects });
  const read = (text: string) => {
    const vector = texts.notes.get(text);
    const dots = vector ? dotProducts(centred(vector, mean), keys) : new Float64Array(keys.length);
    return attend(likeness(dots), wordingKinds, kinds.length, settings);
  };
  return { events, effects, spread, settings, read };
}

function centredVectors(events: MeasuredEvents, notes: ReadonlyMap<string, Float32Array>) {
  const seen = events.notes.flatMap(({ text }) => notes.get(text) ?? []);
  const mean = meanVector(seen, seen[0]?.length ?? 0);
  const vectors = new Map<string, Float32Array>();
  for (const { text } of events.notes) {
    const vector = notes.get(text);
    if (vector) vectors.set(text, centred(vector, mean));
  }
  return { vectors, mean };
}

/** Each wording of a kind once, the latest first: a note is likened to the latest ones, where there are many. */
function distinctWordings(events: MeasuredEvents, kinds: readonly Kind[], vectors: ReadonlyMap<string, Float32Array>): KeyNote[] {
  const kindOf = new Map(kinds.flatMap(({ notes }, kind) => notes.map((k) => [k, kind])));
  const keys = new Map<string, KeyNote>();
  for (const k of [...events.notes.keys()].sort((a, b) => events.notes[b].period - events.notes[a].period || b - a)) {
    const { text } = events.notes[k];
    const vector = vectors.get(text);
    const kind = kindOf.get(k);
    if (vector !== undefined && kind !== undefined && !keys.has(`${kind} ${text}`)) keys.set(`${kind} ${text}`, { text, kind, vector });
  }
  return [...keys.values()].slice(0, MOST_KEYS);
}
