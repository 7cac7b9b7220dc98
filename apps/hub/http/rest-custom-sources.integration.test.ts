import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { beforeEach, describe, expect, test } from 'vitest';
import { openRest } from './testing/open-rest.ts';
import { bearer } from './testing/open-test-web.ts';
import { personAt } from './testing/person.ts';

const rest = await openRest();
const { web, call, database } = rest;
type Person = Awaited<ReturnType<typeof personAt>>;

/** A CUSTOM source of the tenant, an admin, and the source's credential. */
let source: { id: Id<'source'>; name: string };
let admin: Person;
let token: string;
let tokenId: string;

beforeEach(async () => {
  const { tenant } = rest.pipeline;
  const { body } = await call('POST', '/sources', { name: 'billing', kind: 'CUSTOM' });
  source = { id: body.id as Id<'source'>, name: 'billing' };
  admin = await personAt(web, await makeUser(database, tenant.id, 'admin'), tenant.slug);
  const made = await admin.mutate('apiTokens.create', tokenOf());
  token = made.data.value;
  tokenId = made.data.id;
});

const tokenOf = (more: object = {}) => ({
  ...{ name: 'Billing', scopes: null, expiresInDays: null, source: source.id },
  ...more,
});
const fire = (body: object = {}, headers: Record<string, string> = {}) =>
  call(
    'POST',
    '/events',
    { type: rest.pipeline.eventType.name, payload: { n: 1 }, ...body },
    { ...bearer(token), ...headers },
  );
const eventOf = async (id: unknown) => (await call('GET', `/events/${id}`)).body;

describe('the credential of a CUSTOM source', () => {
  test('fires as that source without naming it, once for one Idempotency-Key, and the source was heard of', async () => {
    const key = { 'idempotency-key': 'invoice-1' };
    const [first, again] = [await fire({}, key), await fire({}, key)];
    expect([first.status, first.body.duplicate]).toEqual([201, false]);
    expect(again.body).toMatchObject({ id: first.body.id, duplicate: true });
    expect(await fire({ payload: { n: 2 } }, key)).toMatchObject({
      status: 409,
      body: { code: 'idempotency_conflict' },
    });
    expect(await eventOf(first.body.id)).toMatchObject({ source: 'billing' });
    expect(await fire({ source: 'billing' })).toMatchObject({ status: 201 });
    await expect
      .poll(async () => (await call('GET', `/sources/${source.id}`)).body.lastReceivedAt)
      .toEqual(expect.any(String));
    expect((await call('GET', `/sources/${source.id}`)).body).toMatchObject({ eventsLastDay: 2 });
  });

  test('the same Idempotency-Key of another source is another event', async () => {
    const key = { 'idempotency-key': 'shared' };
    const mine = await fire({}, key);
    const type = rest.pipeline.eventType.name;
    const theirs = await call(
      'POST',
      '/events',
      { type, payload: { n: 1 } },
      { ...bearer(rest.pipeline.apiToken), ...key },
    );
    expect(theirs.body).toMatchObject({ duplicate: false });
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('opens nothing else: no other source, no reading, no definitions', async () => {
    await call('POST', '/sources', { name: 'other', kind: 'CUSTOM' });
    for (const name of ['other', 'api']) {
      expect(await fire({ source: name })).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('billing') },
      });
    }
    for (const path of ['/events', '/sources', `/sources/${source.id}`, '/audit']) {
      expect((await call('GET', path, undefined, bearer(token))).status).toBe(403);
    }
    expect((await call('DELETE', `/sources/${source.id}`, undefined, bearer(token))).status).toBe(403);
  });

  test('fires nothing while the source is disabled, and again when it is enabled', async () => {
    await call('POST', `/sources/${source.id}/disable`, {});
    expect(await fire()).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('billing is disabled') },
    });
    await call('POST', `/sources/${source.id}/enable`, {});
    expect((await fire()).status).toBe(201);
  });

  test('can be replaced without a pause: two are taken until one is revoked', async () => {
    const { data: second } = await admin.mutate('apiTokens.create', tokenOf({ name: 'Billing, new' }));
    const listed = await admin.query('apiTokens.list', { source: source.id });
    expect(listed.data.tokens).toMatchObject([
      { name: 'Billing, new', scopes: ['events.fire'], source: { id: source.id, name: 'billing' } },
      { name: 'Billing' },
    ]);
    expect((await fire({}, bearer(second.value))).status).toBe(201);
    expect((await fire()).status).toBe(201);
    await admin.mutate('apiTokens.revoke', { id: tokenId });
    expect((await fire()).status).toBe(401);
    expect((await fire({}, bearer(second.value))).status).toBe(201);
  });

  test('goes with its source, and never becomes one for everything', async () => {
    expect((await call('DELETE', `/sources/${source.id}`)).status).toBe(204);
    expect([401, 404]).toContain((await fire()).status);
    const left = await database.sql.query('SELECT id FROM api_tokens WHERE id = ?', [idToBytes(tokenId)]);
    expect(left).toEqual([]);
  });

  test.each([
    ['a webhook', () => ({ source: rest.pipeline.source.id }), 422],
    ['more than firing', () => ({ scopes: ['events.fire', 'events.read'] }), 422],
    ['a source that is not there', () => ({ source: 'src_00000000000000000000000000' }), 404],
  ])('is not made for %s', async (_, more, status) => {
    expect((await admin.mutate('apiTokens.create', tokenOf(more()))).problem?.status).toBe(status);
  });

  test("is not made for another tenant's source", async () => {
    const { tenant } = await makePipeline(database);
    const stranger = await personAt(web, await makeUser(database, tenant.id, 'owner'), tenant.slug);
    expect((await stranger.mutate('apiTokens.create', tokenOf())).problem?.status).toBe(404);
  });

  test('is made by admins alone', async () => {
    const { tenant } = rest.pipeline;
    const editor = await personAt(web, await makeUser(database, tenant.id, 'editor'), tenant.slug);
    expect((await editor.mutate('apiTokens.create', tokenOf())).problem?.status).toBe(403);
    expect((await editor.query('apiTokens.list', { source: source.id })).problem?.status).toBe(403);
  });
});
