import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { beforeAll, expect, test } from 'vitest';
import { Action } from './entities/action.ts';
import { Parameter } from './entities/parameter.ts';
import { Sink } from './entities/sink.ts';

const database = await testDatabase();

type Pipeline = Awaited<ReturnType<typeof makePipeline>>;
let ours: Pipeline;
let theirs: Pipeline;

beforeAll(async () => {
  ours = await makePipeline(database);
  theirs = await makePipeline(database);
});

test("a native update changes own rows alone, even where the condition names another tenant's", async () => {
  const em = database.tenantEm(ours.tenant.id);
  const both = { id: { $in: [ours.sink.id, theirs.sink.id] } };
  expect(await em.nativeUpdate(Sink, both, { hostname: 'touched' })).toBe(1);
  const hosts = await database.systemEm().find(Sink, both);
  expect(new Map(hosts.map((sink) => [sink.tenantId, sink.hostname]))).toEqual(
    new Map([
      [ours.tenant.id, 'touched'],
      [theirs.tenant.id, null],
    ]),
  );
});

test('a native update as compare-and-set changes a row once', async () => {
  const em = database.tenantEm(ours.tenant.id);
  const pause = () => em.nativeUpdate(Sink, { id: ours.sink.id, status: 'OFFLINE' }, { status: 'PAUSED' });
  expect(await pause()).toBe(1);
  expect(await pause()).toBe(0);
});

test('a native delete takes own rows alone', async () => {
  const em = database.tenantEm(ours.tenant.id);
  expect(await em.nativeDelete(Parameter, {})).toBe(0);
  expect(await em.nativeDelete(Action, { id: theirs.action.id })).toBe(0);
  expect(await database.systemEm().count(Action, { id: theirs.action.id })).toBe(1);
});

test('a native update never names the tenant', () => {
  const em = database.tenantEm(ours.tenant.id);
  expect(() => em.nativeUpdate(Sink, {}, { tenantId: theirs.tenant.id })).toThrow(
    'tenantId says who a row belongs to and is never changed',
  );
});

test.each(['insert', 'insertMany', 'upsert', 'upsertMany', 'clone', 'createQueryBuilder', 'qb', 'getKysely'] as const)(
  '%s, which no filter or guard sees, is refused',
  (method) => {
    for (const em of [database.tenantEm(ours.tenant.id), database.systemEm(), database.orm.em.fork()]) {
      const call = em[method].bind(em) as () => unknown;
      expect(call).toThrow(`${method} goes round the tenant filter and the flush guard`);
    }
  },
);
