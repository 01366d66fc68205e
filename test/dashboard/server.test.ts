import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard, type WatchSource } from '../../dashboard/index.ts';
import { UserError } from '../../env/index.ts';
import { Client } from './client.ts';
import { emptyPage } from './empty-page.ts';
import { smallSource } from './small-source.ts';

const page = emptyPage();
const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100 };
let dashboard: Dashboard;
let clients: Client[] = [];

async function connect(headers?: Record<string, string>, url = dashboard.url): Promise<Client> {
  const client = await Client.connect(url, headers);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  dashboard = await startDashboard({ source: smallSource, start, page: page.folder });
});

afterAll(async () => {
  for (const client of clients) client.close();
  clients = [];
  await dashboard.close();
  page.remove();
});

describe('the server', () => {
  test.each([
    ['a page of another site', { Origin: 'http://evil.example' }],
    ['no page at all', { Origin: '' }],
    ['a name of its own for this machine', { Host: 'evil.example', Origin: 'http://evil.example' }],
  ])('refuses a websocket from %s', async (_, headers) => {
    await expect(connect(headers)).rejects.toThrow('403');
  });

  test('serves the page under a policy that allows no script but its own', async () => {
    const response = await fetch(dashboard.url);
    expect(await response.text()).toContain('Replenish');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  test.each(['/../package.json', '/%2e%2e/package.json', '/assets/../../package.json', '/missing'])('has nothing at %s', async (path) => {
    const { hostname, port } = new URL(dashboard.url);
    // Sent as it is: fetch would tidy the path first.
    const status = await new Promise((resolve) => {
      get({ hostname, port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    expect(status).toBe(404);
  });

  test('answers only under a name of this machine', async () => {
    const { hostname, port } = new URL(dashboard.url);
    const status = await new Promise((resolve) => {
      get({ hostname, port, path: '/', headers: { Host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    expect(status).toBe(403);
  });

  test('listens on loopback unless told otherwise; elsewhere it wants the token of its address', async () => {
    expect(new URL(dashboard.url).hostname).toBe('127.0.0.1');
    const open = await startDashboard({ source: smallSource, start, page: page.folder, host: '0.0.0.0' });
    try {
      expect(open.url).toMatch(/\?token=[0-9a-f]{32}$/);
      // An address of the machine that can be opened from another one, where it has one.
      expect(new URL(open.url).hostname).not.toBe('0.0.0.0');
      await (await connect({}, open.url)).next('hello');
      const without = open.url.replace(/\?.*/, '');
      await expect(connect({}, without)).rejects.toThrow('403');
      await expect(connect({}, `${without}?token=${'0'.repeat(32)}`)).rejects.toThrow('403');
    } finally {
      await open.close();
    }
  });

  test('says which port is taken and how to choose another', async () => {
    const port = Number(new URL(dashboard.url).port);
    const second = startDashboard({ source: smallSource, start, page: page.folder, port });
    await expect(second).rejects.toThrow(UserError);
    await expect(second).rejects.toThrow(new RegExp(`Port ${port} .*--port 0`));
  });

  test('says which command builds a page that is not there', async () => {
    const nowhere = startDashboard({ source: smallSource, start, page: join(page.folder, 'nowhere') });
    await expect(nowhere).rejects.toThrow(UserError);
    await expect(nowhere).rejects.toThrow('npm run build');
  });

  test('tells a page that the source has failed and lives on', async () => {
    const lines: string[] = [];
    const failing: WatchSource = { ...smallSource, scenarios: () => Promise.reject(new Error('disk gone')) };
    const other = await startDashboard({ source: failing, start, page: page.folder, log: (line) => lines.push(line) });
    try {
      const client = await connect({}, other.url);
      expect((await client.next('error')).message).toContain('fault of its own');
      expect(lines.join('\n')).toContain('disk gone');
    } finally {
      await other.close();
    }
  });
});
