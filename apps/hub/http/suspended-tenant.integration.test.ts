import { User } from '@nexomatic/db/entities/user';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
import { type Person, personAt } from './testing/person.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let admin: Person;
let owner: Person;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  const user = await makeUser(database);
  await database.systemEm().nativeUpdate(User, { id: user.id }, { instanceAdmin: true });
  admin = await personAt(web, user);
  owner = await personAt(web, await makeUser(database, pipeline.tenant.id, 'owner'), pipeline.tenant.slug);
});

const suspend = () => admin.mutate('tenants.suspend', { id: pipeline.tenant.id });
const resume = () => admin.mutate('tenants.resume', { id: pipeline.tenant.id });
const refusal = {
  status: 403,
  code: 'tenant_suspended',
  detail: 'Tenant is suspended: an administrator of this hub has stopped it. Its data stays; ask them to resume it.',
};

/** Everything that anybody can ask for the tenant, each once before, so that every cache knows the answer. */
const doors = {
  person: async () => (await owner.query('events.list', {})).problem ?? null,
  program: async () => {
    const response = await web.get('/api/v1/events', { headers: bearer(pipeline.apiToken) });
    return response.ok ? null : await response.json();
  },
  sink: async () => {
    const response = await web.post('/trpc/sink.renew', { attempts: [] }, { headers: bearer(pipeline.sinkToken) });
    const { error } = (await response.json()) as { error?: { data: { problem: object } } };
    return error?.data.problem ?? null;
  },
};

describe.each(Object.entries(doors))('a %s of a suspended tenant', (_, ask) => {
  test('is refused at once with a sentence, and let in again once it is resumed', async () => {
    expect(await ask()).toBeNull();
    expect(await suspend()).toEqual({ data: undefined });
    expect(await ask()).toMatchObject(refusal);
    await resume();
    expect(await ask()).toBeNull();
  });
});

describe('a webhook of a suspended tenant', () => {
  const post = async (key: string) => {
    const response = await web.post(`/h/${key}`, { a: 1 });
    return { status: response.status, body: await response.json() };
  };

  test('is answered like one that there never was, and taken again once it is resumed', async () => {
    expect((await post(pipeline.webhookKey)).status).toBe(202);
    await suspend();
    const stopped = await post(pipeline.webhookKey);
    const unknown = await post('a'.repeat(32));
    expect(stopped).toMatchObject({ status: 404, body: { code: 'source_not_found' } });
    expect(Object.keys(stopped.body)).toEqual(Object.keys(unknown.body));
    expect(stopped.body.detail).toBe(unknown.body.detail);
    await resume();
    expect((await post(pipeline.webhookKey)).status).toBe(202);
  });
});

test('nothing of a suspended tenant is lost', async () => {
  const fire = await web.post(
    '/api/v1/events',
    { type: pipeline.eventType.name },
    { headers: bearer(pipeline.apiToken) },
  );
  const { id } = (await fire.json()) as { id: string };
  await suspend();
  await resume();
  expect((await owner.query('events.get', { id })).data).toMatchObject({ id, state: 'QUEUED' });
});

test('people of a suspended tenant still reach their other tenants, and who is asked for nothing learns nothing', async () => {
  const other = await makePipeline(database);
  const user = await makeUser(database, other.tenant.id, 'viewer');
  const stranger = await personAt(web, user, pipeline.tenant.slug);
  await suspend();
  expect((await stranger.query('events.list', {})).problem).toMatchObject({ code: 'not_found' });
  expect((await (await personAt(web, user, other.tenant.slug)).query('events.list', {})).data.events).toEqual([]);
});

test('suspending and resuming stand in the log of the hub and in that of the tenant, once each', async () => {
  for (const change of [suspend, suspend, resume, resume]) await change();
  const { entries } = (await admin.query('instance.audit', { objectId: pipeline.tenant.id })).data;
  const own = (await owner.query('audit.list', { objectKind: 'tenant' })).data.entries;
  for (const log of [entries, own])
    expect(log.map(({ action }: { action: string }) => action)).toEqual(['tenant.resumed', 'tenant.suspended']);
});
