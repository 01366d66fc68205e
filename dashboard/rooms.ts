import { UserError } from '../env/index.ts';
import type { Clock } from './clock.ts';
import type { WatchMessage } from './protocol.ts';
import { type Member, Room } from './room.ts';
import type { WatchSource, WorkOptions } from './source.ts';
import { Turns } from './turns.ts';

export interface RoomsOptions {
  readonly source: WatchSource;
  readonly clock: Clock;
}

/** Sessions at once; [ms] for which one is kept that nobody watches. */
export const ROOMS = { most: 128, kept: 60_000 } as const;

interface Tenancy {
  readonly room: Room;
  /** Calls off what frees it; null while somebody is there. */
  cancel: (() => void) | null;
  /** Did it play by itself when the last one left? */
  wasPlaying: boolean;
  /** Ends work for it that nobody waits for any more. */
  work: AbortController;
  /** Who wait for the optimum, until it is known or known not to be; null until somebody asks. */
  learning: { readonly waiting: (() => void)[]; done: boolean } | null;
}

/** All sessions of a server. One that nobody watches stands still, and is freed after a minute. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #turns: Turns;
  readonly #tenancies = new Map<string, Tenancy>();

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#turns = new Turns(options.clock);
  }

  get size(): number {
    return this.#tenancies.size;
  }

  /**
   * A new session.
   * @throws UserError where there are too many, or the source has no such thing
   */
  async open(watch: WatchMessage, options: WorkOptions = {}): Promise<Room> {
    const { source, clock } = this.#options;
    const episode = await source.open(watch, options);
    options.signal?.throwIfAborted();
    this.#makePlace();
    const room = new Room({ watch, episode, clock, turns: this.#turns });
    const tenancy: Tenancy = { room, cancel: null, wasPlaying: false, work: new AbortController(), learning: null };
    this.#tenancies.set(room.id, tenancy);
    this.#empty(tenancy);
    return room;
  }

  /** @throws UserError where there is none (any more) */
  find(id: string): Room {
    const room = this.#tenancies.get(id)?.room;
    if (room === undefined) throw new UserError(`session "${id}": it is gone; watch the same again`);
    return room;
  }

  enter(room: Room, member: Member): void {
    room.members.add(member);
    const tenancy = this.#tenancies.get(room.id);
    if (tenancy === undefined || tenancy.cancel === null) return;
    tenancy.cancel();
    tenancy.cancel = null;
    if (tenancy.wasPlaying) room.session.control('play');
    tenancy.wasPlaying = false;
  }

  leave(room: Room, member: Member): void {
    room.members.delete(member);
    const tenancy = this.#tenancies.get(room.id);
    if (tenancy !== undefined && room.members.size === 0) this.#empty(tenancy);
  }

  /** Has the best possible policy worked out for a session, once; then calls back all who asked. Does nothing where it is known or nothing computes it. */
  learnOptimum(room: Room, then: () => void): void {
    const tenancy = this.#tenancies.get(room.id);
    const { source } = this.#options;
    if (tenancy === undefined || source.optimum === undefined || room.episode.optimum !== null) return;
    if (tenancy.learning !== null) {
      if (!tenancy.learning.done) tenancy.learning.waiting.push(then);
      return;
    }
    const learning = { waiting: [then], done: false };
    tenancy.learning = learning;
    this.#work(tenancy, async (signal) => {
      try {
        room.episode.optimum = (await source.optimum?.(room.watch, { signal })) ?? null;
      } catch (error) {
        if (tenancy.learning === learning) tenancy.learning = null;
        throw error;
      }
      learning.done = true;
      if (room.episode.optimum !== null) for (const call of learning.waiting) call();
    });
  }

  /** Has the policies of a session evaluated on many lanes, and tells everybody there. */
  score(room: Room): void {
    const tenancy = this.#tenancies.get(room.id);
    const { source } = this.#options;
    if (tenancy === undefined || source.scores === undefined) return;
    this.#work(tenancy, async (signal) => {
      const scores = await source.scores?.(room.watch, { signal });
      if (scores !== undefined) for (const member of room.members) member.send({ type: 'scores', ...scores });
    });
  }

  close(): void {
    for (const { room, cancel, work } of this.#tenancies.values()) {
      cancel?.();
      work.abort();
      room.close();
    }
    this.#tenancies.clear();
  }

  #work(tenancy: Tenancy, work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = tenancy.work;
    work(signal).catch((error: unknown) => {
      if (!signal.aborted) for (const member of tenancy.room.members) member.fault(error);
    });
  }

  /** Nobody is there: it stands still, and what was being worked out for it ends. */
  #empty(tenancy: Tenancy): void {
    const { room } = tenancy;
    tenancy.wasPlaying = room.session.playing;
    if (tenancy.wasPlaying) room.session.control('pause');
    tenancy.work.abort();
    tenancy.work = new AbortController();
    tenancy.learning = null;
    tenancy.cancel = this.#options.clock.after(ROOMS.kept, () => this.#free(tenancy));
  }

  #free({ room, cancel, work }: Tenancy): void {
    cancel?.();
    work.abort();
    room.close();
    this.#tenancies.delete(room.id);
  }

  #makePlace(): void {
    if (this.#tenancies.size < ROOMS.most) return;
    const idle = [...this.#tenancies.values()].find(({ cancel }) => cancel !== null);
    if (idle === undefined) throw new UserError(`${ROOMS.most} sessions are open, expected fewer: close one, or join one that is there`);
    this.#free(idle);
  }
}
