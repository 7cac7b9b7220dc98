import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePort } from '@nexomatic/testkit/free-port';
import { afterAll, describe, expect, test } from 'vitest';
import type { BlobStore } from './blob-store.ts';
import { type BlobStoreSettings, openBlobStore } from './open-blob-store.ts';
import { allOf, blobOf, bytesOf } from './testing/conformance.ts';

/** How the store behaves for the test at hand. */
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
const server = createServer((request, response) => {
  request.resume();
  answer(request, response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const settingsOf = (kind: 'azure' | 's3', endpoint: string): BlobStoreSettings =>
  kind === 'azure'
    ? {
        kind,
        container: 'archive',
        connectionString: `DefaultEndpointsProtocol=http;AccountName=name;AccountKey=${btoa('key')};BlobEndpoint=${endpoint}/name;`,
      }
    : { kind, bucket: 'archive', region: 'auto', endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

const says = (status: number) => (_request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status).end();
};

describe.each(['azure', 's3'] as const)('a store that speaks %s and', async (kind) => {
  const store = await openBlobStore(settingsOf(kind, url), 1_500);
  const all: [string, (store: BlobStore) => Promise<unknown>][] = [
    ['put', (one) => one.putIfAbsent('a', blobOf(Buffer.from('0123456789')))],
    ['read', (one) => bytesOf(one.read('a', { from: 0, length: 10 }))],
    ['list', (one) => allOf(one.list('a'))],
    ['delete', (one) => one.delete('a')],
  ];
  const head = (one: BlobStore) => one.head('a');

  test.each([...all, ['head', head] as const])('is down: %s says that it can not be reached', async (_name, call) => {
    const down = await openBlobStore(settingsOf(kind, `http://127.0.0.1:${await freePort()}`), 5_000);
    await expect(call(down)).rejects.toMatchObject({ name: 'BlobError', fault: 'unavailable' });
  });

  test.each([...all, ['head', head] as const])('hangs up: %s says that it can not be reached', async (_name, call) => {
    answer = (_request, response) => response.destroy();
    await expect(call(store)).rejects.toMatchObject({
      fault: 'unavailable',
      message: expect.stringMatching(/ can't be reached \(E[A-Z]+\)$/),
    });
  });

  test.each([...all, ['head', head] as const])('is silent: %s ends in time', async (_name, call) => {
    answer = () => undefined;
    await expect(call(store)).rejects.toMatchObject({
      fault: 'unavailable',
      message: `${store.place} gave no answer in time`,
    });
  });

  test.each([...all, ['head', head] as const])('answers 403: %s is denied', async (_name, call) => {
    answer = says(403);
    await expect(call(store)).rejects.toMatchObject({
      fault: 'denied',
      message: expect.stringContaining('answered 403'),
    });
  });

  test.each([...all, ['head', head] as const])('answers 500: %s fails for now', async (_name, call) => {
    answer = says(500);
    await expect(call(store)).rejects.toMatchObject({ fault: 'unavailable' });
  });

  test('answers 404: what is read is missing', async () => {
    answer = says(404);
    await expect(bytesOf(store.read('a', { from: 0, length: 10 }))).rejects.toMatchObject({ fault: 'missing' });
    expect(await store.head('a')).toBeNull();
  });

  test('stops in the middle of an object: reading ends in time, without the rest', async () => {
    answer = (_request, response) => {
      response.writeHead(206, { 'content-length': '10', 'content-range': 'bytes 0-9/10', etag: '"e"' });
      response.write('01234');
    };
    await expect(bytesOf(store.read('a', { from: 0, length: 10 }))).rejects.toMatchObject({ fault: 'unavailable' });
  });

  test('gives other lengths than were asked for: that is corrupt', async () => {
    for (const body of ['01234', '0123456789abc']) {
      answer = (_request, response) => {
        response.writeHead(206, { 'content-length': String(body.length), etag: '"e"' }).end(body);
      };
      await expect(bytesOf(store.read('a', { from: 0, length: 10 }))).rejects.toMatchObject({ fault: 'corrupt' });
    }
  });
});
