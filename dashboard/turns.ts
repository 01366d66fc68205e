import type { Clock } from './clock.ts';
import type { Piecework } from './piecework.ts';

/** [ms] that prompt work may take before the rest of the program has its turn; [ms] of one turn of a long computation. */
const STRETCH = 8;
const SLICE = 4;

/** `prompt`: somebody sees it late; `patient`: a long computation, one piece at a time. */
export type Urgency = 'prompt' | 'patient';

/**
 * Who computes next, of all sessions: pieces of work of a few ms, those that somebody waits for first. Between them messages come in and go out, so
 * that a session which computes for long delays no other.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #waiting: Readonly<Record<Urgency, Set<() => void>>> = { prompt: new Set(), patient: new Set() };
  #planned = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Has a piece of work done soon; the function returned calls it off. */
  ask(urgency: Urgency, work: () => void): () => void {
    // A wrapper of its own: the same function may be waiting twice.
    const entry = () => work();
    this.#waiting[urgency].add(entry);
    this.#plan();
    return () => void this.#waiting[urgency].delete(entry);
  }

  /** Does a long computation in its turns; the promise fails as the computation does. */
  through<T>(work: Piecework<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const go = () => {
        const until = this.#clock.now() + SLICE;
        try {
          for (;;) {
            const piece = work.next();
            if (piece.done) return resolve(piece.value);
            if (this.#clock.now() >= until) break;
          }
          this.ask('patient', go);
        } catch (error) {
          reject(error);
        }
      };
      this.ask('patient', go);
    });
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#clock.after(0, () => {
      this.#planned = false;
      this.#work();
      if (this.#waiting.prompt.size + this.#waiting.patient.size > 0) this.#plan();
    });
  }

  #work(): void {
    const { prompt, patient } = this.#waiting;
    const until = this.#clock.now() + STRETCH;
    for (const work of prompt) {
      prompt.delete(work);
      work();
      if (this.#clock.now() >= until) return;
    }
    const [work] = patient;
    if (work === undefined) return;
    patient.delete(work);
    work();
  }
}
