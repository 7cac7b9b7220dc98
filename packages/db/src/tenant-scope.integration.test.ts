import type { EntityName } from '@mikro-orm/core';
import { newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeParameter, makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { beforeAll, expect, test } from 'vitest';
import { Action } from './entities/action.ts';
import { ApiToken } from './entities/api-token.ts';
import { EventType } from './entities/event-type.ts';
import { Membership } from './entities/membership.ts';
import { Parameter } from './entities/parameter.ts';
import { Session } from './entities/session.ts';
import { Sink } from './entities/sink.ts';
import { SinkType } from './entities/sink-type.ts';
import { Source } from './entities/source.ts';
import { Tenant } from './entities/tenant.ts';
import { User } from './entities/user.ts';
import { entities, ownerProperty } from './entities.ts';

const database = await testDatabase();

type Pipeline = Awaited<ReturnType<typeof makePipeline>>;
let ours: Pipeline;
let theirs: Pipeline;

beforeAll(async () => {
  ours = await makePipeline(database);
  theirs = await makePipeline(database);
  for (const { tenant, eventType } of [ours, theirs]) {
    await makeUser(database, tenant.id);
    await makeParameter(database, eventType, { key: 'greeting', kind: 'STATIC', value: '"Hello"' });
  }
});

/** Any of our entities, where only the tenant of its rows matters. */
type AnyEntity = EntityName<Record<string, unknown>>;
const named = (list: readonly (typeof entities)[number][]) =>
  list.map((entity) => [entity.meta.className, entity as unknown as AnyEntity] as const);

const tenantOwned = entities.filter((entity) => ownerProperty(entity.meta.className) !== null);
const filled = [Tenant, Membership, ApiToken, SinkType, Sink, Action, EventType, Parameter, Source];

test('only users with how they sign in, and what concerns the whole instance, belong to no tenant', () => {
  const instanceWide = entities
    .filter((entity) => !tenantOwned.includes(entity))
    .map((entity) => entity.meta.className);
  expect(instanceWide.sort()).toEqual([
    'InstanceAuditEntry',
    'InstanceSetting',
    'LoginLink',
    'Session',
    'User',
    'UserIdentity',
  ]);
});

test('every table of a tenant has the tenant at the head of its primary key', () => {
  for (const { meta } of tenantOwned) {
    if (meta.className !== 'Tenant') expect(meta.primaryKeys?.[0], meta.className).toBe('tenantId');
  }
});

test.each(named(tenantOwned))('%s can not be read, counted or deleted without a tenant', async (name, entity) => {
  const message = `${name} belongs to a tenant and no tenant is set: use tenantEm(tenantId) of the database`;
  await expect(database.orm.em.fork().find(entity, {})).rejects.toThrow(message);
  await expect(
    database.orm.em.fork().findOne(entity, { [ownerProperty(name) ?? '']: newId('tenant') }),
  ).rejects.toThrow(message);
  await expect(database.orm.em.fork().count(entity, {})).rejects.toThrow(message);
  await expect(database.orm.em.fork().nativeDelete(entity, {})).rejects.toThrow(message);
});

test.each(named(filled))('rows of another tenant in %s are neither found nor counted', async (name, entity) => {
  const owner = ownerProperty(name) ?? '';
  const em = database.tenantEm(ours.tenant.id);
  const found = await em.find(entity, {});
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map((row) => row[owner]))).toEqual(new Set([ours.tenant.id]));
  expect(await em.count(entity, {})).toBe(found.length);
  expect(await em.count(entity, { [owner]: theirs.tenant.id })).toBe(0);
  expect(await em.find(entity, { [owner]: theirs.tenant.id })).toEqual([]);
});

test('the full key of another tenant finds nothing', async () => {
  const em = database.tenantEm(ours.tenant.id);
  expect(await em.findOne(Sink, { tenantId: theirs.tenant.id, id: theirs.sink.id })).toBeNull();
  expect(await em.findOne(Sink, [theirs.tenant.id, theirs.sink.id])).toBeNull();
  expect(await em.findOne(Sink, { id: theirs.sink.id })).toBeNull();
});

test('an alternative in the condition does not open the filter', async () => {
  const em = database.tenantEm(ours.tenant.id);
  const found = await em.find(Sink, { $or: [{ tenantId: theirs.tenant.id }, { id: ours.sink.id }] });
  expect(found.map((sink) => sink.id)).toEqual([ours.sink.id]);
});

test.each([
  ['false', false as const],
  ['tenant: false', { tenant: false }],
  ['another tenant', () => ({ tenant: { tenantId: theirs.tenant.id } })],
])('a query can not switch the filter off or aim it elsewhere (filters: %s)', async (_name, given) => {
  const filters = typeof given === 'function' ? given() : given;
  const found = await database.tenantEm(ours.tenant.id).find(Sink, {}, { filters });
  expect(found.map((sink) => sink.tenantId)).toEqual([ours.tenant.id]);
});

test('the tenant holds in a transaction and in a fork', async () => {
  const em = database.tenantEm(ours.tenant.id);
  expect(await em.transactional((inner) => inner.count(Sink, {}))).toBe(1);
  expect(await em.fork().count(Sink, {})).toBe(1);
});

test('an entity manager keeps the tenant that it was made for', () => {
  const em = database.tenantEm(ours.tenant.id);
  expect(() => em.setFilterParams('tenant', { tenantId: theirs.tenant.id })).toThrow('is set once');
});

test('the system entity manager sees every tenant', async () => {
  const found = await database.systemEm().find(Sink, { id: { $in: [ours.sink.id, theirs.sink.id] } });
  expect(new Set(found.map((sink) => sink.tenantId))).toEqual(new Set([ours.tenant.id, theirs.tenant.id]));
});

test('what belongs to the instance is read without a tenant', async () => {
  const em = database.orm.em.fork();
  expect(await em.count(User, {})).toBe(2);
  expect(await em.count(Session, {})).toBe(0);
});
