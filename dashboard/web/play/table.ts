import { readWords, viewOf, writeWords } from '../parts/route.ts';
import type { Server } from '../parts/server.ts';
import { Session } from '../parts/session.ts';
import type { SessionState } from '../parts/session-state.ts';

/** The table of a game: opened here, or joined by its address. The browser's tab remembers its seat, so that a reload comes back to it. */
export class Table {
  readonly session: Session;
  readonly #server: Server;
  /** The table that was asked for last. */
  #wanted: string | null = null;

  constructor(server: Server) {
    this.#server = server;
    this.session = new Session({ server, onShown: remember });
    server.listen(({ type }) => {
      if (type === 'hello') this.#greeted();
    });
  }

  /** The view is shown: goes to the table that the address names. */
  show(): void {
    const game = readWords().get('game');
    if (viewOf(readWords()) !== 'play' || this.#server.state.hello === null) return;
    const { shown, opening } = this.session.state;
    if (game === null || game === shown?.session) remember(this.session.state);
    else if (opening === null || game !== this.#wanted) {
      this.#wanted = game;
      const [seat, key] = (sessionStorage.getItem(keyOf(game)) ?? '').split(' ');
      this.session.join(game, ...(key === undefined ? [] : [decodeURIComponent(seat), key]));
    }
  }

  #greeted(): void {
    const { shown, watch, opening } = this.session.state;
    if (shown !== null || watch !== null || opening !== null) this.session.comeBack();
    else this.show();
  }
}

function keyOf(game: string): string {
  return `replenish.seat.${game}`;
}

function remember({ shown }: SessionState): void {
  if (shown === null) return;
  if (shown.seat !== null) sessionStorage.setItem(keyOf(shown.session), `${encodeURIComponent(shown.seat.location)} ${shown.seat.key}`);
  writeWords('play', new URLSearchParams({ game: shown.session }));
}
