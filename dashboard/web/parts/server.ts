import type { ClientMessage, ErrorMessage, HelloMessage, ServerMessage } from '../../protocol.ts';
import { Link, type LinkState } from './link.ts';
import { Store } from './store.ts';

export interface ServerState {
  readonly link: LinkState;
  /** What the server offers; null until it has said so. */
  readonly hello: HelloMessage | null;
  readonly error: ErrorMessage | null;
}

/** A connection to the server that the page came from. Each holds one session: what is watched and what is played go by two of them. */
export class Server extends Store<ServerState> {
  readonly #listeners = new Set<(message: ServerMessage) => void>();
  #opened = false;
  readonly #link = new Link({
    onState: (link) => this.change({ link }),
    onMessage: (message) => this.#receive(message),
  });

  constructor() {
    super({ link: 'connecting', hello: null, error: null });
  }

  /** Once: after that the connection comes back by itself. */
  open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#link.open();
  }

  /**
   * What is sent while the connection is lost is not kept: after `hello` everybody asks again.
   * @returns was it sent?
   */
  send(message: ClientMessage): boolean {
    return this.#link.send(message);
  }

  /** @returns ends it */
  listen(listener: (message: ServerMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dismiss(): void {
    this.change({ error: null });
  }

  #receive(message: ServerMessage): void {
    const { hello } = this.state;
    if (message.type === 'hello') this.change({ hello: message });
    else if (message.type === 'offers' && hello !== null)
      this.change({ hello: { ...hello, policies: message.policies, runs: message.runs } });
    // A session that is gone is opened again: nobody needs to be told.
    else if (message.type === 'error' && message.of !== 'join') this.change({ error: message });
    for (const listener of this.#listeners) listener(message);
  }
}
