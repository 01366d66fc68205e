import type { Outbox } from './outbox.ts';
import type { ServerMessage } from './protocol.ts';
import type { Member, Room } from './room.ts';
import type { Rooms } from './rooms.ts';

export interface SpectatorOptions {
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  readonly onFault: (error: unknown) => void;
}

/** A place in a game, and what its holder comes back to it by. */
export interface TakenSeat {
  readonly location: string;
  readonly key: string;
}

/** What one page has seen of the session that it is in. */
export class Spectator implements Member {
  readonly #options: SpectatorOptions;
  #room: Room | null = null;
  #seat: TakenSeat | null = null;
  /** Frames that were handed to the socket. */
  #sent = 0;
  #endSent = false;
  /** Is it to be told whether it plays? */
  #turned = false;

  constructor(options: SpectatorOptions) {
    this.#options = options;
  }

  get room(): Room | null {
    return this.#room;
  }

  get seat(): TakenSeat | null {
    return this.#seat;
  }

  /** @param have frames that the page holds already */
  enter(room: Room, { seat = null, have = 0 }: { readonly seat?: TakenSeat | null; readonly have?: number } = {}): void {
    this.#room = room;
    this.#seat = seat;
    this.#endSent = false;
    this.#turned = false;
    this.#sent = Math.min(have, room.session.played);
    this.#options.rooms.enter(room, this);
    this.send({ ...room.describe(), seat });
    room.announceSeats();
    if (this.#sent < have) this.#cut();
    this.tell();
    room.tellDebrief([this]);
  }

  leave(): void {
    const room = this.#room;
    this.#room = null;
    if (room === null) return;
    if (this.#seat !== null) room.game?.leave(this.#seat.key);
    this.#seat = null;
    this.#options.rooms.leave(room, this);
    room.announceSeats();
  }

  send(message: Parameters<Outbox['send']>[0]): void {
    this.#options.outbox.send(message);
  }

  tell(): void {
    this.#options.outbox.tell();
  }

  turn(): void {
    this.#turned = true;
    this.tell();
  }

  restart(anew: boolean): void {
    this.#endSent = false;
    this.#sent = 0;
    if (anew && this.#room !== null) this.send({ ...this.#room.describe(), seat: this.#seat });
    this.#cut();
  }

  fault(error: unknown): void {
    this.#options.onFault(error);
  }

  /** The next frames for the socket; when all have been sent, whether more will follow by themselves, and the end. */
  next(): Uint8Array | null {
    if (this.#room === null) return null;
    const piece = this.#room.piece(this.#sent);
    if (piece !== null) {
      this.#sent = piece.to;
      return piece.data;
    }
    if (this.#turned) {
      this.#turned = false;
      return encoded(this.#room.describeTurn());
    }
    if (!this.#room.session.ended || this.#endSent) return null;
    this.#endSent = true;
    return encoded(this.#room.describeEnd());
  }

  #cut(): void {
    this.send({ type: 'frames', from: this.#sent, frames: [] });
  }
}

function encoded(message: ServerMessage): Uint8Array {
  return Buffer.from(JSON.stringify(message));
}
