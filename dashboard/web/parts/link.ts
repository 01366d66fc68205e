import { type ClientMessage, type ServerMessage, serverMessage } from '../../protocol.ts';

export type LinkState = 'connecting' | 'open' | 'lost' | 'foreign';

export interface LinkOptions {
  readonly onState: (state: LinkState) => void;
  readonly onMessage: (message: ServerMessage) => void;
}

/** [ms] before each new attempt; the last one holds from then on. */
const WAITS = [250, 500, 1000, 2000, 4000];

/** The websocket to the server that the page came from; it comes back by itself. */
export class Link {
  readonly #options: LinkOptions;
  #socket: WebSocket | null = null;
  #attempts = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  open(): void {
    const { protocol, host, search } = location;
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws${search}`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#attempts = 0;
      this.#options.onState('open');
    };
    socket.onmessage = (event) => this.#receive(String(event.data));
    socket.onclose = () => this.#lose(socket);
  }

  /** @returns was it sent? */
  send(message: ClientMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #receive(data: string): void {
    const read = serverMessage.safeParse(JSON.parse(data));
    if (read.success) this.#options.onMessage(read.data);
    else this.#giveUp();
  }

  /** What cannot be understood now will not be understood later. */
  #giveUp(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#options.onState('foreign');
  }

  #lose(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#options.onState('lost');
    const wait = WAITS[Math.min(this.#attempts, WAITS.length - 1)];
    this.#attempts++;
    setTimeout(() => this.open(), wait);
  }
}
