import type { Clock } from './clock.ts';
import type { ServerMessage } from './protocol.ts';

/** The part of a websocket that is written to. */
export interface WritableSocket {
  readonly OPEN: number;
  readonly readyState: number;
  /** [bytes] that wait to be taken. */
  readonly bufferedAmount: number;
  send(data: string | Uint8Array, options: { readonly binary: boolean }, written: () => void): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

export interface OutboxOptions {
  readonly socket: WritableSocket;
  readonly clock: Clock;
  /** The next piece of a long story, or null while there is none: asked for when the piece before it has been taken. */
  readonly next: () => Uint8Array | null;
  /** Told why a reader was let go. */
  readonly onDrop: (reason: string) => void;
}

/** What may wait for a reader: [bytes] of answers, [ms] until a piece is taken, [ms] from the word that it is let go to the end. */
const PATIENCE = { bytes: 4_000_000, taking: 15_000, farewell: 2_000 } as const;

/**
 * The writing to one page, at the pace at which it reads. A story is handed over piece by piece: what a slow reader has not taken stays where
 * it is kept anyway, and the next piece holds all that has come to it since. A reader that stops is let go.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #writing = false;
  #dropped = false;
  #cancel = () => {};

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  send(message: ServerMessage): void {
    const { socket } = this.#options;
    if (!this.#open) return;
    socket.send(JSON.stringify(message), { binary: false }, () => {});
    if (socket.bufferedAmount > PATIENCE.bytes) this.#drop('it does not read what it asked for');
  }

  /** There may be more of the story. */
  tell(): void {
    if (this.#writing || !this.#open) return;
    const piece = this.#options.next();
    if (piece === null) return;
    this.#writing = true;
    const cancel = this.#options.clock.after(PATIENCE.taking, () => this.#drop('it does not read any more'));
    this.#cancel = cancel;
    this.#options.socket.send(piece, { binary: false }, () => {
      cancel();
      this.#writing = false;
      this.tell();
    });
  }

  close(): void {
    this.#cancel();
  }

  get #open(): boolean {
    const { socket } = this.#options;
    return !this.#dropped && socket.readyState === socket.OPEN;
  }

  #drop(reason: string): void {
    if (!this.#open) return;
    this.#dropped = true;
    const { socket, clock, onDrop } = this.#options;
    onDrop(reason);
    socket.close(1013, `let go: ${reason}`);
    clock.after(PATIENCE.farewell, () => socket.terminate());
  }
}
