import { debrief } from './debrief.ts';
import type { Episode } from './episode.ts';
import type { Piecework } from './piecework.ts';
import type { DebriefMessage, Frame } from './protocol.ts';
import type { Turns } from './turns.ts';

/** What games came to: worked out once each, and again when the optimum has become known. */
export class Debriefing {
  readonly #turns: Turns;
  #last: { readonly episode: Episode; readonly optimum: Episode['optimum']; readonly message: Promise<DebriefMessage> } | null = null;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** @param frames all of the episode's */
  of(episode: Episode, frames: () => readonly Frame[]): Promise<DebriefMessage> {
    const { optimum } = episode;
    if (this.#last?.episode !== episode || this.#last.optimum !== optimum)
      this.#last = { episode, optimum, message: this.#work(episode, frames()) };
    return this.#last.message;
  }

  async #work(episode: Episode, frames: readonly Frame[]): Promise<DebriefMessage> {
    const { names, network, costParts } = episode;
    const optimum = await this.#turns.through(underOptimum(episode));
    return { type: 'debrief', ...debrief({ frames, names, network, costParts, optimum }) };
  }
}

/** An episode's periods as the optimum would have had them; null where it is not known. */
function* underOptimum(episode: Episode): Piecework<Frame[] | null> {
  if (episode.optimum === null) return null;
  const again = episode.again({ policies: [{ name: 'optimal', policy: episode.optimum.policy }], player: null });
  const frames: Frame[] = [];
  while (frames.length < again.periods) {
    const frame = again.step();
    if (frame !== null) frames.push(frame);
    yield;
  }
  return frames;
}
