import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { systemClock } from '@nexomatic/clock';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import { openCall } from '@nexomatic/signature/signed-call';

type Answer = { status: number; body: unknown } | 'silence' | 'hang up';

export interface EdgeStandIn extends AsyncDisposable {
  url: string;
  /** What it was asked, with a valid signature, in turn. */
  asked: { path: string; input: unknown }[];
  /** Answered from now on to calls of that path that are signed well. */
  answer(path: string, answer: Answer): void;
}

/** A server that a hub takes for its edge: like one it says 404 to whoever does not show the key. */
export async function startEdgeStandIn(key: EnvelopeKey): Promise<EdgeStandIn> {
  const answers = new Map<string, Answer>();
  const asked: EdgeStandIn['asked'] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const body = new Uint8Array(await buffer(request));
    const headers = { get: (name: string) => request.headers[name]?.toString() ?? null };
    const signed = await openCall([key], { path, now: systemClock.now(), headers }, body);
    const answer = signed ? answers.get(path) : undefined;
    if (answer === undefined) return void response.writeHead(404).end('{"code":"not_found"}');
    asked.push({ path, input: JSON.parse(new TextDecoder().decode(body)) });
    if (answer === 'silence') return;
    if (answer === 'hang up') return void request.socket.destroy();
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (path, answer) => void answers.set(path, answer),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
