import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { S3Settings } from '../s3-backend.ts';

/**
 * - `none`: it works.
 * - `cut`: it hangs up on everybody.
 * - `silent`: it takes requests and never answers.
 * - a number: the status that it answers with.
 * - `changed`: it takes objects and gives others: their last byte is another.
 * - `short`: it gives one byte less than it says.
 */
export type S3Fault = 'none' | 'cut' | 'silent' | 403 | 404 | 500 | 'changed' | 'short';

/** As much of an S3 server as can be broken in ways that a real one is, with its objects in memory. */
export async function startFaultyS3(): Promise<{ settings: S3Settings; set(fault: S3Fault): void } & AsyncDisposable> {
  const objects = new Map<string, Buffer>();
  let fault: S3Fault = 'none';

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => answer(request, response, Buffer.concat(pieces)));
    request.on('error', () => response.destroy());
  });

  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const key = new URL(request.url ?? '/', 'http://s3').pathname;
    if (fault === 'cut') return void response.destroy();
    if (fault === 'silent') return;
    if (typeof fault === 'number') return void response.writeHead(fault).end();
    const object = objects.get(key);
    switch (request.method) {
      case 'PUT':
        if (object) return void response.writeHead(412).end();
        objects.set(key, body);
        return void response.writeHead(200, { etag: '"e"' }).end();
      case 'DELETE':
        objects.delete(key);
        return void response.writeHead(204).end();
      case 'HEAD':
      case 'GET': {
        if (!object) return void response.writeHead(404).end();
        const [, from = '0', to = String(object.length - 1)] =
          /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
        const bytes = Buffer.from(object.subarray(Number(from), Number(to) + 1));
        if (fault === 'changed') bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        const given = fault === 'short' ? bytes.subarray(0, -1) : bytes;
        response.writeHead(request.headers.range ? 206 : 200, { 'content-length': String(given.length), etag: '"e"' });
        return void response.end(request.method === 'GET' ? given : undefined);
      }
      default:
        response.writeHead(405).end();
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    settings: {
      bucket: 'archive',
      region: 'auto',
      endpoint,
      credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
    },
    set(next) {
      fault = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
