import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createKeepAliveFetch } from './keep-alive-fetch.ts';

const fetchOnce = createKeepAliveFetch();
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(listener: RequestListener): Promise<{ url: string; connections(): number }> {
  let connections = 0;
  const server = createServer(listener).on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

describe('the sink’s fetch', () => {
  it('sends method, headers and body, and reads status and JSON, over one connection', async () => {
    const { url, connections } = await listen((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method, headers } = request;
        const body = Buffer.concat(parts).toString();
        response.statusCode = 409;
        response.end(JSON.stringify({ method, token: headers.authorization, length: headers['content-length'], body }));
      });
    });
    const init = { method: 'POST', headers: { authorization: 'Bearer x' }, body: '{"a":"é"}' };
    for (let count = 0; count < 3; count += 1) {
      const answer = await fetchOnce(url, init);
      expect([answer.ok, answer.status]).toEqual([false, 409]);
      expect(await answer.json()).toEqual({ method: 'POST', token: 'Bearer x', length: '10', body: '{"a":"é"}' });
    }
    expect(connections()).toBe(1);
  });

  it('gives up idle connections when one did not answer in time: they may be as dead', async () => {
    const heard = Promise.withResolvers<void>();
    const { url, connections } = await listen((request, response) => {
      if (request.url === '/silent') heard.resolve();
      else response.end('{}');
    });
    const both = [fetchOnce(`${url}/a`), fetchOnce(`${url}/b`)];
    await Promise.all(both);
    const controller = new AbortController();
    const silent = fetchOnce(`${url}/silent`, { signal: controller.signal });
    await heard.promise;
    controller.abort(new Error('no answer in time'));
    await expect(silent).rejects.toThrow('no answer in time');
    await fetchOnce(`${url}/c`);
    expect(connections()).toBe(3);
  });

  it('rejects with the reason when it is aborted', async () => {
    const { url } = await listen(() => undefined);
    const reason = new Error('no answer in time');
    const controller = new AbortController();
    const call = fetchOnce(url, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(fetchOnce(url, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('rejects when the connection breaks in the middle of the answer', async () => {
    const { url } = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{');
      setImmediate(() => response.destroy());
    });
    await expect(fetchOnce(url)).rejects.toThrow(/aborted|closed before the answer was complete/);
  });

  it('rejects when nobody listens', async () => {
    const { url } = await listen(() => undefined);
    for (const close of closing.splice(0)) close();
    await expect(fetchOnce(url)).rejects.toThrow('ECONNREFUSED');
  });

  it('rejects an answer that is no JSON when it is read', async () => {
    const { url } = await listen((_request, response) => response.end('<html>'));
    const answer = await fetchOnce(url);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
  });
});
