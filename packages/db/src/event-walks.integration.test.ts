import { eventStates } from '@nexomatic/contracts/event-state';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant } from '@nexomatic/testkit/factories';
import { beforeAll, expect, test } from 'vitest';
import { Event } from './entities/event.ts';
import { eventWalks } from './event-walks.ts';
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

const filters = [
  ['all', {}, 'PRIMARY'],
  ['of one state', { states: ['ERROR'] }, 'events_by_state'],
  ['of two states', { states: ['ERROR', 'SUCCESS'] }, 'events_by_state'],
  ['of a type', { eventTypeId: oldType }, 'events_by_type'],
  ['of a type and a state', { eventTypeId: oldType, states: ['ERROR'] }, 'events_by_type'],
  ['of a type and a state that it was never in', { eventTypeId: oldType, states: ['QUEUED'] }, 'events_by_type'],
] as const;

test.each(filters)('a page of events %s is read along one index, without sorting', async (_name, filter, index) => {
  for (const { where, indexHint } of eventWalks({ states: [], ...filter })) {
    const conditions = ['tenant_id = ?', 'id < ?'];
    const values: SqlValue[] = [idToBytes(tenant.id), idToBytes(newId('event'))];
    if (where.state !== undefined) {
      conditions.push('state = ?');
      values.push(where.state);
    }
    if (where.eventTypeId !== undefined) {
      conditions.push('event_type_id = ?');
      values.push(idToBytes(where.eventTypeId));
    }
    const [plan] = await database.sql.query<{ key: string; Extra: string }>(
      `EXPLAIN SELECT id, state, message FROM events ${indexHint} WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT 51`,
      values,
    );
    expect(plan?.key).toBe(index);
    expect(plan?.Extra).not.toContain('filesort');
  }
});

test.each(filters)('the walks for events %s find what the condition finds', async (_name, filter) => {
  const limit = 20;
  const { states, eventTypeId } = { states: undefined, eventTypeId: undefined, ...filter };
  const em = () => database.tenantEm(tenant.id);
  const found = [];
  for (const { where, indexHint } of eventWalks({ states: states ?? [], eventTypeId })) {
    found.push(...(await em().find(Event, where, { indexHint, orderBy: { id: 'desc' }, limit })));
  }
  const walked = found
    .map((event) => event.id)
    .sort()
    .reverse()
    .slice(0, limit);
  const plain = await em().find(
    Event,
    { ...(states ? { state: { $in: [...states] } } : {}), ...(eventTypeId ? { eventTypeId } : {}) },
    { orderBy: { id: 'desc' }, limit },
  );
  expect(walked).toEqual(plain.map((event) => event.id));
});

test('a state that is asked for twice is walked once', () => {
  expect(eventWalks({ states: ['ERROR', 'ERROR'] })).toHaveLength(1);
  expect(eventWalks({ states: [], eventTypeId: oldType })).toHaveLength(eventStates.length);
});
