import type { History, SalesNote } from '../history.ts';
import { eachItem, measureEvents } from './events.ts';
import type { NoteReader } from './note-reader.ts';

/** Gives histories as they would have been but for the events of their notes. */
export type EventCleaner = (history: History, until: number) => History;

/**
 * What is known when a period ends decides how its sales are changed, whatever comes later. Periods before `until` are changed; some after it may
 * be as well, where a later `until` was asked for before: the sales of one history are worked through once.
 */
export function eventCleaner(reader: NoteReader): EventCleaner {
  let last: { readonly history: History; readonly cleaned: History; done: number } | null = null;
  return (history, until) => {
    if (last?.history !== history) last = { history, cleaned: { ...history, quantity: history.quantity.slice(), notes: [] }, done: 0 };
    for (const note of history.notes) {
      if (note.period >= last.done && note.period < until) removeEvent(history, note, reader, last.cleaned.quantity);
    }
    last.done = Math.max(last.done, until);
    return last.cleaned;
  };
}

function removeEvent(history: History, note: SalesNote, reader: NoteReader, quantity: Float64Array): void {
  const known = note.period < reader.events.until ? reader.events : measureEvents(history, note.period + 1);
  const which = known.notes.findIndex((other) => other.period === note.period && other.text === note.text);
  // Notes too old to be learned from are taken as they read.
  const effect = which >= 0 ? known.effects[which] : new Float64Array(0);
  const weights = kindsByEffect(reader, effect, reader.read(note.text));
  eachItem(history, note, (i) => {
    let factor = 0;
    for (let c = 0; c < weights.length; c++) factor += weights[c] * Math.exp(reader.effects[c][i]);
    quantity[i * history.periods.length + note.period] /= factor;
  });
}

/** Weights of the kinds once the sales of the note's period are known (Bayes' rule, effects being normal around their kind's). */
function kindsByEffect(reader: NoteReader, effect: Float64Array, prior: Float64Array): Float64Array {
  const { variance } = reader.events;
  const log = prior.map((weight, c) => {
    let sum = Math.log(Math.max(1e-6, weight));
    for (let i = 0; i < effect.length; i++) {
      if (!Number.isNaN(effect[i])) sum -= (effect[i] - reader.effects[c][i]) ** 2 / (2 * variance[i]);
    }
    return sum;
  });
  const most = Math.max(...log);
  const weights = log.map((value) => Math.exp(value - most));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}
