import { newId } from '@nexomatic/contracts/id';
import type { SavedView } from '@nexomatic/contracts/view-api';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const { tenant, apiToken } = await makePipeline(database);

async function person(role: 'operator' | 'viewer', tenantId = tenant.id) {
  const cookie = await signInAs(web, await makeUser(database, tenantId, role));
  return { cookie, 'sec-fetch-site': 'same-origin' };
}
const ada = await person('operator');
const bob = await person('viewer');

async function call(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  const response = await web.get(`/api/v1/views${path}?tenant=${tenant.slug}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, answer: (text ? JSON.parse(text) : null) as SavedView & { views: SavedView[] } };
}
const namesOf = async (headers: Record<string, string>) =>
  (await call('GET', '', headers)).answer.views.map(({ name }) => name);

const view = { name: 'Errors', query: 'state:error', columns: ['state', 'type'] };

describe('a saved view', () => {
  test('of one’s own is seen, changed and deleted by its owner alone', async () => {
    const { status, answer } = await call('POST', '', ada, view);
    expect({ status, answer }).toMatchObject({ status: 201, answer: { ...view, shared: false, version: 1 } });
    expect(await namesOf(ada)).toEqual(['Errors']);
    expect(await namesOf(bob)).toEqual([]);
    expect((await call('DELETE', `/${answer.id}`, bob)).status).toBe(404);
    expect((await call('PUT', `/${answer.id}`, bob, { ...view, version: 1 })).status).toBe(404);
    const changed = await call('PUT', `/${answer.id}`, ada, { ...view, name: 'All errors', version: 1 });
    expect(changed).toMatchObject({ status: 200, answer: { name: 'All errors', version: 2 } });
    expect((await call('DELETE', `/${answer.id}`, ada)).status).toBe(204);
    expect(await namesOf(ada)).toEqual([]);
  });

  test('for everybody is seen by all, and made, changed and deleted by those who may manage events', async () => {
    expect(await call('POST', '', bob, { ...view, shared: true })).toMatchObject({ status: 403 });
    const { answer } = await call('POST', '', ada, { ...view, name: 'Team', shared: true });
    expect(await namesOf(bob)).toEqual(['Team']);
    expect(await call('PUT', `/${answer.id}`, bob, { ...view, version: 1 })).toMatchObject({ status: 403 });
    expect(await call('DELETE', `/${answer.id}`, bob)).toMatchObject({ status: 403 });
    expect((await call('DELETE', `/${answer.id}`, ada)).status).toBe(204);
  });

  test('of a program is for everybody, because a program has none of its own', async () => {
    const refused = await call('POST', '', bearer(apiToken), view);
    expect(refused).toMatchObject({ status: 422, answer: { errors: [{ path: 'shared' }] } });
    const { status, answer } = await call('POST', '', bearer(apiToken), { ...view, name: 'By program', shared: true });
    expect(status).toBe(201);
    expect(await namesOf(bearer(apiToken))).toEqual(['By program']);
    await call('DELETE', `/${answer.id}`, bearer(apiToken));
  });

  test('is not saved over what somebody saved meanwhile', async () => {
    const { answer } = await call('POST', '', ada, view);
    await call('PUT', `/${answer.id}`, ada, { ...view, query: 'state:queued', version: 1 });
    const late = await call('PUT', `/${answer.id}`, ada, { ...view, version: 1 });
    expect(late).toMatchObject({ status: 409, answer: { code: 'conflict', currentVersion: 2 } });
    await call('DELETE', `/${answer.id}`, ada);
  });

  test('is refused without a name, or with a query that can not be read', async () => {
    expect(await call('POST', '', ada, { ...view, name: ' ' })).toMatchObject({ status: 400 });
    expect(await call('POST', '', ada, { ...view, query: 'colour:red' })).toMatchObject({
      status: 400,
      answer: { errors: [{ path: 'query' }] },
    });
    expect((await call('PUT', `/${newId('savedView')}`, ada, { ...view, version: 1 })).status).toBe(404);
  });
});
