import { readWords, viewOf, writeWords } from '../parts/route.ts';
import type { Server } from '../parts/server.ts';
import { Session } from '../parts/session.ts';
import { watchFrom, wordsOf } from './address.ts';

/** What is watched: asked for by the address, or proposed by the server. */
export class Watcher {
  readonly session: Session;
  readonly #server: Server;
  #open = false;

  constructor(server: Server) {
    this.#server = server;
    this.session = new Session({ server, onShown: ({ watch }) => watch !== null && writeWords('watch', wordsOf(watch)) });
    server.listen(({ type }) => {
      if (type === 'hello' && this.#open) this.session.comeBack();
    });
  }

  /** The view is shown: the first time it opens what the address asks for, later what the address asks for now. */
  show(): void {
    const { hello } = this.#server.state;
    const { watch } = this.session.state;
    if (hello === null || hello.scenarios.length === 0 || viewOf(readWords()) !== 'watch') return;
    const wanted = { ...watchFrom(readWords(), watch ?? { ...hello.start, played: 0 }), scores: true };
    if (watch !== null && String(wordsOf(wanted)) === String(wordsOf(watch))) writeWords('watch', wordsOf(watch));
    else this.session.open(watch === null ? wanted : { ...wanted, played: 0, play: false });
    this.#open = true;
  }
}
