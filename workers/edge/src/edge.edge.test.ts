import { exports } from 'cloudflare:workers';
import { expect, inject, test } from 'vitest';
import { loggedLines } from '../testing/logged-lines.ts';
import { edgeKeyHex, edgeKeyId, knownSourceKey } from '../testing/shared-key.ts';
import { createEdge } from './edge.ts';

const get = (path: string) => exports.default.fetch(`https://edge.test${path}`);
const bindings = { HUB_URL: inject('hubUrl'), EDGE_KEY_ID: edgeKeyId, EDGE_KEY: edgeKeyHex };

test('/healthz answers while the Worker runs', async () => {
  const response = await get('/healthz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'alive' });
});

test('/readyz is 200 when the hub says that it is ready', async () => {
  const response = await get('/readyz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ready' });
});

test('/readyz is 503 and says why when the hub is not ready', async () => {
  const edge = createEdge({ ...bindings, HUB_URL: `${inject('hubUrl')}/stand-in/nowhere/` });
  const response = await edge.fetch(new Request('https://edge.test/readyz'));
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'unready', faults: ["the hub's /readyz answered 404"] });
});

test('a Worker with an incomplete environment is not ready and names every fault, but no value', async () => {
  const edge = createEdge({ HUB_URL: 'hub.example.com', EDGE_KEY: 'tooshort' });
  const response = await edge.fetch(new Request('https://edge.test/readyz'));
  expect(response.status).toBe(503);
  const text = await response.text();
  expect(JSON.parse(text)).toEqual({
    status: 'unready',
    faults: ['HUB_URL is not an http or https address', 'EDGE_KEY_ID is missing', 'EDGE_KEY is not 64 hex digits'],
  });
  expect(text).not.toContain('tooshort');
});

test('a Worker with an incomplete environment answers webhooks with 500 and logs what is missing', async () => {
  const edge = createEdge({ ...bindings, EDGE_KEY: undefined });
  const response = await edge.fetch(
    new Request(`https://edge.test/h/${knownSourceKey}`, { method: 'POST', body: '{}' }),
  );
  expect(response.status).toBe(500);
  const { code, requestId } = (await response.json()) as Record<string, unknown>;
  expect(code).toBe('internal');
  expect(loggedLines()).toEqual([
    expect.objectContaining({
      level: 'error',
      event: 'edge.misconfigured',
      requestId,
      faults: ['EDGE_KEY is missing'],
    }),
  ]);
});

test('any other address is answered 404', async () => {
  const response = await get('/admin');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'not_found' });
});

test('each webhook leaves one line in the log, with its id and outcome and without its key', async () => {
  await exports.default.fetch(`https://edge.test/h/${knownSourceKey}`, { method: 'POST', body: '{"name":"Ada"}' });
  expect(loggedLines()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: 'edge',
      event: 'webhook.received',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      outcome: 'accepted',
      status: 202,
      ms: expect.any(Number),
      bodyBytes: 14,
    },
  ]);
  expect(JSON.stringify(loggedLines())).not.toContain(knownSourceKey);
});

test('a refusal quotes the id under which the log has it', async () => {
  const response = await exports.default.fetch('https://edge.test/h/nonsense', { method: 'POST', body: '{}' });
  const { requestId } = (await response.json()) as Record<string, unknown>;
  expect(loggedLines().at(-1)).toMatchObject({ requestId, outcome: 'source_not_found', status: 404 });
});
