import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { ingestPath } from '@nexomatic/contracts/envelope';
import { problem, problemContentType } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { openEnvelope } from '@nexomatic/signature/envelope-headers';
import type { TestProject } from 'vitest/node';
import { edgeKeyHex, edgeKeyId, knownSourceHash } from './shared-key.ts';
import type { ReceivedEnvelope, ScriptedAnswer } from './stand-in-protocol.ts';

/**
 * A hub as the edge sees one: a server that takes signed envelopes at `/internal/ingest` and answers in the documented
 * forms. One source is known. Tests run in workerd and reach it over HTTP only, so they also tell it over HTTP what to
 * answer (`PUT /stand-in/answers/{source hash}`) and ask what it got (`GET /stand-in/received/{ingest id}`).
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('hubUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
}

const keys = [envelopeKey(edgeKeyId, edgeKeyHex)];
const answers = new Map<string, ScriptedAnswer>();
const received = new Map<string, ReceivedEnvelope>();

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const body = new Uint8Array(await buffer(request));
  if (path === '/readyz') return send(response, { status: 200, body: '{}' });
  if (path === ingestPath && request.method === 'POST') return send(response, await ingest(request, body));
  const [, area, kind, id = ''] = path.split('/');
  if (area === 'stand-in' && kind === 'answers') {
    answers.set(id, JSON.parse(new TextDecoder().decode(body)) as ScriptedAnswer);
    return send(response, { status: 204, body: '' });
  }
  const envelope = area === 'stand-in' && kind === 'received' ? received.get(id) : undefined;
  return send(response, envelope ? { status: 200, body: JSON.stringify(envelope) } : { status: 404, body: '{}' });
}

async function ingest(request: IncomingMessage, body: Uint8Array<ArrayBuffer>): Promise<ScriptedAnswer> {
  const headers = { get: (name: string) => request.headers[name]?.toString() ?? null };
  const opened = await openEnvelope(keys, headers, body);
  if (opened.outcome === 'invalid') return refusal('envelope_invalid', opened.cause);
  const { envelope } = opened;
  received.set(envelope.ingestId, { envelope, bodyBase64: Buffer.from(body).toString('base64') });
  const scripted = answers.get(envelope.sourceKeyHash);
  if (scripted) return scripted;
  if (envelope.sourceKeyHash !== knownSourceHash) return refusal('source_not_found', 'No such source.');
  if (body.length === 0) return refusal('empty_body', 'The body is empty.');
  if (!isJson(body)) return refusal('invalid_json', 'Line 1, column 9: expected a JSON value.');
  const answer = { status: 'accepted', receiptId: newId('receipt'), eventId: newId('event') };
  return { status: 202, body: JSON.stringify(answer) };
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return true;
  } catch {
    // The parser is the test.
    return false;
  }
}

function refusal(code: Parameters<typeof problem>[0], detail: string): ScriptedAnswer {
  const document = problem(code, detail);
  return { status: document.status, headers: { 'content-type': problemContentType }, body: JSON.stringify(document) };
}

async function send(response: ServerResponse, answer: ScriptedAnswer): Promise<void> {
  const { status, headers = {}, body, delayMs = 0 } = answer;
  if (delayMs > 0) await delay(delayMs);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
