import { WebSocket } from 'ws';
import { type Frame, type ServerMessage, serverMessage } from '../../dashboard/index.ts';

type Of<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** A page without a browser: everything received is checked against the protocol and kept. */
export class Client {
  readonly received: ServerMessage[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  #waiting: (() => void)[] = [];
  #read = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => {
      this.received.push(serverMessage.parse(JSON.parse(String(data))));
      for (const go of this.#waiting.splice(0)) go();
    });
  }

  static async connect(url: string, headers: Record<string, string> = {}): Promise<Client> {
    const { origin, host, search } = new URL(url);
    const socket = new WebSocket(`ws://${host}/ws${search}`, { headers: { Origin: origin, ...headers } });
    const client = new Client(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message of a kind, after those already looked at. */
  async next<T extends ServerMessage['type']>(type: T): Promise<Of<T>> {
    for (;;) {
      while (this.#read < this.received.length) {
        const message = this.received[this.#read++];
        if (isOf(message, type)) return message;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The frames as a page would have put them together. */
  frames(): Frame[] {
    const frames: Frame[] = [];
    for (const message of this.received) {
      if (message.type === 'watching') frames.length = 0;
      if (message.type !== 'frames') continue;
      frames.length = message.from;
      frames.push(...message.frames);
    }
    return frames;
  }

  close(): void {
    this.socket.close();
  }
}

function isOf<T extends ServerMessage['type']>(message: ServerMessage, type: T): message is Of<T> {
  return message.type === type;
}
