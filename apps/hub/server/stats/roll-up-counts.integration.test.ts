import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { sumCounts } from '@nexomatic/db/ledger/event-stats';
import { testDatabase } from '@nexomatic/testkit/database';
import { expect, test } from 'vitest';
import { rollUpCounts } from './roll-up-counts.ts';

const { sql } = await testDatabase();
const dayMs = 86_400_000;

interface Stat {
  slot: Date;
  bucket: number;
  n: number;
}

async function now(): Promise<number> {
  const [row] = await sql.query<{ now: Date }>('SELECT NOW() AS now');
  return row?.now.getTime() ?? 0;
}

/** A full hour so many days back. */
const hourBefore = async (days: number): Promise<number> =>
  Math.floor(((await now()) - days * dayMs) / 3_600_000) * 3_600_000;

async function insert(
  tenantId: Id<'tenant'>,
  eventTypeId: Id<'eventType'>,
  rows: [ms: number, bucket: number, n: number][],
) {
  const key = [Buffer.from(idToBytes(tenantId)), Buffer.from(idToBytes(eventTypeId))];
  await sql.run('INSERT INTO event_stats (tenant_id, event_type_id, slot, measure, bucket, n) VALUES ?', [
    rows.map(([ms, bucket, n]) => [...key, new Date(ms), 'run', bucket, n]),
  ]);
}

const rowsOf = (tenantId: Id<'tenant'>): Promise<Stat[]> =>
  sql.query<Stat>('SELECT slot, bucket, n FROM event_stats WHERE tenant_id = ? ORDER BY slot, bucket', [
    Buffer.from(idToBytes(tenantId)),
  ]);

const minutes = (count: number): number => count * 60_000;

test('slots of an hour that is over for two days become one, bucket by bucket, and nothing is lost', async () => {
  const [tenantId, type] = [newId('tenant'), newId('eventType')];
  const hour = await hourBefore(3);
  await insert(tenantId, type, [
    [hour, 1, 2],
    [hour + minutes(5), 1, 3],
    [hour + minutes(5), 7, 4],
    [hour + minutes(55), 7, 5],
    [hour + minutes(60), 1, 6],
  ]);
  expect(await rollUpCounts({ sql })).toBe(false);
  expect(await rowsOf(tenantId)).toEqual([
    { slot: new Date(hour), bucket: 1, n: 5 },
    { slot: new Date(hour), bucket: 7, n: 9 },
    { slot: new Date(hour + minutes(60)), bucket: 1, n: 6 },
  ]);
});

test('hubs that roll up at the same time count nothing twice', async () => {
  const [tenantId, type] = [newId('tenant'), newId('eventType')];
  const hour = await hourBefore(4);
  await insert(
    tenantId,
    type,
    Array.from({ length: 120 }, (_, i) => [hour + minutes(5) * i, 3, 1]),
  );
  await Promise.all([rollUpCounts({ sql }), rollUpCounts({ sql }), rollUpCounts({ sql })]);
  const rows = await rowsOf(tenantId);
  expect(rows).toHaveLength(10);
  expect(rows.map(({ n }) => n)).toEqual(Array(10).fill(12));
});

test('what is younger stays in slots of five minutes, and what is older than 90 days goes', async () => {
  const [tenantId, type] = [newId('tenant'), newId('eventType')];
  const [young, old, gone] = [await hourBefore(1), await hourBefore(89), await hourBefore(91)];
  await insert(tenantId, type, [
    [young, 1, 1],
    [young + minutes(5), 1, 1],
    [old, 1, 1],
    [gone, 1, 1],
    [gone + minutes(5), 1, 1],
  ]);
  await rollUpCounts({ sql });
  expect((await rowsOf(tenantId)).map(({ slot }) => slot.getTime())).toEqual([old, young, young + minutes(5)]);
});

test('a range is added up by steps, its end left out', async () => {
  const [tenantId, type] = [newId('tenant'), newId('eventType')];
  const hour = await hourBefore(1);
  await insert(tenantId, type, [
    [hour - minutes(5), 1, 100],
    [hour, 1, 1],
    [hour + minutes(25), 1, 2],
    [hour + minutes(30), 2, 4],
    [hour + minutes(60), 1, 100],
  ]);
  const range = { eventTypeId: type, since: new Date(hour), until: new Date(hour + minutes(60)), stepSeconds: 1_800 };
  expect(await sumCounts(sql, tenantId, range)).toEqual([
    { at: hour, measure: 'run', bucket: 1, n: 3 },
    { at: hour + minutes(30), measure: 'run', bucket: 2, n: 4 },
  ]);
  expect(await sumCounts(sql, newId('tenant'), range)).toEqual([]);
});
