import type { WebSocket } from 'ws';
import { UserError } from '../env/index.ts';
import { Allowance } from './allowance.ts';
import type { Arrivals } from './arrivals.ts';
import type { Clock } from './clock.ts';
import { FollowedRun } from './followed-run.ts';
import { type GreetingOptions, greeting, offersOf } from './greeting.ts';
import { Newest } from './newest.ts';
import { Outbox } from './outbox.ts';
import {
  type ClientMessage,
  type ItemMessage,
  type JoinMessage,
  readClientMessage,
  type ServerMessage,
  type WatchMessage,
} from './protocol.ts';
import { Refusal } from './refusal.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { Spectator } from './spectator.ts';
import { Whys } from './whys.ts';

/** [messages/second] and [messages] at once that a client may send; beyond that it is told so, and then let go. */
const RATE = { perSecond: 50, burst: 100, patience: 500 } as const;

export interface ConnectionOptions extends GreetingOptions {
  readonly socket: WebSocket;
  readonly rooms: Rooms;
  readonly arrivals: Arrivals;
  readonly clock: Clock;
  /** Told of faults of the program, never of a client's mistakes. */
  readonly log: (line: string) => void;
}

/** One browser: reads what it asks for, and answers. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #outbox: Outbox;
  readonly #allowance: Allowance;
  readonly #spectator: Spectator;
  readonly #whys: Whys;
  /** Ends what is being opened when something else is wished for. */
  #opening: AbortController | null = null;
  readonly #items = new Newest<ItemMessage>((item, signal) => this.#versus(item, signal));
  readonly #followed: FollowedRun;

  constructor(options: ConnectionOptions) {
    const { socket, clock, log, rooms } = options;
    this.#options = options;
    this.#allowance = new Allowance({ clock, perSecond: RATE.perSecond, burst: RATE.burst });
    this.#outbox = new Outbox({
      socket,
      clock,
      next: () => this.#spectator.next(),
      onDrop: (reason) => log(`dashboard: a page was let go: ${reason}`),
    });
    this.#followed = new FollowedRun(options.source.training, {
      onMessage: (message) => this.#outbox.send(message),
      // What began or ended can be followed and watched from now on.
      onStanding: () => {
        offersOf(options.source).then(
          (offers) => this.#outbox.send({ type: 'offers', ...offers }),
          (error: unknown) => this.#tell(error, null),
        );
      },
    });
    this.#spectator = new Spectator({ rooms, outbox: this.#outbox, onFault: (error) => this.#tell(error, null) });
    this.#whys = new Whys({
      rooms,
      outbox: this.#outbox,
      room: () => this.#spectator.room,
      onFault: (error) => this.#tell(error, 'explain'),
    });
    socket.on('message', (data, binary) => this.#receive(binary ? '' : String(data)));
    socket.on('close', () => this.close());
    // A broken frame or one too large: ws closes the socket itself.
    socket.on('error', () => this.close());
  }

  async greet(): Promise<void> {
    try {
      const hello = await greeting(this.#options);
      await this.#options.arrivals.turn();
      this.#outbox.send(hello);
    } catch (error) {
      this.#tell(error, null);
    }
  }

  close(): void {
    this.#opening?.abort();
    this.#items.end();
    this.#spectator.leave();
    this.#followed.end();
    this.#outbox.close();
  }

  #receive(data: string): void {
    if (!this.#allowance.take()) this.#complain();
    else {
      const message = readClientMessage(data);
      if (message.type === 'error') this.#outbox.send(message);
      else this.#answer(message).catch((error: unknown) => this.#tell(error, message.type));
    }
  }

  #complain(): void {
    const { refused } = this.#allowance;
    if (refused === 1) {
      const message = 'more messages than can be answered: some are left out';
      this.#outbox.send({ type: 'error', message, expected: `at most ${RATE.perSecond} a second`, of: null });
    } else if (refused > RATE.patience) this.#options.socket.close(1008, 'too many messages');
  }

  async #answer(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case 'watch':
        return this.#watch(message);
      case 'join':
        return this.#join(message);
      case 'control':
        return this.#room().control(message);
      case 'order':
        return this.#room().order(this.#seat(), message.period, message.orders);
      case 'hint':
        return this.#outbox.send(this.#room().hint(this.#seat()));
      case 'explain':
        return this.#whys.ask(this.#room(), message.period, message.policy);
      case 'follow':
        return this.#followed.follow(message.run);
      case 'train':
        return this.#followed.train(message);
      case 'item':
        return this.#items.ask(message);
      case 'compare':
        return this.#compare(message.scenario);
    }
  }

  async #watch(watch: WatchMessage): Promise<void> {
    const { rooms, arrivals } = this.#options;
    this.#opening?.abort();
    this.#leave();
    const opening = new AbortController();
    this.#opening = opening;
    const { signal } = opening;
    const onDoing = (doing: 'loading' | 'tuning' | 'solving' | 'starting', policy: string | null) => {
      if (!signal.aborted) this.#outbox.send({ type: 'opening', doing, policy });
    };
    try {
      const room = await rooms.open(watch, { signal, onDoing, turn: () => arrivals.turn() });
      if (!signal.aborted) this.#begin(room, watch);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #leave(): void {
    this.#whys.forget();
    this.#spectator.leave();
  }

  #begin(room: Room, watch: WatchMessage): void {
    const { rooms } = this.#options;
    this.#spectator.enter(room, { seat: room.game === null ? null : room.game.sit() });
    if (watch.game !== null) rooms.learnOptimum(room, () => room.tellDebrief(room.members));
    if (watch.scores) rooms.score(room);
    if (watch.game !== null) return;
    room.session.catchUp(watch.played, () => {
      if (watch.play) room.session.control('play');
    });
  }

  #join({ session, seat, key, have }: JoinMessage): void {
    const { rooms } = this.#options;
    const room = rooms.find(session);
    if (seat !== undefined && room.game === null)
      throw new Refusal(`seat ${seat}: nothing is played in that session`, 'join without a seat');
    this.#opening?.abort();
    this.#leave();
    const taken = seat === undefined || room.game === null ? null : room.game.sit(seat, key);
    this.#spectator.enter(room, { seat: taken, have });
    if (room.watch.scores) rooms.score(room);
  }

  async #versus(item: ItemMessage, signal: AbortSignal): Promise<void> {
    const { versus } = this.#options.source;
    if (versus === undefined) throw new Refusal('items are not tried here', 'a server that replenish dashboard started');
    this.#outbox.send({ type: 'versus', ...(await versus(item, { signal })) });
  }

  async #compare(scenario: string | undefined): Promise<void> {
    const evaluations = (await this.#options.source.evaluations?.(scenario)) ?? [];
    this.#outbox.send({ type: 'evaluations', evaluations });
  }

  #room(): Room {
    if (this.#spectator.room === null) throw new Refusal('nothing is being watched', 'a watch message first');
    return this.#spectator.room;
  }

  #seat(): string {
    if (this.#spectator.seat === null) throw new Refusal('no seat is taken', 'a watch message with a game, or join with a seat');
    return this.#spectator.seat.location;
  }

  #tell(error: unknown, of: ServerMessage['type'] | ClientMessage['type'] | null): void {
    if (error instanceof UserError) {
      const expected = error instanceof Refusal ? error.expected : null;
      this.#outbox.send({ type: 'error', message: error.message, expected, of });
      return;
    }
    this.#options.log(`dashboard: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const message = 'The server met a fault of its own; its log has the details.';
    this.#outbox.send({ type: 'error', message, expected: null, of });
  }
}
