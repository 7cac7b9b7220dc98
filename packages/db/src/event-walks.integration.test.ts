import { eventStates } from '@nexomatic/contracts/event-state';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant } from '@nexomatic/testkit/factories';
import { beforeAll, expect, test } from 'vitest';
import { Event } from './entities/event.ts';
import { eventWalks, type IndexedConditions, maxWalks } from './event-walks.ts';
import type { SqlValue } from './sql.ts';

const database = await testDatabase();
const tenant = await makeTenant(database);
const types = [newId('eventType'), newId('eventType'), newId('eventType')] as const;
/** Fired all the time once, and never again: what the server's guess goes wrong on. */
const [oldType] = types;
const perBatch = 1_000;

function row(n: number, batch: number): SqlValue[] {
  const state = n % 50 === 0 ? 'ERROR' : 'SUCCESS';
  const at = new Date(1_700_000_000_000);
  const id = idToBytes(newId('event'));
  const type = idToBytes(batch < 2 ? oldType : (types[1 + (n % 2)] ?? oldType));
  return [idToBytes(tenant.id), id, type, id, id, state, id, 0, at, at, at];
}

beforeAll(async () => {
  for (let batch = 0; batch < 4; batch += 1) {
    await database.sql.run(
      `INSERT INTO events (tenant_id, id, event_type_id, action_id, sink_type_id, state, root_id, depth, available_at,
       expires_at, finished_at) VALUES ?`,
      [Array.from({ length: perBatch }, (_, n) => row(n, batch))],
    );
  }
});

const nothing: IndexedConditions = {
  id: null,
  parentId: null,
  rootId: null,
  eventTypeId: null,
  sourceId: null,
  state: null,
};
const source = newId('source');
const some = newId('event');

const filters: [name: string, asked: Partial<IndexedConditions>, index: string][] = [
  ['all', {}, 'PRIMARY'],
  ['of one state', { state: ['ERROR'] }, 'events_by_state'],
  ['of two states', { state: ['ERROR', 'SUCCESS'] }, 'events_by_state'],
  ['of a type', { eventTypeId: [oldType] }, 'events_by_type'],
  ['of two types', { eventTypeId: [oldType, types[1]] }, 'events_by_type'],
  ['of a type and a state', { eventTypeId: [oldType], state: ['ERROR'] }, 'events_by_type'],
  ['of a type and a state that it was never in', { eventTypeId: [oldType], state: ['QUEUED'] }, 'events_by_type'],
  ['of a source', { sourceId: [source] }, 'events_by_source'],
  ['of a chain', { rootId: [some] }, 'events_by_root'],
];

test.each(filters)('a page of events %s is read along one index, without sorting', async (_name, asked, index) => {
  for (const { where, indexHint } of eventWalks({ ...nothing, ...asked }).walks) {
    const names = { state: 'state', eventTypeId: 'event_type_id', sourceId: 'source_id', rootId: 'root_id' };
    const conditions = ['tenant_id = ?', 'id < ?'];
    const values: SqlValue[] = [idToBytes(tenant.id), idToBytes(newId('event'))];
    for (const [column, value] of Object.entries(where)) {
      conditions.push(`${names[column as keyof typeof names]} = ?`);
      values.push(column === 'state' ? value : idToBytes(value));
    }
    const [plan] = await database.sql.query<{ key: string; Extra: string }>(
      `EXPLAIN SELECT id, state, message FROM events ${indexHint} WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT 51`,
      values,
    );
    expect(plan?.key).toBe(index);
    expect(plan?.Extra).not.toContain('filesort');
  }
});

test.each(filters)('the walks for events %s find what the condition finds', async (_name, asked) => {
  const limit = 20;
  const em = () => database.tenantEm(tenant.id);
  const found = [];
  for (const { where, indexHint } of eventWalks({ ...nothing, ...asked }).walks) {
    found.push(...(await em().find(Event, where, { indexHint, orderBy: { id: 'desc' }, limit })));
  }
  const walked = found
    .map((event) => event.id)
    .sort()
    .reverse()
    .slice(0, limit);
  const where = Object.fromEntries(Object.entries(asked).map(([column, values]) => [column, { $in: values ?? [] }]));
  const plain = await em().find(Event, where, { orderBy: { id: 'desc' }, limit });
  expect(walked).toEqual(plain.map((event) => event.id));
});

test('a type is walked state by state, so that it can be told which states it was in', () => {
  expect(eventWalks({ ...nothing, eventTypeId: [oldType] })).toMatchObject({
    walks: eventStates.map((state) => ({ where: { eventTypeId: oldType, state } })),
    answered: ['eventTypeId', 'state'],
  });
});

test('where values would make too many walks, the next best index is taken and the values are left to be looked at', () => {
  const many = Array.from({ length: maxWalks + 1 }, () => newId('eventType'));
  expect(eventWalks({ ...nothing, eventTypeId: many, state: ['ERROR'] })).toMatchObject({
    walks: [{ where: { state: 'ERROR' } }],
    answered: ['state'],
  });
  const sources = Array.from({ length: maxWalks + 1 }, () => newId('source'));
  expect(eventWalks({ ...nothing, eventTypeId: many, sourceId: sources })).toMatchObject({
    walks: [{ where: {}, indexHint: 'force index (primary)' }],
    answered: [],
  });
});

test('named events come before everything else that is asked', () => {
  const { walks, answered } = eventWalks({ ...nothing, id: [some], state: ['ERROR'], eventTypeId: [oldType] });
  expect({ walks, answered }).toEqual({
    walks: [{ where: { id: some }, indexHint: 'force index (primary)' }],
    answered: ['id'],
  });
});
