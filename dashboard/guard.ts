import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may talk to the server. On loopback: whoever names it by a loopback name, so that no page of another site can reach it through a name
 * of its own (DNS rebinding). Elsewhere: whoever knows the token. A websocket also has to come from a page of this server.
 */
export interface Guard {
  /** Null, or why the request is refused. */
  refuseRequest(request: IncomingMessage): string | null;
  refuseSocket(request: IncomingMessage): string | null;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** @param token what a socket must bring in its address; null: none is needed */
export function createGuard(token: string | null): Guard {
  const refuseRequest = (request: IncomingMessage): string | null => {
    const host = request.headers.host ?? '';
    if (token === null && !LOOPBACK.has(host.replace(/:\d+$/, '')))
      return `Host is ${JSON.stringify(host)}, expected 127.0.0.1 or localhost`;
    return null;
  };
  return {
    refuseRequest,
    refuseSocket(request) {
      const reason = refuseRequest(request);
      if (reason !== null) return reason;
      const own = `http://${request.headers.host}`;
      if (request.headers.origin !== own)
        return `Origin is ${JSON.stringify(request.headers.origin ?? '')}, expected ${JSON.stringify(own)}`;
      if (token !== null && !equalInSecret(tokenOf(request), token)) return 'the token in the address is missing or wrong';
      return null;
    },
  };
}

function tokenOf(request: IncomingMessage): string {
  const query = (request.url ?? '').split('?')[1] ?? '';
  return new URLSearchParams(query).get('token') ?? '';
}

function equalInSecret(given: string, right: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
