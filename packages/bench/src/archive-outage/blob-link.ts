import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';

/**
 * What a link to a blob store does with requests:
 * - `passes`: carries them.
 * - `refuses`: hangs up on everybody.
 * - `forbids`: answers 403 itself.
 * - `hangs`: takes them and says nothing.
 * - `slow`: carries them, and gives the answer when nobody waits for it any more.
 * - `stalls`: carries one half of each archive that is stored, and nothing after it; all else passes.
 */
export type LinkState = 'passes' | 'refuses' | 'forbids' | 'hangs' | 'slow' | 'stalls';

export interface BlobLink extends AsyncDisposable {
  /** The address with this link in the place of what it leads to. */
  readonly url: string;
  /** Connections of before are cut. */
  set(state: LinkState): void;
}

/** Longer than a hub waits for a store. */
const slowMs = 45_000;

/** Opens a link to the HTTP server that the address names; `stalled` is told when an upload stopped halfway. */
export async function openBlobLink(target: string, stalled: () => void): Promise<BlobLink> {
  const { hostname, port: targetPort, pathname } = new URL(target);
  let state: LinkState = 'passes';

  const server = createServer((request, response) => {
    if (state === 'refuses') return void request.socket.destroy();
    if (state === 'hangs') return;
    if (state === 'forbids') {
      request.resume();
      return void response.writeHead(403).end();
    }
    carry(request, response);
  });

  function carry(request: IncomingMessage, response: ServerResponse): void {
    const { method, url, headers } = request;
    // The signature covers the address that the hub knows.
    const far = openRequest({ host: hostname, port: targetPort, method, path: url, headers, setHost: false });
    far.on('error', () => response.destroy());
    response.on('close', () => far.destroy());
    const waitMs = state === 'slow' ? slowMs : 0;
    far.on('response', (answer) => {
      setTimeout(() => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }, waitMs).unref();
    });
    const isArchive = method === 'PUT' && url?.includes('/logs/') === true;
    if (state !== 'stalls' || !isArchive) return void request.pipe(far);
    let left = Number(headers['content-length']) / 2;
    request.on('data', (piece: Buffer) => {
      if (left <= 0) return;
      far.write(piece.subarray(0, left));
      left -= piece.length;
      if (left <= 0) stalled();
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    set(next) {
      state = next;
      server.closeAllConnections();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
