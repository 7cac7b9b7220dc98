import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser, sha256 } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { Action } from './action.ts';
import { LoginLink } from './login-link.ts';
import { Sink } from './sink.ts';

const database = await testDatabase();
const at = (ms: number) => new Date(1_700_000_000_000 + ms);

test('a row whose key is a hash is found, changed once and removed', async () => {
  const user = await makeUser(database);
  const links = ['one', 'two', 'three'].map(sha256);
  const em = database.systemEm();
  for (const tokenHash of links) em.persist(em.create(LoginLink, { tokenHash, userId: user.id, expiresAt: at(0) }));
  await em.flush();

  const other = database.systemEm();
  const found = await other.findOneOrFail(LoginLink, { tokenHash: sha256('two') });
  expect(found).toMatchObject({ userId: user.id, usedAt: null });
  found.usedAt = at(1);
  await other.flush();
  expect(await database.systemEm().count(LoginLink, { usedAt: { $ne: null } })).toBe(1);

  await other.remove(found).flush();
  const left = await database.systemEm().find(LoginLink, {});
  expect(new Set(left.map((link) => Buffer.from(link.tokenHash).toString('hex')))).toEqual(
    new Set([sha256('one'), sha256('three')].map((hash) => hash.toString('hex'))),
  );
});

test('an instant comes back to the millisecond, and one that is left out is the time of the insert', async () => {
  const { tenant, sink } = await makePipeline(database);
  const em = database.tenantEm(tenant.id);
  const loaded = await em.findOneOrFail(Sink, { id: sink.id });
  loaded.lastSeenAt = at(123);
  await em.flush();
  expect((await database.tenantEm(tenant.id).findOneOrFail(Sink, { id: sink.id })).lastSeenAt).toEqual(at(123));
  const [row] = await database.sql.query<{ age: number }>(
    'SELECT TIMESTAMPDIFF(SECOND, created_at, NOW(3)) AS age FROM sinks WHERE last_seen_at = ?',
    [at(123)],
  );
  expect(row?.age).toBeGreaterThanOrEqual(0);
  expect(row?.age).toBeLessThan(60);
});

test('of two who changed the same action, the second is told', async () => {
  const { tenant, action } = await makePipeline(database);
  const [first, second] = [database.tenantEm(tenant.id), database.tenantEm(tenant.id)];
  const [ours, theirs] = [
    await first.findOneOrFail(Action, { id: action.id }),
    await second.findOneOrFail(Action, { id: action.id }),
  ];
  ours.module = 'first.change';
  await first.flush();
  expect(ours.version).toBe(2);
  theirs.module = 'second.change';
  await expect(second.flush()).rejects.toThrow('optimistic lock');
});
