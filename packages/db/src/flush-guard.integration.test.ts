import { newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { beforeAll, expect, test } from 'vitest';
import { Action } from './entities/action.ts';
import { Tenant } from './entities/tenant.ts';
import { User } from './entities/user.ts';
import { ForeignTenantError } from './flush-guard.ts';

const database = await testDatabase();

type Pipeline = Awaited<ReturnType<typeof makePipeline>>;
let ours: Pipeline;
let theirs: Pipeline;

beforeAll(async () => {
  ours = await makePipeline(database);
  theirs = await makePipeline(database);
});

/** Their action as the table has it, whoever asks. */
const theirAction = () => database.systemEm().findOneOrFail(Action, { id: theirs.action.id });

test("an insert into another tenant's table is refused and nothing of the flush is written", async () => {
  const em = database.tenantEm(ours.tenant.id);
  const own = em.create(Action, { tenantId: ours.tenant.id, id: newId('action'), name: 'own', module: 'a' });
  const foreign = em.create(Action, { tenantId: theirs.tenant.id, id: newId('action'), name: 'foreign', module: 'a' });
  em.persist([own, foreign]);
  await expect(em.flush()).rejects.toThrow(
    `create Action: the row is of ${theirs.tenant.id}, this entity manager of ${ours.tenant.id}`,
  );
  expect(await database.systemEm().count(Action, { id: { $in: [own.id, foreign.id] } })).toBe(0);
});

test("an update of another tenant's row is refused", async () => {
  const em = database.tenantEm(ours.tenant.id);
  const foreign = em.merge(Action, await theirAction());
  foreign.module = 'stolen';
  await expect(em.flush()).rejects.toThrow(ForeignTenantError);
  expect((await theirAction()).module).toBe(theirs.action.module);
});

test("a removal of another tenant's row is refused", async () => {
  const em = database.tenantEm(ours.tenant.id);
  em.remove(em.getReference(Action, [theirs.tenant.id, theirs.action.id]));
  await expect(em.flush()).rejects.toThrow(ForeignTenantError);
  expect((await theirAction()).id).toBe(theirs.action.id);
});

test('a row is not moved to another tenant', async () => {
  const em = database.tenantEm(ours.tenant.id);
  const own = await em.findOneOrFail(Action, { id: ours.action.id });
  own.tenantId = theirs.tenant.id;
  await expect(em.flush()).rejects.toThrow('the tenant of a row is never changed');
  expect(await database.tenantEm(theirs.tenant.id).count(Action, { id: ours.action.id })).toBe(0);
});

test('a foreign row is not taken over by naming our tenant on it', async () => {
  const em = database.tenantEm(ours.tenant.id);
  const foreign = em.merge(Action, await theirAction());
  foreign.tenantId = ours.tenant.id;
  await expect(em.flush()).rejects.toThrow(ForeignTenantError);
  expect((await theirAction()).tenantId).toBe(theirs.tenant.id);
});

test('a row whose tenant was changed in memory can not be removed', async () => {
  const em = database.tenantEm(ours.tenant.id);
  const own = await em.findOneOrFail(Action, { id: ours.action.id });
  own.tenantId = theirs.tenant.id;
  em.remove(own);
  await expect(em.flush()).rejects.toThrow(ForeignTenantError);
});

test('the guard holds inside a transaction', async () => {
  const write = database.tenantEm(ours.tenant.id).transactional(async (em) => {
    em.persist(em.create(Action, { tenantId: theirs.tenant.id, id: newId('action'), name: 'in-tx', module: 'a' }));
  });
  await expect(write).rejects.toThrow(ForeignTenantError);
  expect(await database.systemEm().count(Action, { name: 'in-tx' })).toBe(0);
});

test('a tenant itself is written by its own entity manager or the system one', async () => {
  const em = database.tenantEm(ours.tenant.id);
  const foreign = em.merge(Tenant, await database.systemEm().findOneOrFail(Tenant, { id: theirs.tenant.id }));
  foreign.name = 'Stolen';
  await expect(em.flush()).rejects.toThrow(ForeignTenantError);

  const own = database.tenantEm(ours.tenant.id);
  (await own.findOneOrFail(Tenant, { id: ours.tenant.id })).name = 'Renamed';
  await own.flush();
  expect((await database.systemEm().findOneOrFail(Tenant, { id: ours.tenant.id })).name).toBe('Renamed');
});

test('an entity manager without a tenant writes nothing that belongs to one', async () => {
  const em = database.orm.em.fork();
  em.persist(em.create(Action, { tenantId: ours.tenant.id, id: newId('action'), name: 'nobody', module: 'a' }));
  await expect(em.flush()).rejects.toThrow('create Action: no tenant is set on this entity manager');
});

test('even the system entity manager does not move a row', async () => {
  const em = database.systemEm();
  const action = await em.findOneOrFail(Action, { id: ours.action.id });
  action.tenantId = theirs.tenant.id;
  await expect(em.flush()).rejects.toThrow('the tenant of a row is never changed');
});

test('own rows and rows of the instance are inserted, updated and removed', async () => {
  const em = database.tenantEm(ours.tenant.id);
  const action = em.create(Action, { tenantId: ours.tenant.id, id: newId('action'), name: 'passing', module: 'a' });
  const user = em.create(User, { id: newId('user'), email: 'passing@example.test', name: 'Passing' });
  await em.persist([action, user]).flush();
  action.module = 'b';
  await em.flush();
  expect((await database.tenantEm(ours.tenant.id).findOneOrFail(Action, { id: action.id })).module).toBe('b');
  await em.remove(action).flush();
  expect(await database.systemEm().count(Action, { id: action.id })).toBe(0);
});
