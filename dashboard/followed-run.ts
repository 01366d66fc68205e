import type { TrainingMessage, TrainMessage } from './protocol.ts';
import { Refusal } from './refusal.ts';
import type { TrainingDesk } from './source.ts';

interface FollowedRunListeners {
  readonly onMessage: (message: TrainingMessage) => void;
  /** A run has begun, stopped or ended. */
  readonly onStanding: () => void;
}

/** The one training run that a client follows: the latest it wished for. */
export class FollowedRun {
  readonly #desk: TrainingDesk | undefined;
  readonly #listeners: FollowedRunListeners;
  #unfollow = () => {};
  /** The run that was last told of, and how it stood. */
  #standing = '';
  /** Counts the wishes. */
  #wishes = 0;

  constructor(desk: TrainingDesk | undefined, listeners: FollowedRunListeners) {
    this.#desk = desk;
    this.#listeners = listeners;
  }

  /** null: none any longer. */
  async follow(run: string | null): Promise<void> {
    const wish = this.#leave();
    if (run === null) return;
    const unfollow = await this.#training().follow(run, (message) => {
      if (wish === this.#wishes) this.#hear(message);
    });
    if (wish === this.#wishes) this.#unfollow = unfollow;
    else unfollow();
  }

  /** Starts, stops or resumes training; what begins is followed. */
  async train(order: TrainMessage): Promise<void> {
    const desk = this.#training();
    if (order.action === 'stop') return desk.stop(order.run);
    await this.follow(order.action === 'start' ? await desk.start(order) : await desk.resume(order.run, order.steps));
  }

  end(): void {
    this.#leave();
  }

  #hear(message: TrainingMessage): void {
    this.#listeners.onMessage(message);
    const standing = `${message.run} ${message.state}`;
    if (standing !== this.#standing) this.#listeners.onStanding();
    this.#standing = standing;
  }

  #leave(): number {
    this.#unfollow();
    this.#unfollow = () => {};
    this.#wishes++;
    return this.#wishes;
  }

  #training(): TrainingDesk {
    if (this.#desk === undefined) throw new Refusal('nothing is trained here', 'a server that replenish dashboard started');
    return this.#desk;
  }
}
