import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newUuid } from '@nexomatic/contracts/id';
import { respond, type Verb } from './fake-calls.ts';
import { createQueue, type FakeQueue } from './fake-queue.ts';

/**
 * A server that speaks the data plane of an Event Grid namespace, `2024-06-01`: `:receive` with long polling, `:acknowledge`,
 * `:release`, `:reject` and `:renewLock`, with locks that end, delivery counts and dead letters, as the REST reference of Azure
 * describes them.
 */
export interface FakeNamespace {
  url: string;
  queue: FakeQueue;
  accessKey: string;
  /** Calls that came, oldest first. */
  calls: { verb: Verb; tokens: string[]; releaseDelay: string | null }[];
  /** Receives that are waiting just now. */
  waiting(): number;
  /** Answers the next calls of the verb with this status instead. */
  fail(verb: Verb, status: number, times?: number): void;
  close(): Promise<void>;
}

export interface FakeOptions {
  topic?: string;
  subscription?: string;
  lockMs?: number;
  /** What a wait of a second takes. */
  secondMs?: number;
}

export async function openFakeNamespace(options: FakeOptions = {}): Promise<FakeNamespace> {
  const { topic = 'orders', subscription = 'nexomatic', lockMs = 60_000, secondMs = 1_000 } = options;
  const queue = createQueue(lockMs);
  const accessKey = newUuid();
  const failures: { verb: Verb; status: number }[] = [];
  const calls: FakeNamespace['calls'] = [];
  const ending = new AbortController();
  let waiting = 0;
  const prefix = `/topics/${topic}/eventsubscriptions/${subscription}:`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake.invalid');
    const body = await textOf(request);
    const verb = url.pathname.startsWith(prefix) ? (url.pathname.slice(prefix.length) as Verb) : null;
    const failing = failures.findIndex((failure) => failure.verb === verb);
    const [failure] = failing < 0 ? [] : failures.splice(failing, 1);
    if (verb) calls.push({ verb, tokens: tokensOf(body), releaseDelay: url.searchParams.get('releaseDelayInSeconds') });
    const left = new AbortController();
    response.once('close', () => left.abort());
    const signal = AbortSignal.any([ending.signal, left.signal]);
    const context = {
      queue,
      url,
      verb,
      secondMs,
      signal,
      tokens: tokensOf(body),
      onWait: (n: number) => (waiting += n),
    };
    const authorized = request.headers.authorization === `SharedAccessKey ${accessKey}`;
    const { status, json } = failure
      ? { status: failure.status, json: errorJson('Broken', `made to fail with ${failure.status}`) }
      : authorized
        ? await respond(request.method ?? '', context)
        : { status: 401, json: errorJson('Unauthorized', 'The access key is not known') };
    response.writeHead(status, { 'content-type': 'application/json' }).end(json);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ queue, accessKey, calls },
    waiting: () => waiting,
    fail(verb, status, times = 1) {
      for (let i = 0; i < times; i++) failures.push({ verb, status });
    },
    async close() {
      ending.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function tokensOf(body: string): string[] {
  return body === '' ? [] : ((JSON.parse(body) as { lockTokens?: string[] }).lockTokens ?? []);
}

const errorJson = (code: string, message: string): string => JSON.stringify({ error: { code, message } });
