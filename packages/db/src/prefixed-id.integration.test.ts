import { newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeAction, makePipeline, makeTenant } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { Action } from './entities/action.ts';
import { Sink } from './entities/sink.ts';
import { Tenant } from './entities/tenant.ts';

const database = await testDatabase();

/** Counts the transactions that entity managers begin: a flush with nothing to write begins none. */
function countTransactions(): { count: number } {
  const counter = { count: 0 };
  database.orm.em.getEventManager().registerSubscriber({
    beforeTransactionStart() {
      counter.count += 1;
    },
  });
  return counter;
}

test('an entity that was loaded and not changed is not written again', async () => {
  const { tenant, sink } = await makePipeline(database);
  const em = database.tenantEm(tenant.id);
  const loaded = await em.findOneOrFail(Sink, { id: sink.id });
  const transactions = countTransactions();
  await em.flush();
  expect(transactions.count).toBe(0);
  loaded.hostname = 'changed';
  await em.flush();
  expect(transactions.count).toBe(1);
  await em.flush();
  expect(transactions.count).toBe(1);
});

test('an entity that was just inserted is not written again', async () => {
  const em = database.systemEm();
  await em.persist(em.create(Tenant, { id: newId('tenant'), slug: 'written-once', name: 'Once' })).flush();
  const transactions = countTransactions();
  await em.flush();
  expect(transactions.count).toBe(0);
});

test('ids come back from the table as the texts they went in as', async () => {
  const { tenant, sink, sinkType } = await makePipeline(database);
  const loaded = await database.tenantEm(tenant.id).findOneOrFail(Sink, { id: sink.id });
  expect(loaded).toMatchObject({ tenantId: tenant.id, id: sink.id, sinkTypeId: sinkType.id });
});

test('the table sorts ids as the texts sort', async () => {
  const tenant = await makeTenant(database);
  for (let i = 0; i < 20; i += 1) await makeAction(database, tenant.id);
  const found = await database.tenantEm(tenant.id).find(Action, {}, { orderBy: { id: 'desc' } });
  const ids = found.map((action) => action.id);
  expect(ids).toHaveLength(20);
  expect(ids).toEqual([...ids].sort().reverse());
});

test('a list of ids finds those rows, and a bound on the id pages through them', async () => {
  const tenant = await makeTenant(database);
  const actions = [];
  for (let i = 0; i < 5; i += 1) actions.push(await makeAction(database, tenant.id));
  const ids = actions.map((action) => action.id).sort();
  const em = database.tenantEm(tenant.id);
  const some = await em.find(Action, { id: { $in: ids.slice(1, 3) } }, { orderBy: { id: 'asc' } });
  expect(some.map((action) => action.id)).toEqual(ids.slice(1, 3));
  const after = await em.find(Action, { id: { $gt: ids[2] } }, { orderBy: { id: 'asc' }, limit: 1 });
  expect(after.map((action) => action.id)).toEqual(ids.slice(3, 4));
});

test('one row is one object however often it is found, and many rows are as many objects', async () => {
  const tenant = await makeTenant(database);
  for (let i = 0; i < 50; i += 1) await makeAction(database, tenant.id);
  const em = database.tenantEm(tenant.id);
  const first = await em.find(Action, {}, { orderBy: { id: 'asc' } });
  expect(new Set(first.map((action) => action.id)).size).toBe(50);
  const again = await em.find(Action, {}, { orderBy: { id: 'asc' } });
  expect(again.every((action, i) => action === first[i])).toBe(true);
});

test('several changed rows of one flush each get their own values', async () => {
  const tenant = await makeTenant(database);
  for (let i = 0; i < 10; i += 1) await makeAction(database, tenant.id);
  const em = database.tenantEm(tenant.id);
  const actions = await em.find(Action, {});
  for (const action of actions) action.module = `module.of_${action.id}`;
  await em.flush();
  const written = await database.tenantEm(tenant.id).find(Action, {});
  expect(written.every((action) => action.module === `module.of_${action.id}` && action.version === 2)).toBe(true);
});
