import { idFromBytes, idToBytes } from '@nexomatic/contracts/id';
import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeApiToken, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createNexomatic, type Nexomatic, type NexomaticOptions } from './nexomatic.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let hub: Nexomatic;
const connect = (given: Partial<NexomaticOptions> = {}) =>
  createNexomatic({ url: web.baseUrl, token: pipeline.apiToken, ...given });
beforeEach(async () => {
  pipeline = await makePipeline(database);
  hub = connect();
});

/** Every request body that a client sends, as text. */
function spied() {
  const sent: string[] = [];
  const send: typeof fetch = (input, init) => {
    sent.push(typeof init?.body === 'string' ? init.body : '');
    return fetch(input, init);
  };
  return { sent, send };
}

test('a secret is made by its first value and given the next ones, and nothing but sealed boxes leaves the program', async () => {
  const { sent, send } = spied();
  const own = connect({ fetch: send });
  expect(await own.secrets.set('SHOP_TOKEN', 'hunter2-canary')).toMatchObject({ name: 'SHOP_TOKEN', valueVersion: 1 });
  expect(await own.secrets.set('SHOP_TOKEN', 'hunter3-canary')).toMatchObject({ valueVersion: 2, size: 14 });
  expect(sent.filter((body) => body.includes('"box"'))).toHaveLength(2);
  expect(sent.join('')).not.toMatch(/hunter|aHVudGVy/);
});

test('what was set is what a sink will get, byte by byte', async () => {
  const value = 'línea 1\nстрока 2\r\n'.repeat(100);
  const { id, valueVersion } = await hub.secrets.set('TEXT', value);
  const text = 'SELECT box, key_id FROM secret_values WHERE secret_id = ? AND version = ?';
  const [row] = await web.services.sql.query<{ box: Buffer; key_id: Buffer }>(text, [idToBytes(id), valueVersion]);
  if (!row) throw new Error('no value was kept');
  const sealed = { keyId: idFromBytes('tenantKey', row.key_id), box: row.box };
  const place = { name: 'TEXT', version: valueVersion };
  const opened = await web.services.tenantKeys.openValue(pipeline.tenant.id, place, sealed);
  expect(Buffer.from(opened ?? []).toString()).toBe(value);
});

test('a key that changed while the value was sealed is met by sealing anew', async () => {
  await hub.secrets.set('KEY', 'the first');
  let stale = 1;
  const own = connect({
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      if (!String(input).includes('secrets.key') || stale-- <= 0) return answer;
      const text = (await answer.text()).replace(/tky_\w+/, 'tky_01jd5y0q6vf0x9h2m7k3c8t4zr');
      return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
    },
  });
  expect(await own.secrets.set('KEY', 'the second')).toMatchObject({ valueVersion: 2 });
});

test('two who set the same secret at the same moment both set it, one after the other', async () => {
  await hub.secrets.set('KEY', 'the first');
  const both = await Promise.all([hub.secrets.set('KEY', 'one'), connect().secrets.set('KEY', 'two')]);
  expect(both.map(({ valueVersion }) => valueVersion).sort()).toEqual([2, 3]);
});

test('a token that may only write secrets sets them', async () => {
  const { token } = await makeApiToken(database, pipeline.tenant.id, { scopes: 'secrets.write' });
  const own = connect({ token });
  expect(await own.secrets.set('KEY', 'hunter2')).toMatchObject({ valueVersion: 1 });
  expect(await own.secrets.set('KEY', 'hunter3')).toMatchObject({ valueVersion: 2 });
  await expect(own.api.secrets.list.query({})).rejects.toThrow();
});

test.each([
  ['', 'the value is empty'],
  ['x'.repeat(49_153), 'the value has 49153 bytes; at most 49152 are taken'],
  [Uint8Array.of(0xff), 'the value is not UTF-8 text; encode it, for example as base64'],
])('a value that is none is refused before anything is sent', async (value, message) => {
  const { sent, send } = spied();
  await expect(connect({ fetch: send }).secrets.set('KEY', value)).rejects.toThrow(message);
  expect(sent).toEqual([]);
});

test.each(['a b', 'NX_KEY', ''])('the name %j is refused in the hub’s words', async (name) => {
  await expect(hub.secrets.set(name, 'hunter2')).rejects.toMatchObject({ code: 'unprocessable' });
});
