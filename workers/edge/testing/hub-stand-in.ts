import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { systemClock } from '@nexomatic/clock';
import {
  type EdgeSettingsAnswer,
  edgeBoxContext,
  edgeBoxPurpose,
  edgeRefusalsPath,
  edgeSettingsPath,
  type Refusal,
} from '@nexomatic/contracts/edge-protocol';
import { ingestPath } from '@nexomatic/contracts/envelope';
import { problem, problemContentType } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import { defaultSourceSettings } from '@nexomatic/contracts/source-settings';
import { openWebBox } from '@nexomatic/sealing/web-box';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { openEnvelope } from '@nexomatic/signature/envelope-headers';
import { openCall } from '@nexomatic/signature/signed-call';
import type { TestProject } from 'vitest/node';
import { edgeKeyHex, edgeKeyId, knownSourceHash } from './shared-key.ts';
import type { ReceivedEnvelope, ScriptedAnswer, ScriptedSettings } from './stand-in-protocol.ts';
import type { SignedDelivery } from './webhook-case.ts';

/**
 * A hub as the edge sees one: a server that takes signed envelopes at `/internal/ingest` and answers in the documented
 * forms. One source is known. Tests run in workerd and reach it over HTTP only, so they also tell it over HTTP what to
 * answer (`PUT /stand-in/answers/{source hash}`, `PUT /stand-in/settings/{source hash}`) and ask what it got
 * (`GET /stand-in/received/{ingest id}`, `GET /stand-in/told/{source hash}`) and in which order it took what it answered with
 * success (`GET /stand-in/taken/{source hash}`).
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('hubUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const program = fileURLToPath(new URL('./print-deliveries.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'https://edge.test']);
  project.provide('deliveries', JSON.parse(stdout) as SignedDelivery[]);
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
}

const key = envelopeKey(edgeKeyId, edgeKeyHex);
const keys = [key];
const box = key.derive(edgeBoxPurpose).then(openWebBox);
const plainSettings: ScriptedSettings = { version: 'plain', settings: { ...defaultSourceSettings, secrets: [] } };
const settings = new Map<string, ScriptedSettings>();
const asked = new Map<string, number>();
const refusals: Refusal[] = [];
const answers = new Map<string, ScriptedAnswer>();
const received = new Map<string, ReceivedEnvelope>();
const taken = new Map<string, string[]>();

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const body = new Uint8Array(await buffer(request));
  if (path === '/readyz') return send(response, { status: 200, body: '{}' });
  if (path === ingestPath && request.method === 'POST') return send(response, await ingest(request, body));
  if (path === edgeSettingsPath || path === edgeRefusalsPath)
    return send(response, await answerCall(path, request, body));
  const [, area, kind, id = ''] = path.split('/');
  if (area === 'stand-in' && kind === 'settings') {
    settings.set(id, JSON.parse(new TextDecoder().decode(body)) as ScriptedSettings);
    return send(response, { status: 204, body: '' });
  }
  if (area === 'stand-in' && kind === 'told') {
    const told = refusals.filter(({ sourceKeyHash }) => sourceKeyHash === id);
    return send(response, { status: 200, body: JSON.stringify({ asked: asked.get(id) ?? 0, refusals: told }) });
  }
  if (area === 'stand-in' && kind === 'answers') {
    answers.set(id, JSON.parse(new TextDecoder().decode(body)) as ScriptedAnswer);
    return send(response, { status: 204, body: '' });
  }
  if (area === 'stand-in' && kind === 'taken') {
    return send(response, { status: 200, body: JSON.stringify(taken.get(id) ?? []) });
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
  const current = settings.get(envelope.sourceKeyHash) ?? plainSettings;
  if (!envelope.held && envelope.settingsVersion !== current.version) return refusal('settings_changed', 'Ask again.');
  const scripted = answers.get(envelope.sourceKeyHash);
  if (scripted && scripted.status < 300) {
    taken.set(envelope.sourceKeyHash, [...(taken.get(envelope.sourceKeyHash) ?? []), envelope.ingestId]);
  }
  if (scripted) return scripted;
  if (envelope.sourceKeyHash !== knownSourceHash && !settings.has(envelope.sourceKeyHash))
    return refusal('source_not_found', 'No such source.');
  const raw = current.settings?.content.raw === true;
  if (!raw && body.length === 0) return refusal('empty_body', 'The body is empty.');
  if (!raw && !isJson(body)) return refusal('invalid_json', 'Line 1, column 9: expected a JSON value.');
  const answer = { status: 'accepted', receiptId: newId('receipt'), eventId: newId('event') };
  return { status: 202, body: JSON.stringify(answer) };
}

async function answerCall(path: string, { headers }: IncomingMessage, body: Uint8Array<ArrayBuffer>) {
  const call = { path, now: systemClock.now(), headers: { get: (name: string) => headers[name]?.toString() ?? null } };
  if (!(await openCall(keys, call, body))) return refusal('envelope_invalid', 'Not signed.');
  const input = JSON.parse(new TextDecoder().decode(body)) as {
    sourceKeyHash: string;
    known: string;
    refusals: Refusal[];
  };
  if (path === edgeRefusalsPath) {
    refusals.push(...input.refusals);
    return { status: 200, body: '{}' };
  }
  asked.set(input.sourceKeyHash, (asked.get(input.sourceKeyHash) ?? 0) + 1);
  return { status: 200, body: JSON.stringify(await settingsOf(input)) };
}

async function settingsOf({
  sourceKeyHash,
  known,
}: {
  sourceKeyHash: string;
  known: string;
}): Promise<EdgeSettingsAnswer> {
  const isKnown = sourceKeyHash === knownSourceHash || answers.has(sourceKeyHash);
  const { version, settings: given } =
    settings.get(sourceKeyHash) ?? (isKnown ? plainSettings : { version: '', settings: null });
  if (given === null) return { outcome: 'absent' };
  if (version === known) return { outcome: 'unchanged' };
  const sealed = await (await box).seal(new TextEncoder().encode(JSON.stringify(given)), edgeBoxContext(sourceKeyHash));
  return { outcome: 'settings', version, box: Buffer.from(sealed).toString('base64') };
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
