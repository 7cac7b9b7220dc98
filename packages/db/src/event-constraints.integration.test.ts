import { eventStates, isTerminal } from '@nexomatic/contracts/event-state';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { expect, test } from 'vitest';
import type { SqlValue } from './sql.ts';

const { sql } = await testDatabase();

const tenant = idToBytes(newId('tenant'));
const at = new Date(1_700_000_000_000);

function insert(table: string, row: Record<string, SqlValue>): Promise<unknown> {
  const columns = Object.keys(row);
  return sql.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (?)`, [Object.values(row)]);
}

/** A row that breaks no rule, in the given state. */
function event(state: string): Record<string, SqlValue> {
  const id = idToBytes(newId('event'));
  const final = ['SUCCESS', 'WARNING', 'ERROR'].includes(state);
  return {
    tenant_id: tenant,
    id,
    event_type_id: idToBytes(newId('eventType')),
    action_id: idToBytes(newId('action')),
    sink_type_id: idToBytes(newId('sinkType')),
    state,
    root_id: id,
    depth: 0,
    available_at: at,
    expires_at: at,
    finished_at: final ? at : null,
    due_at: final ? null : at,
    lease_until: state === 'RUNNING' ? at : null,
  };
}

function attempt(state: string): Record<string, SqlValue> {
  return {
    tenant_id: tenant,
    event_id: idToBytes(newId('event')),
    number: 1,
    state,
    module: 'hello.greet',
    parameters: Buffer.from('[]'),
    started_at: at,
    finished_at: state === 'RUNNING' ? null : at,
  };
}

test.each(eventStates)('an event in %s is stored when it keeps the rules', async (state) => {
  await insert('events', event(state));
});

test.each(eventStates)('%s with a finish time of the other kind of state is refused', async (state) => {
  const wrong = { ...event(state), finished_at: isTerminal(state) ? null : at };
  await expect(insert('events', wrong)).rejects.toThrow('events_final_has_end');
});

test.each(eventStates)('%s with a deadline of the other kind of state is refused', async (state) => {
  const wrong = { ...event(state), due_at: isTerminal(state) ? at : null };
  await expect(insert('events', wrong)).rejects.toThrow('events_final_has_no_deadline');
});

test.each(eventStates)('%s is refused with a lease, RUNNING without one', async (state) => {
  const wrong = { ...event(state), lease_until: state === 'RUNNING' ? null : at };
  await expect(insert('events', wrong)).rejects.toThrow('events_running_has_lease');
});

test('a sixth state is refused', async () => {
  await expect(insert('events', event('PAUSED'))).rejects.toMatchObject({ errno: 1265 });
});

test('a chain is 32 deep, and the one event that says it was too deep stands at 33', async () => {
  await insert('events', { ...event('ERROR'), depth: 33 });
  await expect(insert('events', { ...event('ERROR'), depth: 34 })).rejects.toThrow('events_depth');
});

test('a state is changed together with what belongs to it, or not at all', async () => {
  const row = event('RUNNING');
  await insert('events', row);
  const change = (assignments: string) => sql.run(`UPDATE events SET ${assignments} WHERE id = ?`, [row.id ?? null]);
  await expect(change("state = 'SUCCESS'")).rejects.toThrow();
  await expect(change("state = 'SUCCESS', finished_at = NOW(3)")).rejects.toThrow();
  await expect(change("state = 'QUEUED'")).rejects.toThrow('events_running_has_lease');
  await change("state = 'SUCCESS', finished_at = NOW(3), due_at = NULL, lease_until = NULL");
});

test('a parent has one follow-on for each edge, and any number of events have no parent', async () => {
  const parent = idToBytes(newId('event'));
  const child = (edge: string) => ({ ...event('QUEUED'), parent_id: parent, edge, depth: 1 });
  await insert('events', child('success'));
  await insert('events', child('failure'));
  await expect(insert('events', child('success'))).rejects.toMatchObject({ errno: 1062 });
  await insert('events', event('QUEUED'));
  await insert('events', event('QUEUED'));
});

test.each(['RUNNING', 'SUCCESS', 'WARNING', 'ERROR', 'LOST', 'HANDED_BACK'])(
  'an attempt is finished unless it is RUNNING (%s)',
  async (state) => {
    await insert('attempts', attempt(state));
    const wrong = { ...attempt(state), finished_at: state === 'RUNNING' ? at : null };
    await expect(insert('attempts', wrong)).rejects.toThrow('attempts_running_has_no_end');
  },
);

test('a source has one receipt for each dedupe key, another source has its own', async () => {
  const receipt = (source: Uint8Array, key: Uint8Array | null): Record<string, SqlValue> => ({
    tenant_id: tenant,
    id: idToBytes(newId('receipt')),
    source_id: source,
    outcome: 'accepted',
    dedupe_key: key,
    body_sha256: Buffer.alloc(32),
    body_bytes: 0,
    content_type: 'application/json',
    remote_address: '',
    headers: Buffer.from('[]'),
    received_at: at,
  });
  const [one, two] = [idToBytes(newId('source')), idToBytes(newId('source'))];
  const key = Buffer.alloc(32, 7);
  await insert('receipts', receipt(one, key));
  await insert('receipts', receipt(two, key));
  await insert('receipts', receipt(one, null));
  await insert('receipts', receipt(one, null));
  await expect(insert('receipts', receipt(one, key))).rejects.toMatchObject({ errno: 1062 });
});
