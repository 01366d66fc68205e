import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { patientFetch } from '../../../forecasting/embedding/patient-fetch.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/` : '';
}

test('gives up on a server that never answers', async () => {
  const url = await serve(() => {});
  await expect(patientFetch({ answer: 50, stall: 50 })(url)).rejects.toThrow('did not answer within 0.05 s');
});

test('gives up on a server that stops in the middle', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10 });
    response.write('half');
  });
  const response = await patientFetch({ answer: 10_000, stall: 50 })(url);
  await expect(response.text()).rejects.toThrow('sent nothing more within 0.05 s');
});

test('hands on what a server sends, and an answer that is an error', async () => {
  const url = await serve((request, response) => {
    response.writeHead(request.url === '/missing' ? 404 : 200).end('all of it');
  });
  const fetchPatiently = patientFetch({ answer: 10_000, stall: 10_000 });
  expect(await (await fetchPatiently(url)).text()).toBe('all of it');
  expect((await fetchPatiently(`${url}missing`)).status).toBe(404);
});
