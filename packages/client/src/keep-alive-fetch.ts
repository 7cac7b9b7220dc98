import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Connections to one hub at once; calls beyond that wait for one. */
const maxConnections = 16;

interface PostInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** As much of `Response` as callers need. */
export interface Answer {
  ok: boolean;
  status: number;
  json(): Promise<unknown>;
}

/**
 * A `fetch` for a client that calls one server all the time, over connections that stay open. Node's own `fetch` needs
 * more than twice the time and the processor for a small call, and a sink makes at least two for each event.
 */
export function createKeepAliveFetch(): (url: string, init?: PostInit) => Promise<Answer> {
  const options = { keepAlive: true, maxSockets: maxConnections, noDelay: true };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return (url, { method = 'GET', headers = {}, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const given = { method, headers: { ...headers, ...length } };
      const agent = url.startsWith('https:') ? https : http;
      const request =
        agent === https ? httpsRequest(url, { ...given, agent: https }) : httpRequest(url, { ...given, agent });
      const abort = (): void => {
        // A connection that went dead is seldom alone: the next calls are not to wait for the others to time out.
        for (const idle of Object.values(agent.freeSockets)) for (const socket of idle ?? []) socket.destroy();
        request.destroy(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      signal?.addEventListener('abort', abort, { once: true });
      request.once('close', () => signal?.removeEventListener('abort', abort));
      request.once('error', reject);
      request.once('response', (response) => {
        readWhole(response).then((bytes) => resolve(answerOf(response.statusCode ?? 0, bytes)), reject);
      });
      request.end(body);
    });
}

function readWhole(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.once('end', () => resolve(Buffer.concat(parts)));
    response.once('error', reject);
    // A connection that breaks in the middle of an answer ends without `end`.
    response.once('close', () => reject(new Error('the connection was closed before the answer was complete')));
  });
}

function answerOf(status: number, bytes: Buffer): Answer {
  return {
    ok: status >= 200 && status < 300,
    status,
    json: async () => JSON.parse(bytes.toString()) as unknown,
  };
}
