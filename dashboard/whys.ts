import type { Outbox } from './outbox.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

export interface WhysOptions {
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  /** The room that the page is in. */
  readonly room: () => Room | null;
  readonly onFault: (error: unknown) => void;
}

/** What a page asks about decisions, and the answers. */
export class Whys {
  readonly #options: WhysOptions;
  /** Period by policy: what was asked last of each in this session. */
  readonly #asked = new Map<number, number>();

  constructor(options: WhysOptions) {
    this.#options = options;
  }

  /** @throws UserError for a period that was not played, or a policy that there is not */
  async ask(room: Room, period: number, policy: number): Promise<void> {
    await this.#tell(room, period, policy);
    if (this.#options.room() !== room) return;
    const first = this.#asked.size === 0;
    this.#asked.set(policy, period);
    // What the optimum would have ordered may have to be worked out first: then what was asked last of each policy is told again, with it.
    if (first) this.#options.rooms.learnOptimum(room, () => this.#tellAgain(room));
  }

  /** Another session. */
  forget(): void {
    this.#asked.clear();
  }

  #tellAgain(room: Room): void {
    if (this.#options.room() !== room) return;
    for (const [policy, period] of this.#asked) this.#tell(room, period, policy).catch(this.#options.onFault);
  }

  async #tell(room: Room, period: number, policy: number): Promise<void> {
    const explanation = await room.explain(period, policy);
    if (this.#options.room() === room) this.#options.outbox.send(explanation);
  }
}
