import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { UserError } from '../env/index.ts';

interface PageFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
  /** Named after its content, so it may be kept for ever. */
  readonly fixed: boolean;
}

/** The built page by its addresses. Read once: no path from a client ever reaches the file system. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Where the built page lies: beside this module when it was built itself, otherwise in the checkout's dist. */
export function pageFolder(): string {
  const built = import.meta.url.endsWith('.js');
  return fileURLToPath(new URL(built ? './web/' : '../dist/dashboard/web/', import.meta.url));
}

/** @throws UserError where the page is not built */
export function readPageFiles(folder: string = pageFolder()): PageFiles {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new UserError(`The dashboard's page is not in ${folder}, expected a built one: run \`npm run build\` and try again.`);
  }
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const plain = readFileSync(path);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(address, { type, plain, zipped: gzipSync(plain), fixed: address.startsWith('/assets/') });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

/** Answers a request for a page file. */
export function servePage(files: PageFiles, request: IncomingMessage, response: ServerResponse): void {
  const file = files.get((request.url ?? '/').split('?')[0]);
  if (request.method !== 'GET' && request.method !== 'HEAD') refuse(response, 405, 'expected GET or HEAD', { Allow: 'GET, HEAD' });
  else if (file === undefined) refuse(response, 404, 'there is nothing at this address; the dashboard is at /');
  else send(file, request, response);
}

function send(file: PageFile, request: IncomingMessage, response: ServerResponse): void {
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = zipped ? file.zipped : file.plain;
  response.writeHead(200, {
    ...safeHeaders(request.headers.host ?? ''),
    'Content-Type': file.type,
    'Content-Length': body.length,
    'Cache-Control': file.fixed ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function refuse(response: ServerResponse, status: number, reason: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${reason}\n`);
}

/** @param host checked before: it goes into a header */
function safeHeaders(host: string): Record<string, string> {
  const own = `'self'`;
  const socket = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host}` : '';
  return {
    'Content-Security-Policy':
      `default-src 'none'; script-src ${own}; style-src ${own}; img-src ${own} data:; connect-src ${own}${socket}; ` +
      `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
