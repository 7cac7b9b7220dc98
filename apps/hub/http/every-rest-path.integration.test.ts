import type { Permission } from '@nexomatic/contracts/permission';
import { may, roles } from '@nexomatic/contracts/permission';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { openApiDocument } from './openapi.ts';
import { restRoutes } from './rest-routes.ts';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';
import { everyCase } from './testing/procedure-cases/every-case.ts';
import { makeWorld, type World } from './testing/procedure-cases/procedure-case.ts';
import { rowsOfTenant } from './testing/rows-of-tenant.ts';
import { expectUntold } from './testing/secret-canary.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

interface Door {
  method: string;
  path: string;
  permission: Permission;
  stranger: 'not_found' | 'own';
  input(world: World): unknown;
}

const facts = appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { permission?: Permission } } }>;
const ofProcedures = restRoutes().map(({ name, method, path }): Door => {
  const { permission } = facts[name]?._def.meta ?? {};
  const swept = everyCase[name];
  if (!permission || !swept) throw new Error(`${name} has an address and no right, or no case in the sweep`);
  return { method, path, permission, ...swept };
});

/** What is read as a file has no procedure behind it. */
const event = ({ event: { id } }: World) => ({ id });
const reads = { method: 'GET', permission: 'events.read' } as const;
const ofFiles: Door[] = [
  { ...reads, path: '/events/{id}/payload', stranger: 'not_found', input: event },
  { ...reads, path: '/events/{id}/result', stranger: 'not_found', input: event },
  { ...reads, path: '/events/export', stranger: 'own', input: () => ({}) },
  { ...reads, permission: 'audit.read', path: '/audit/export', stranger: 'own', input: () => ({}) },
];
const doors = [...ofProcedures, ...ofFiles];

/** The status of the answer to what the tenant's own people would send, to the tenant that the address names. */
async function statusOf(
  { method, path, input }: Door,
  world: World,
  headers: Record<string, string>,
  tenant = '',
): Promise<number> {
  const fields = { ...(input(world) as Record<string, unknown> | undefined) };
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(fields[name]);
    delete fields[name];
    return encodeURIComponent(value);
  });
  const reading = method === 'GET' || method === 'DELETE';
  const given = reading ? Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]) : [];
  const query = new URLSearchParams([...given, ...(tenant ? [['tenant', tenant]] : [])]);
  const url = `/api/v1${address}?${query}`;
  const body = reading ? {} : { body: JSON.stringify(fields) };
  const response = await web.get(url, {
    method,
    headers: { ...headers, ...(reading ? {} : { 'content-type': 'application/json' }) },
    ...body,
  });
  expectUntold(await response.text(), `${method} ${path}`);
  return response.status;
}

const own = await makeWorld(database, web);
const other = await makeWorld(database, web);
const asPage = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });

test('every path of the OpenAPI document is in the sweep, and nothing else', async () => {
  const { paths = {} } = await openApiDocument(web.services.env.publicUrl);
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(doors.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(told.sort());
});

test.each(doors)('$method $path answers 401 to a caller without a credential', async (door) => {
  expect(await statusOf(door, own, {})).toBe(401);
});

test.each(doors)('$method $path answers 403 to a sink', async (door) => {
  expect(await statusOf(door, own, bearer(own.sinkToken))).toBe(403);
});

describe('a stranger', async () => {
  const cookie = await signInAs(web, await makeUser(database, other.tenant.id, 'owner'));
  const rows = () => rowsOfTenant(web.services.sql, own.tenant.id);
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await rows();
  });

  test.each(doors)('finds no such tenant by $method $path', async (door) => {
    expect(await statusOf(door, own, asPage(cookie), own.tenant.slug)).toBe(404);
  });

  test.each(doors.filter(({ stranger }) => stranger === 'not_found'))(
    'who names an object of another tenant finds none by $method $path, by hand or by token',
    async (door) => {
      expect(await statusOf(door, own, asPage(cookie), other.tenant.slug)).toBe(404);
      const program = may('apiToken', door.permission) ? 404 : 403;
      expect(await statusOf(door, own, bearer(other.apiToken))).toBe(program);
    },
  );

  test('has changed no row of the tenant by all of that', async () => {
    expect(await rows()).toEqual(before);
  });
});

describe.each(roles)('a member who is %s', async (role) => {
  const world = await makeWorld(database, web);
  const cookie = await signInAs(web, await makeUser(database, world.tenant.id, role));

  test.each(doors)('is let in by $method $path only with the right that it asks for', async (door) => {
    const status = await statusOf(door, world, asPage(cookie), world.tenant.slug);
    if (may(role, door.permission)) expect([401, 403, 500]).not.toContain(status);
    else expect(status).toBe(403);
  });
});
