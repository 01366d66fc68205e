import { readWords, viewOf, writeWords } from '../parts/route.ts';
import type { Server } from '../parts/server.ts';
import { Session, type SessionState } from '../parts/session.ts';

/** The table of a game: opened here, or joined by its address. The browser's tab remembers its seat, so that a reload comes back to it. */
export class Table {
  readonly session: Session;

  constructor(server: Server) {
    this.session = new Session({ server, onShown: remember });
    server.listen(({ type }) => {
      if (type === 'hello') this.#greeted();
    });
  }

  #greeted(): void {
    const { shown, watch } = this.session.state;
    const game = readWords().get('game');
    if (shown !== null || watch !== null) this.session.comeBack();
    else if (game !== null && viewOf(readWords()) === 'play') {
      const [seat, key] = (sessionStorage.getItem(keyOf(game)) ?? '').split(' ');
      this.session.join(game, ...(key === undefined ? [] : [decodeURIComponent(seat), key]));
    }
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
