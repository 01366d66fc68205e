import { cosine } from '../embedding/index.ts';
import type { History } from '../history.ts';
import { type AttentionSettings, attend, centred, type KeyNote, meanVector } from './attention.ts';
import { type MeasuredEvents, measureEvents } from './events.ts';
import { smoothKindEffects } from './kind-effects.ts';
import { findKinds } from './kinds.ts';

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
  readonly keys: readonly KeyNote[];
  /** [kind][item] log effects; the last row is that of a note like nothing seen. */
  readonly effects: readonly Float64Array[];
  /** [item] variance of log effects over the notes seen: how far off "like nothing seen" may be. */
  readonly spread: Float64Array;
  readonly settings: AttentionSettings;
  /** Weights of the kinds, and of nothing seen, for a note. */
  read(text: string): Float64Array;
}

const TEMPERATURES = [0.04, 0.05, 0.065, 0.08, 0.12, 0.2];
const NOTHING = [-0.1, 0.1, 0.2, 0.3, 0.4];
/** Besides a note's own wording, so many of the most alike ones are hidden in turn: new wordings stand farther off than those at hand do from each other. */
const HIDDEN_BESIDES = [1, 2, 3];
/** Items that settings are chosen on. */
const MOST_JUDGES = 300;

/** Learns from the notes about periods before `until`. Null where there are too few to learn from. */
export function learnNotes(history: History, until: number, texts: HistoryTexts): NoteReader | null {
  const events = measureEvents(history, until);
  if (events.notes.length < 2) return null;
  const kinds = findKinds(events);
  const keys = kinds.flatMap(({ notes }, kind) => notes.map((k) => ({ text: events.notes[k].text, kind })));
  const byKind = smoothKindEffects(kinds, events.variance, texts.descriptions);
  const shares = kinds.map(({ notes }) => notes.length / events.notes.length);
  const nothing = events.variance.map((_, i) => byKind.reduce((sum, row, c) => sum + shares[c] * row[i], 0));
  const spread = events.variance.map((_, i) => byKind.reduce((sum, row, c) => sum + shares[c] * (row[i] - nothing[i]) ** 2, 0));
  const effects = [...byKind, nothing];
  const { vectors, mean } = centredVectors(events, texts.notes);
  const settings = chooseSettings({ history, events, keys, effects, vectors });
  const read = (text: string) => {
    const vector = texts.notes.get(text);
    return attend(vector ? centred(vector, mean) : new Float32Array(mean.length), keys, vectors, kinds.length, settings);
  };
  return { events, keys, effects, spread, settings, read };
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

interface Choice {
  readonly history: History;
  readonly events: MeasuredEvents;
  readonly keys: readonly KeyNote[];
  readonly effects: readonly Float64Array[];
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/** The settings with the least absolute error of sales, each note read as if its wording, and some like it, had never been seen. */
function chooseSettings(choice: Choice): AttentionSettings {
  const { events, keys, effects, vectors } = choice;
  const judges = Array.from(events.variance.keys())
    .sort((a, b) => events.usual[b * events.until] - events.usual[a * events.until] || a - b)
    .slice(0, MOST_JUDGES);
  const factors = effects.map((row) => Float64Array.from(judges, (i) => Math.exp(row[i])));
  const hidden = events.notes.map(({ text }) => hiddenWordings(text, vectors));
  let best: AttentionSettings = { temperature: TEMPERATURES[0], nothing: NOTHING[0] };
  let least = Number.POSITIVE_INFINITY;
  for (const temperature of TEMPERATURES) {
    for (const nothing of NOTHING) {
      const settings = { temperature, nothing };
      let error = 0;
      for (const [k, note] of events.notes.entries()) {
        const vector = vectors.get(note.text);
        if (vector === undefined) continue;
        for (const hide of hidden[k]) {
          const weights = attend(vector, keys, vectors, effects.length - 1, settings, hide);
          error += noteError(choice, k, judges, factors, weights);
        }
      }
      if (error >= least) continue;
      least = error;
      best = settings;
    }
  }
  return best;
}

function hiddenWordings(text: string, vectors: ReadonlyMap<string, Float32Array>): ReadonlySet<string>[] {
  const own = vectors.get(text);
  if (own === undefined) return [];
  const alike = [...vectors].filter(([other]) => other !== text).map(([other, vector]) => ({ other, likeness: cosine(own, vector) }));
  alike.sort((a, b) => b.likeness - a.likeness);
  return HIDDEN_BESIDES.map((count) => new Set([text, ...alike.slice(0, count).map(({ other }) => other)]));
}

/** Absolute error of the sales of one note's period over the items that judge. */
function noteError(
  { history, events }: Choice,
  k: number,
  judges: readonly number[],
  factors: readonly Float64Array[],
  weights: Float64Array,
): number {
  const { period } = events.notes[k];
  let error = 0;
  for (const [n, i] of judges.entries()) {
    if (Number.isNaN(events.effects[k][i])) continue;
    let factor = 0;
    for (let c = 0; c < weights.length; c++) factor += weights[c] * factors[c][n];
    error += Math.abs(history.quantity[i * history.periods.length + period] - factor * events.usual[i * events.until + period]);
  }
  return error;
}
