import { UserError } from '../user-error.ts';
import { ALMOST_ONE } from './lane-distribution.ts';
import type { Note } from './process.ts';
import type { EventKind, EventNote } from './spec.ts';

export interface EventPlanOptions {
  readonly knownAhead: number;
  readonly notes?: readonly EventNote[];
  readonly random?: { readonly kinds: readonly EventKind[] };
}

/** One wording of a kind of chance event, with the probability that an event is this one. */
interface Wording {
  readonly text: string;
  readonly length: number;
  readonly multiplier: number;
  readonly probability: number;
  /** Sum of the probabilities of the wordings before it. */
  readonly before: number;
}

/** Listed events and the kinds of chance ones, checked, with what is asked of them. */
export class EventPlan {
  /** Of the chance events. */
  readonly wordings: readonly Wording[];
  /** [periods] the longest chance event; 0 where there are none. */
  readonly longest: number;
  readonly #notes: readonly EventNote[];

  constructor(notes: readonly EventNote[], wordings: readonly Wording[]) {
    this.#notes = notes;
    this.wordings = wordings;
    this.longest = wordings.reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** Factor of the listed events in a period; of those alone that start by `announced`, if that is given. */
  listedFactor(period: number, announced = Number.POSITIVE_INFINITY): number {
    let factor = 1;
    for (const note of this.#notes) {
      const start = lastStart(note, period);
      if (start + note.length > period && start <= announced) factor *= note.multiplier;
    }
    return factor;
  }

  /** Mean and mean square of the listed factor over all periods, as if they fell independently of each other; what comes once does not count. */
  listedMoments(): { mean: number; square: number } {
    let mean = 1;
    let square = 1;
    for (const { every, length, multiplier } of this.#notes) {
      const part = every === undefined ? 0 : length / every;
      mean *= 1 + (multiplier - 1) * part;
      square *= 1 + (multiplier * multiplier - 1) * part;
    }
    return { mean, square };
  }

  /** Listed events that are announced by a period and not over. */
  listedNotes(period: number, knownAhead: number): Note[] {
    return this.#notes.flatMap((note) => {
      const starts = [lastStart(note, period)];
      for (let next = nextStart(note, period); next <= period + knownAhead; next = nextStart(note, next)) starts.push(next);
      return starts.filter((from) => from + note.length > period).map((from) => ({ text: note.text, from, length: note.length }));
    });
  }

  /** Writes mean and mean square, in the period `to`, of the factor of the chance events that start in `from` to `to` and are not drawn yet. */
  chanceMoments(from: number, to: number, chance: number, out: Float64Array): void {
    out[0] = 1;
    out[1] = 1;
    for (let start = from; start <= to; start++) {
      let mean = 1;
      let square = 1;
      for (const { length, multiplier, probability } of this.wordings) {
        if (start + length <= to) continue;
        mean += chance * probability * (multiplier - 1);
        square += chance * probability * (multiplier * multiplier - 1);
      }
      out[0] *= mean;
      out[1] *= square;
    }
  }

  /** Which event starts in a period, for its uniform number: -1 for none. */
  starting(chance: number, u: number): number {
    return u >= chance ? -1 : this.choose(Math.min(u / chance, ALMOST_ONE));
  }

  /** What is left of the uniform number that said which event starts: a uniform number again. */
  left(chance: number, which: number, u: number): number {
    const v = which < 0 ? (u - chance) / (1 - chance) : this.within(which, Math.min(u / chance, ALMOST_ONE));
    return v < ALMOST_ONE ? v : ALMOST_ONE;
  }

  /** The wording for a uniform number. */
  choose(u: number): number {
    let which = 0;
    while (which < this.wordings.length - 1 && this.wordings[which].before + this.wordings[which].probability <= u) which++;
    return which;
  }

  /** Where the uniform number lies within the part that chose a wording. */
  within(which: number, u: number): number {
    const { before, probability } = this.wordings[which];
    const v = (u - before) / probability;
    return v < 0 ? 0 : v > ALMOST_ONE ? ALMOST_ONE : v;
  }

  checkChance(chance: Float64Array, path: string): void {
    const wrong = chance.find((p) => !(p >= 0 && p <= 1));
    if (wrong !== undefined) throw new UserError(`${path}.random.probability: ${wrong}; expected a probability from 0 to 1`);
  }
}

/** @throws UserError naming the event, its value and what was expected */
export function readEvents({ knownAhead, notes = [], random }: EventPlanOptions, path: string): EventPlan {
  checkWhole(knownAhead, 0, `${path}.knownAhead`);
  if (notes.length === 0 && random === undefined)
    throw new UserError(`${path}: no events; expected notes, or random ones with their kinds`);
  notes.forEach((note, k) => {
    checkEvent(note, `${path}.notes.${k}`);
    checkWhole(note.from, 0, `${path}.notes.${k}.from`);
    if (note.every === undefined) return;
    checkWhole(note.every, 1, `${path}.notes.${k}.every`);
    if (note.every < note.length)
      throw new UserError(`${path}.notes.${k}.every: ${note.every}; expected at least its length, ${note.length}`);
  });
  return new EventPlan(notes, readWordings(random?.kinds, `${path}.random.kinds`));
}

function readWordings(kinds: readonly EventKind[] | undefined, path: string): Wording[] {
  if (kinds === undefined) return [];
  kinds.forEach((kind, k) => {
    checkEvent(kind, `${path}.${k}`);
    if (kind.texts.length === 0) throw new UserError(`${path}.${k}.texts: an empty list; expected at least one wording`);
    const weight = kind.weight ?? 1;
    if (!(weight > 0 && Number.isFinite(weight))) throw new UserError(`${path}.${k}.weight: ${weight}; expected a number above 0`);
  });
  const total = kinds.reduce((sum, { weight = 1 }) => sum + weight, 0);
  if (total === 0) throw new UserError(`${path}: an empty list; expected at least one kind of event`);
  let before = 0;
  return kinds.flatMap(({ texts, length, multiplier, weight = 1 }) =>
    texts.map((text) => {
      const probability = weight / total / texts.length;
      before += probability;
      return { text, length, multiplier, probability, before: before - probability };
    }),
  );
}

function checkEvent({ length, multiplier }: { readonly length: number; readonly multiplier: number }, path: string): void {
  checkWhole(length, 1, `${path}.length`);
  if (!(multiplier >= 0 && Number.isFinite(multiplier)))
    throw new UserError(`${path}.multiplier: ${multiplier}; expected a number of 0 or more`);
}

function checkWhole(value: number, least: number, path: string): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new UserError(`${path}: ${value}; expected a whole number of periods, ${least} or more`);
}

/** Start of the last occurrence that does not start after a period; before all time where there is none. */
function lastStart({ from, every }: EventNote, period: number): number {
  if (period < from) return Number.NEGATIVE_INFINITY;
  return every === undefined ? from : from + Math.floor((period - from) / every) * every;
}

/** Start of the first occurrence after a period; never where there is none. */
function nextStart(note: EventNote, period: number): number {
  if (period < note.from) return note.from;
  return note.every === undefined ? Number.POSITIVE_INFINITY : lastStart(note, period) + note.every;
}
