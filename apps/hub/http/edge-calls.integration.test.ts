import { systemClock } from '@nexomatic/clock';
import { edgeBoxContext, edgeBoxPurpose, edgeRefusalsPath, edgeSettingsPath } from '@nexomatic/contracts/edge-protocol';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { createEdge } from '@nexomatic/edge/edge';
import { openWebBox } from '@nexomatic/sealing/web-box';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { signCall } from '@nexomatic/signature/signed-call';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeSource, sha256 } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { secretContext } from '#server/sources/source-definition.ts';
import { openTestWeb } from './testing/open-test-web.ts';

const keyHex = '0123456789abcdef'.repeat(4);
const key = envelopeKey('k1', keyHex);
const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis(), env: { edgeKeys: [key] } });
afterAll(() => web.close());
const { tenant, eventType } = await makePipeline(database);

/** The edge's time, which a test may set forward. */
let ahead = 0;
const edge = createEdge(
  { HUB_URL: web.baseUrl, EDGE_KEY_ID: 'k1', EDGE_KEY: keyHex },
  {
    clock: { now: () => systemClock.now() + ahead, monotonic: () => systemClock.monotonic() + ahead },
    background: () => undefined,
  },
);
// The Worker logs through the console, the only log there is in workerd.
vi.spyOn(console, 'log').mockImplementation(() => undefined);
beforeEach(() => {
  ahead = 0;
});

const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Ada"}' };
const atHub = async (sourceKey: string) => (await web.get(`/h/${sourceKey}`, post)).status;
const atEdge = async (sourceKey: string) =>
  (await edge.fetch(new Request(`https://hooks.test/h/${sourceKey}`, post))).status;

/** Saves what a source is, as a save in this hub does: what it remembers is forgotten. */
async function change(id: string, column: 'settings' | 'enabled', value: string | number): Promise<void> {
  await database.sql.run(`UPDATE sources SET ${column} = ? WHERE id = ?`, [value, idToBytes(id)]);
  web.services.definitions.forgetAll();
}

describe('a change of a source holds for the next request, at the hub and at its edge', () => {
  test('that asks for a signature', async () => {
    const { source, key: sourceKey } = await makeSource(database, eventType);
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([202, 202]);
    await change(source.id, 'settings', '{"verification":{"scheme":"github"}}');
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([401, 401]);
  });

  test('that asks for none any more', async () => {
    const settings = '{"verification":{"scheme":"github"}}';
    const { source, key: sourceKey } = await makeSource(database, eventType, { settings });
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([401, 401]);
    await change(source.id, 'settings', '{}');
    // What is a second old is not refused by.
    ahead += 1_000;
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([202, 202]);
  });

  test('that switches it off, and on again', async () => {
    const { source, key: sourceKey } = await makeSource(database, eventType);
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([202, 202]);
    await change(source.id, 'enabled', 0);
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([404, 404]);
    await change(source.id, 'enabled', 1);
    ahead += 2_000;
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([202, 202]);
  });

  test('made by another hub, whose edge asks this one, that still remembers it otherwise', async () => {
    const { source, key: sourceKey } = await makeSource(database, eventType);
    expect([await atHub(sourceKey), await atEdge(sourceKey)]).toEqual([202, 202]);
    await database.sql.run(`UPDATE sources SET settings = '{"limits":{"burst":3}}' WHERE id = ?`, [
      idToBytes(source.id),
    ]);
    // The edge learns of the newer settings first; this hub's memory must not send it back.
    ahead += 60_000;
    expect(await atEdge(sourceKey)).toBe(202);
    expect(await atEdge(sourceKey)).toBe(202);
  });
});

test.each([
  ['the hub', atHub],
  ['the edge', atEdge],
])('at %s a source that has sent its burst is told to wait, and others are not', async (_, send) => {
  const settings = '{"limits":{"perSecond":1,"burst":2}}';
  const { key: busy } = await makeSource(database, eventType, { settings });
  const { key: other } = await makeSource(database, eventType, { settings });
  const statuses = await Promise.all(Array.from({ length: 20 }, () => send(busy)));
  expect(statuses.filter((status) => status === 202)).toHaveLength(2);
  expect(statuses.filter((status) => status === 429)).toHaveLength(18);
  expect(await send(other)).toBe(202);
});

describe('the settings door', () => {
  async function call(path: string, input: unknown, by = key, signedPath = path) {
    const body = new TextEncoder().encode(JSON.stringify(input));
    const headers = await signCall(by, { path: signedPath, sentAt: web.services.clock.now() }, body);
    const response = await web.get(path, { method: 'POST', headers, body });
    const text = await response.text();
    return { status: response.status, text, answer: JSON.parse(text) as Record<string, string> };
  }

  test('gives a known edge a box that only its key opens, and nobody a secret in clear', async () => {
    const { source, key: sourceKey } = await makeSource(database, eventType, {
      settings: '{"verification":{"scheme":"github"}}',
    });
    const id = newId('sourceSecret');
    const wrapped = web.services.keyring.wrap(Buffer.from('hunter2hunter2'), secretContext(tenant.id, source.id, id));
    const em = database.tenantEm(tenant.id);
    const row = { tenantId: tenant.id, id, sourceId: source.id, wrapped: Buffer.from(wrapped) };
    await em.persist(em.create(SourceSecret, row)).flush();
    const sourceKeyHash = sha256(sourceKey).toString('hex');
    const { status, text, answer } = await call(edgeSettingsPath, { sourceKeyHash, known: '' });
    expect({ status, answer }).toMatchObject({ status: 200, answer: { outcome: 'settings' } });
    expect(text).not.toContain('hunter2');
    const box = await openWebBox(await key.derive(edgeBoxPurpose));
    const opened = await box.open(
      Uint8Array.from(Buffer.from(answer.box ?? '', 'base64')),
      edgeBoxContext(sourceKeyHash),
    );
    expect(JSON.parse(Buffer.from(opened ?? []).toString())).toMatchObject({
      verification: { scheme: 'github', allowSha1: false },
      secrets: [{ id, value: 'hunter2hunter2', until: null }],
    });
    const again = await call(edgeSettingsPath, { sourceKeyHash, known: answer.version });
    expect(again.answer).toEqual({ outcome: 'unchanged' });
  });

  test('knows nothing of an address that no source has', async () => {
    expect((await call(edgeSettingsPath, { sourceKeyHash: 'ab'.repeat(32) })).answer).toEqual({ outcome: 'absent' });
  });

  test.each([
    ['a key of another edge', edgeSettingsPath, envelopeKey('k9', keyHex), edgeSettingsPath],
    [
      'another key of the same name',
      edgeSettingsPath,
      envelopeKey('k1', 'fedcba9876543210'.repeat(4)),
      edgeSettingsPath,
    ],
    ['a signature for another door', edgeSettingsPath, key, edgeRefusalsPath],
    ['a signature for another door', edgeRefusalsPath, key, edgeSettingsPath],
  ])('does not open to %s', async (_, path, by, signedPath) => {
    const input = path === edgeRefusalsPath ? { refusals: [] } : { sourceKeyHash: 'ab'.repeat(32) };
    expect(await call(path, input, by, signedPath)).toMatchObject({
      status: 401,
      answer: { code: 'envelope_invalid' },
    });
  });

  test.each([{}, { sourceKeyHash: 'x' }, { sourceKeyHash: 'ab'.repeat(32), tenant: 'tnt_x' }, null, []])(
    'refuses a call of the form %j',
    async (input) => {
      expect(await call(edgeSettingsPath, input)).toMatchObject({ status: 400, answer: { code: 'bad_request' } });
    },
  );
});
