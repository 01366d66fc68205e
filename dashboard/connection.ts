import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { UserError } from '../env/index.ts';
import type { Clock } from './clock.ts';
import { type ControlMessage, LIMITS, PROTOCOL_VERSION, readClientMessage, type ServerMessage, type WatchMessage } from './protocol.ts';
import { WatchSession } from './session.ts';
import type { Episode, WatchSource } from './source.ts';

/** [messages/second] and [messages] at once that a client may send; beyond that it is told so, and then let go. */
const RATE = { perSecond: 50, burst: 100, patience: 500 } as const;

export interface ConnectionOptions {
  readonly socket: WebSocket;
  readonly source: WatchSource;
  readonly start: WatchMessage;
  readonly clock: Clock;
  /** Told of faults of the program, never of a client's mistakes. */
  readonly log: (line: string) => void;
}

/** One browser: what it watches, and the writing of frames at the pace at which it reads them. */
export class Connection {
  readonly #options: ConnectionOptions;
  #session: WatchSession | null = null;
  #optimum: number | null = null;
  /** What to open after the one being opened; the latest wish counts. */
  #wished: WatchMessage | null = null;
  #opening = false;
  /** Frames of the session that were handed to the socket. */
  #sent = 0;
  #endSent = false;
  #writing = false;
  #allowance: { left: number; time: number; ignored: number };

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#allowance = { left: RATE.burst, time: options.clock.now(), ignored: 0 };
    options.socket.on('message', (data, binary) => this.#receive(binary ? '' : String(data)));
    options.socket.on('close', () => this.close());
    // A broken frame or one too large: ws closes the socket itself.
    options.socket.on('error', () => this.close());
  }

  async greet(): Promise<void> {
    const { source, start } = this.#options;
    try {
      const [scenarios, policies] = await Promise.all([source.scenarios(), source.policies()]);
      this.#send({
        type: 'hello',
        version: PROTOCOL_VERSION,
        scenarios: [...scenarios],
        policies: [...policies],
        start,
        agents: [],
        runs: [],
        follow: null,
      });
    } catch (error) {
      this.#tell(error);
    }
  }

  close(): void {
    this.#session?.close();
    this.#session = null;
    this.#wished = null;
  }

  #receive(data: string): void {
    if (!this.#allowed()) return;
    const message = readClientMessage(data);
    if (message.type === 'error') this.#send(message);
    else if (message.type === 'control') this.#control(message);
    else if (message.type === 'watch') void this.#watch(message);
    else this.#send({ type: 'error', message: `${message.type} is not answered yet`, expected: 'watch or control', of: message.type });
  }

  #allowed(): boolean {
    const { clock, socket } = this.#options;
    const allowance = this.#allowance;
    const now = clock.now();
    allowance.left = Math.min(RATE.burst, allowance.left + ((now - allowance.time) * RATE.perSecond) / 1000);
    allowance.time = now;
    if (allowance.left >= 1) {
      allowance.left--;
      allowance.ignored = 0;
      return true;
    }
    allowance.ignored++;
    if (allowance.ignored === 1) {
      this.#send({
        type: 'error',
        message: 'more messages than can be answered: some are left out',
        expected: `at most ${RATE.perSecond} a second`,
        of: null,
      });
    } else if (allowance.ignored > RATE.patience) socket.close(1008, 'too many messages');
    return false;
  }

  #control({ action, speed }: ControlMessage): void {
    if (this.#session !== null) this.#session.control(action, speed);
    else
      this.#send({
        type: 'error',
        message: `received ${action} while nothing is being watched`,
        expected: 'a watch message first',
        of: 'control',
      });
  }

  async #watch(message: WatchMessage): Promise<void> {
    this.#session?.close();
    this.#session = null;
    this.#wished = message;
    if (this.#opening) return;
    this.#opening = true;
    try {
      while (this.#wished !== null) {
        const watch: WatchMessage = this.#wished;
        this.#wished = null;
        await this.#open(watch);
      }
    } finally {
      this.#opening = false;
    }
  }

  async #open(watch: WatchMessage): Promise<void> {
    try {
      const episode = await this.#options.source.open(watch);
      if (this.#wished === null && this.#alive()) this.#begin(watch, episode);
    } catch (error) {
      if (this.#wished === null) this.#tell(error);
    }
  }

  #begin(watch: WatchMessage, episode: Episode): void {
    const { clock } = this.#options;
    const session = new WatchSession({
      episode,
      speed: watch.speed,
      clock,
      onEvent: (event) => {
        if (event === 'restart') this.#restart();
        this.#write();
      },
      onFault: (error) => this.#tell(error),
    });
    this.#session = session;
    this.#optimum = episode.optimum;
    this.#sent = 0;
    this.#endSent = false;
    const { title, names, items, periods } = episode;
    this.#send({
      type: 'watching',
      session: randomUUID(),
      watch: { ...watch, periods },
      title,
      names: [...names],
      items: [...items],
      network: { locations: [], links: [], items: [] },
      costParts: [],
      optimum: episode.optimum === null ? null : { costPerPeriod: episode.optimum },
      playing: watch.play,
      game: null,
      seat: null,
    });
    session.catchUp(watch.played, () => {
      if (watch.play) session.control('play');
    });
  }

  #restart(): void {
    this.#sent = 0;
    this.#endSent = false;
    this.#send({ type: 'frames', from: 0, frames: [] });
  }

  /** Hands the socket one message of frames at a time: what a slow reader has not taken waits in the session, not in memory of its own. */
  #write(): void {
    const session = this.#session;
    if (session === null || this.#writing) return;
    if (this.#sent < session.played) {
      const from = this.#sent;
      const frames = session.slice(from, from + LIMITS.framesPerMessage);
      this.#sent += frames.length;
      this.#writing = true;
      this.#send({ type: 'frames', from, frames }, () => {
        this.#writing = false;
        this.#write();
      });
    } else if (session.ended && !this.#endSent) {
      this.#endSent = true;
      const optimum = this.#optimum === null ? null : { costPerPeriod: this.#optimum };
      this.#send({ type: 'end', totals: session.totals(), optimum });
    }
  }

  #tell(error: unknown): void {
    if (error instanceof UserError) {
      this.#send({ type: 'error', message: error.message, expected: null, of: null });
      return;
    }
    this.#options.log(`dashboard: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    this.#send({ type: 'error', message: 'The server met a fault of its own; its log has the details.', expected: null, of: null });
  }

  #alive(): boolean {
    return this.#options.socket.readyState === this.#options.socket.OPEN;
  }

  #send(message: ServerMessage, written: () => void = () => {}): void {
    if (this.#alive()) this.#options.socket.send(JSON.stringify(message), written);
  }
}
