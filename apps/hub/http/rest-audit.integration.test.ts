import type { AuditSummary } from '@nexomatic/contracts/audit-api';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { exportAudit, tenantLog } from '#server/audit/read-audit.ts';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
beforeEach(async () => {
  pipeline = await makePipeline(database);
});

const call = async (path: string, headers: Record<string, string> = bearer(pipeline.apiToken)) => {
  const response = await web.get(`/api/v1${path}`, { headers });
  return { status: response.status, body: await response.json() };
};
const make = async (name: string) => {
  const headers = bearer(pipeline.apiToken);
  return (await (await web.post('/api/v1/actions', { name, module: 'a.b' }, { headers })).json()) as { id: string };
};
const actions = async (query: string): Promise<string[]> =>
  (await call(`/audit${query}`)).body.entries.map(({ object }: AuditSummary) => object.name);

/** An entry as of another time. */
async function addEntry(given: Partial<AuditEntry> = {}): Promise<void> {
  const em = database.tenantEm(pipeline.tenant.id);
  const entry = em.create(AuditEntry, {
    tenantId: pipeline.tenant.id,
    id: newId('audit'),
    actorKind: 'system',
    actorName: 'installation',
    action: 'sink.created',
    objectKind: 'sink',
    objectName: 'one',
    remoteAddress: '',
    requestId: '',
    ...given,
  });
  await em.persist(entry).flush();
}

test('the log lists changes newest first, page by page, with who, what, where and under which request', async () => {
  for (const name of ['one', 'two', 'three']) await make(name);
  const first = (await call('/audit?limit=2')).body;
  expect(first.entries).toMatchObject([{ object: { name: 'three' } }, { object: { name: 'two' } }]);
  expect(first.entries[0]).toEqual({
    id: expect.stringMatching(/^aud_/),
    at: expect.any(String),
    actor: { kind: 'apiToken', id: expect.stringMatching(/^tok_/), name: expect.any(String) },
    action: 'action.created',
    object: { kind: 'action', id: expect.stringMatching(/^act_/), name: 'three' },
    remoteAddress: expect.stringContaining('127.0.0.1'),
    requestId: expect.any(String),
  });
  const next = (await call(`/audit?limit=2&cursor=${first.nextCursor}`)).body;
  expect(next).toMatchObject({ entries: [{ object: { name: 'one' } }], nextCursor: null });
});

describe('the log is filtered by', () => {
  test('object, kind, action and actor', async () => {
    const { id } = await make('one');
    await make('two');
    await addEntry();
    const [entry] = (await call(`/audit?objectId=${id}`)).body.entries;
    expect(await actions(`?objectId=${id}`)).toEqual(['one']);
    expect(await actions('?objectKind=action')).toEqual(['two', 'one']);
    expect(await actions('?action=sink.created')).toEqual(['one']);
    expect(await actions(`?actor=${entry.actor.id}`)).toEqual(['two', 'one']);
    expect(await actions('?actor=system&objectKind=sink')).toEqual(['one']);
    expect(await actions('?actor=system&objectKind=action')).toEqual([]);
  });

  test('time, exactly to the millisecond, whatever order the clocks of several hubs gave the ids', async () => {
    const at = new Date('2026-03-01T12:00:00.000Z');
    const idAt = (ms: number) => {
      const bytes = idToBytes(newId('audit'));
      new DataView(bytes.buffer).setBigUint64(0, (BigInt(at.getTime() + ms) << 16n) | 0x7000n);
      return bytes;
    };
    await database.sql.run(
      `INSERT INTO audit_entries (tenant_id, id, at, actor_kind, actor_name, action, object_kind, object_name, remote_address, request_id)
       VALUES (?, ?, ?, 'system', '', 'sink.created', 'sink', 'early', '', ''), (?, ?, ?, 'system', '', 'sink.created', 'sink', 'late', '', '')`,
      [
        ...[idToBytes(pipeline.tenant.id), idAt(500), at],
        ...[idToBytes(pipeline.tenant.id), idAt(-500), new Date(at.getTime() + 1)],
      ],
    );
    expect(await actions(`?since=${at.toISOString()}`)).toEqual(['early', 'late']);
    expect(await actions(`?since=${new Date(at.getTime() + 1).toISOString()}`)).toEqual(['late']);
    expect(await actions(`?until=${new Date(at.getTime() + 1).toISOString()}`)).toEqual(['early']);
  });

  test.each([['objectKind=nothing'], ['since=yesterday'], ['cursor=aud_x'], ['limit=0'], ['limit=201'], ['what=ever']])(
    'nothing that is not well formed: %s',
    async (query) => {
      expect(await call(`/audit?${query}`)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    },
  );
});

describe('one entry', () => {
  test('shows the object before and after', async () => {
    await make('one');
    const [{ id }] = (await call('/audit')).body.entries;
    expect((await call(`/audit/${id}`)).body).toMatchObject({ before: null, after: { name: 'one', module: 'a.b' } });
  });

  test('of another tenant is not there', async () => {
    await make('one');
    const [{ id }] = (await call('/audit')).body.entries;
    const foreign = await makePipeline(database);
    expect((await call(`/audit/${id}`, bearer(foreign.apiToken))).status).toBe(404);
    expect((await call('/audit', bearer(foreign.apiToken))).body.entries).toEqual([]);
  });
});

describe('the export', () => {
  const lines = async (query = '', headers: Record<string, string> = bearer(pipeline.apiToken)) => {
    const response = await web.get(`/api/v1/audit/export${query}`, { headers });
    const text = await response.text();
    return {
      response,
      lines: text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    };
  };

  test('is a file with a line of JSON for each change, before and after included', async () => {
    await make('one');
    await make('two');
    const { response, lines: entries } = await lines('?action=action.created');
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="audit-\d{4}-\d\d-\d\d\.ndjson"$/,
    );
    expect(entries).toMatchObject([{ after: { name: 'two' } }, { after: { name: 'one' } }]);
  });

  test('leaves nothing out and nothing comes twice where it takes many reads', async () => {
    for (let i = 0; i < 7; i++) await addEntry({ objectName: String(i) });
    const { tenantEm } = database;
    const batches = [];
    for await (const batch of exportAudit(tenantLog(tenantEm(pipeline.tenant.id)), {}, undefined, 5))
      batches.push(batch);
    const names = batches.flatMap(({ entries }) => entries.map(({ object }) => object.name));
    expect(names).toEqual(['6', '5', '4', '3', '2']);
    const nextCursor = batches.at(-1)?.nextCursor;
    const { lines: rest } = await lines(`?cursor=${nextCursor}`);
    expect(rest.map(({ object }) => object.name)).toEqual(['1', '0']);
  });

  test('is for those who may read the log: a signed-in admin by cookie, and no editor', async () => {
    const { tenant } = pipeline;
    await make('one');
    const cookieOf = async (role: 'admin' | 'editor') => ({
      cookie: await signInAs(web, await makeUser(database, tenant.id, role)),
    });
    expect((await lines(`?tenant=${tenant.slug}`, await cookieOf('admin'))).lines).toHaveLength(1);
    expect((await lines(`?tenant=${tenant.slug}`, await cookieOf('editor'))).response.status).toBe(403);
    expect((await lines('', {})).response.status).toBe(401);
    expect((await lines('?objectKind=nothing')).response.status).toBe(400);
  });
});
