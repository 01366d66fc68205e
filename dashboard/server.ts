import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { UserError } from '../env/index.ts';
import { Arrivals } from './arrivals.ts';
import { type Clock, systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import type { FirstWatch } from './first-watch.ts';
import { createGuard, isLoopback } from './guard.ts';
import { readPageFiles, refuse, servePage } from './page-files.ts';
import { watchMessage } from './protocol.ts';
import { Rooms } from './rooms.ts';
import type { WatchSource } from './source.ts';

export interface DashboardOptions {
  readonly source: WatchSource;
  /** What a page watches first. */
  readonly start: FirstWatch;
  /** A run whose training is to be shown first. Default: none. */
  readonly follow?: string | null;
  /** 0: any free one. */
  readonly port?: number;
  /** Where to listen; anywhere but on loopback, a token in the address is needed. */
  readonly host?: string;
  /** Folder of the built page. */
  readonly page?: string;
  readonly clock?: Clock;
  /** Takes a line about a fault of the program. */
  readonly log?: (line: string) => void;
}

export interface Dashboard {
  /** Address to open, with the token where one is needed. */
  readonly url: string;
  /** Lets everybody go and frees the port. */
  close(): Promise<void>;
}

/** [bytes] of one message; [connections] at once; [ms] between signs of life that a page must answer. */
const BOUNDS = { messageBytes: 16_384, connections: 512, heartbeat: 20_000 } as const;

/**
 * Serves the page and its websocket at `/ws`.
 * @throws UserError where the page is not built, the port is taken or the host is unknown
 */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { host = '127.0.0.1', port = 0, clock = systemClock, log = () => {}, source, follow = null } = options;
  const files = readPageFiles(options.page);
  const start = watchMessage.parse({ type: 'watch', ...options.start });
  const token = isLoopback(host) ? null : randomBytes(16).toString('hex');
  const guard = createGuard(token);
  const rooms = new Rooms({ source, clock });
  const arrivals = new Arrivals();

  const sockets = new WebSocketServer({ noServer: true, maxPayload: BOUNDS.messageBytes, perMessageDeflate: false });
  const server = createServer((request, response) => {
    const reason = guard.refuseRequest(request);
    if (reason !== null) refuse(response, 403, reason);
    else servePage(files, request, response);
  });
  const welcome = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (sockets.clients.size >= BOUNDS.connections) refuseUpgrade(stream, '503 Service Unavailable', 'too many pages are open');
    else {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        void new Connection({ socket, source, rooms, arrivals, start, follow, clock, log }).greet();
      });
    }
  };
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const reason = guard.refuseSocket(request);
    if ((request.url ?? '').split('?')[0] !== '/ws') refuseUpgrade(stream, '404 Not Found', 'the websocket is at /ws');
    else if (reason !== null) refuseUpgrade(stream, '403 Forbidden', reason);
    else void arrivals.turn().then(() => welcome(request, stream, head));
  });
  const bound = await listen(server, host, port);
  const stopHeartbeat = keepAlive(sockets, clock);
  return {
    url: `http://${nameOf(host)}:${bound}/${token === null ? '' : `?token=${token}`}`,
    async close() {
      stopHeartbeat();
      rooms.close();
      await source.training?.close();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What stands for the host in an address that can be opened elsewhere: for all addresses of the machine, one of them. */
function nameOf(host: string): string {
  const everywhere = ['0.0.0.0', '::', '[::]'].includes(host);
  const outward = Object.values(networkInterfaces())
    .flatMap((own) => own ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  const named = everywhere ? (outward?.address ?? '127.0.0.1') : host;
  return named.includes(':') && !named.startsWith('[') ? `[${named}]` : named;
}

/**
 * Tells before long work whether its dashboard will be able to listen.
 * @throws UserError as startDashboard does
 */
export async function checkListen({ host = '127.0.0.1', port = 0 }: Pick<DashboardOptions, 'host' | 'port'>): Promise<void> {
  const server = createServer();
  await listen(server, host, port);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host.replace(/^\[|\]$/g, ''), resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new UserError(
      `Port ${port} on ${host} is in use, expected a free one: choose another with --port, or any free one with --port 0.`,
    );
  }
  if (error.code === 'EACCES') {
    return new UserError(`Port ${port} may not be opened by this user, expected 1024 or above: choose another with --port.`);
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError(`Host "${host}" is not an address of this machine, expected one such as 127.0.0.1: choose another with --host.`);
  }
  return error;
}

function refuseUpgrade(stream: Duplex, status: string, reason: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${reason}\n`);
}

/** Lets go of pages that no longer answer, a reader that has stopped reading among them. */
function keepAlive(sockets: WebSocketServer, clock: Clock): () => void {
  const silent = new WeakSet<WebSocket>();
  let cancel = () => {};
  const beat = () => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      else {
        silent.add(socket);
        socket.once('pong', () => silent.delete(socket));
        socket.ping();
      }
    }
    cancel = clock.after(BOUNDS.heartbeat, beat);
  };
  cancel = clock.after(BOUNDS.heartbeat, beat);
  return () => cancel();
}
