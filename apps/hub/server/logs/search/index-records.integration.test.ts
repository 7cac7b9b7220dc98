import { idToBytes } from '@nexomatic/contracts/id';
import type { Assignment, LogChannel, LogChunk } from '@nexomatic/contracts/sink-protocol';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, it } from 'vitest';
import { readStorage } from '../../archive/storage.ts';
import { updateLogIndex } from '../../archive/update-log-index.ts';
import { systemActor } from '../../auth/actor.ts';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { readLog } from '../read-log.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const other = await openTestHub(urls);
afterAll(() => Promise.all([hub.close(), other.close()]));

const { services, tenantId, sink } = hub;
const type = await hub.addEventType('next');
const at = Date.parse('2026-11-20T10:00:00.000Z');

const running = async () => hub.claim(await hub.fire(type));
const chunkOf = ({ eventId, attempt }: Assignment, seq: number, channel: LogChannel, utf8: string): LogChunk => ({
  ...{ eventId, attempt, seq, channel, at: at + seq, bytes: { utf8 } },
});
const record = (message: string, more: object = {}) =>
  `${JSON.stringify({ at: at + 500, level: 'info', message, ...more })}\n`;
const rowsOf = ({ eventId }: Assignment) =>
  services.sql.query<Record<string, unknown>>(
    `SELECT at, seq, line, channel, level, text, fields FROM log_records WHERE tenant_id = ? AND event_id = ?
     ORDER BY seq, line`,
    [idToBytes(tenantId), idToBytes(eventId)],
  );
const textsOf = async (ticket: Assignment) => (await rowsOf(ticket)).map(({ seq, line, text }) => [seq, line, text]);

it('a record is found by its level, its time, its text and its fields; output by its text and the time of its chunk', async () => {
  const ticket = await running();
  const fields = { order: { id: 4711, tags: ['a'] }, customer: 'Ada', ok: true };
  await services.appendLogs(sink, [
    chunkOf(ticket, 1, 'record', record('Order placed', { level: 'warn', fields })),
    chunkOf(ticket, 2, 'stderr', 'first\r\n\n  \u001b[31mred\u001b[0m word\n'),
  ]);
  expect(await rowsOf(ticket)).toEqual([
    {
      ...{ at: new Date(at + 500), seq: 1, line: 0, channel: 'record', level: 3, text: 'Order placed' },
      fields: '{"order.id":4711,"order.tags.0":"a","customer":"Ada","ok":true}',
    },
    { at: new Date(at + 2), seq: 2, line: 0, channel: 'stderr', level: 0, text: 'first', fields: null },
    { at: new Date(at + 2), seq: 2, line: 2, channel: 'stderr', level: 0, text: 'red word', fields: null },
  ]);
});

it('a line that is cut by the borders of chunks is one line, found where it begins, also before it is ended', async () => {
  const ticket = await running();
  await services.appendLogs(sink, [
    chunkOf(ticket, 1, 'stdout', 'whole\nhalf'),
    chunkOf(ticket, 2, 'stderr', 'between\n'),
  ]);
  expect(await textsOf(ticket)).toEqual([
    [1, 0, 'whole'],
    [1, 1, 'half'],
    [2, 0, 'between'],
  ]);
  await services.appendLogs(sink, [
    chunkOf(ticket, 3, 'stdout', ' of it'),
    chunkOf(ticket, 4, 'stdout', ' all\nnext\n'),
  ]);
  expect(await textsOf(ticket)).toEqual([
    [1, 0, 'whole'],
    [1, 1, 'half of it all'],
    [2, 0, 'between'],
    [4, 1, 'next'],
  ]);
});

it('hubs that take turns, and chunks that are sent again, make the same lines', async () => {
  const ticket = await running();
  const texts = ['a 1\na ', '2\na 3', ' goes', ' on\n', 'a 4\n'];
  const chunks = texts.map((text, i) => chunkOf(ticket, i + 1, 'stdout', text));
  for (const [i, chunk] of chunks.entries()) {
    const turn = i % 2 === 0 ? hub : other;
    await turn.services.appendLogs(sink, [chunk]);
  }
  const once = await textsOf(ticket);
  expect(once).toEqual([
    [1, 0, 'a 1'],
    [1, 1, 'a 2'],
    [2, 1, 'a 3 goes on'],
    [5, 0, 'a 4'],
  ]);
  await other.services.appendLogs(sink, chunks);
  for (const chunk of chunks.toReversed()) await services.appendLogs(sink, [chunk]);
  expect(await textsOf(ticket)).toEqual(once);
});

it('a record that can not be read is found as it came, and one with an absurd time by the time of its chunk', async () => {
  const ticket = await running();
  await services.appendLogs(sink, [
    chunkOf(ticket, 1, 'record', '{"no":"record"}\n'),
    chunkOf(ticket, 2, 'record', `${JSON.stringify({ at: 0, level: 'error', message: 'old' })}\n`),
    chunkOf(ticket, 3, 'record', record('x'.repeat(2_000), { fields: { long: 'y'.repeat(3_000), short: 1 } })),
  ]);
  expect(await rowsOf(ticket)).toMatchObject([
    { text: '{"no":"record"}', level: 2 },
    { text: 'old', level: 4, at: new Date(at + 2) },
    { text: 'x'.repeat(500), fields: `{"long":"${'y'.repeat(200)}","short":1}` },
  ]);
});

it('of a flood of output the beginning is found, a line says where that ends, and records are found after it', async () => {
  const ticket = await running();
  const flood = (from: number) => Array.from({ length: 6_000 }, (_, i) => `line ${from + i}\n`).join('');
  await services.appendLogs(sink, [chunkOf(ticket, 1, 'stdout', flood(0))]);
  await other.services.appendLogs(sink, [chunkOf(ticket, 2, 'stdout', flood(6_000))]);
  await services.appendLogs(sink, [chunkOf(ticket, 3, 'stdout', flood(12_000))]);
  await services.appendLogs(sink, [chunkOf(ticket, 4, 'record', record('the end'))]);
  const rows = await rowsOf(ticket);
  expect(rows.filter(({ channel }) => channel === 'stdout')).toHaveLength(10_000);
  expect(rows.filter(({ channel }) => channel === 'marker')).toMatchObject([{ seq: 2, line: 4_000, level: 3 }]);
  expect(rows.at(-1)).toMatchObject({ text: 'the end' });
}, 60_000);

it('of another tenant’s event, and of an attempt that the sink does not hold, nothing is made searchable', async () => {
  const ticket = await running();
  const stranger = { ...sink, sinkId: other.sink.sinkId };
  expect(await services.appendLogs(stranger, [chunkOf(ticket, 1, 'stdout', 'not mine\n')])).toEqual(['refused']);
  expect(await rowsOf(ticket)).toEqual([]);
});

it.each([
  ['all', ['record', 'stderr', 'stdout']],
  ['records_and_stderr', ['record', 'stderr']],
  ['records', ['record']],
  ['nothing', []],
] as const)(
  'where a tenant has chosen %s, the lines of these channels have rows: %j; the log itself is whole',
  async (logIndex, channels) => {
    const { version, ...before } = await readStorage(services, tenantId);
    const stored = await updateLogIndex(services, tenantId, systemActor, { version, logIndex });
    expect(stored).toEqual({ ...before, version: version + (before.logIndex === logIndex ? 0 : 1), logIndex });
    const ticket = await running();
    await services.appendLogs(sink, [
      chunkOf(ticket, 1, 'stdout', 'printed\n'),
      chunkOf(ticket, 2, 'record', record('recorded')),
      chunkOf(ticket, 3, 'stderr', 'complained\n'),
    ]);
    expect((await rowsOf(ticket)).map(({ channel }) => channel).toSorted()).toEqual(channels);
    const { entries } = await readLog(services, tenantId, { id: ticket.eventId, after: 0 });
    expect(entries.map(({ channel }) => channel)).toEqual(['stdout', 'record', 'stderr']);
  },
);

it('who has saved the setting of a tenant meanwhile is not overwritten, and what was chosen stands in the audit log', async () => {
  const { version } = await readStorage(services, tenantId);
  await updateLogIndex(services, tenantId, systemActor, { version, logIndex: 'records' });
  await expect(updateLogIndex(services, tenantId, systemActor, { version, logIndex: 'all' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const rows = await services.sql.query<{ before: Buffer; after: Buffer }>(
    `SELECT \`before\`, after FROM audit_entries WHERE tenant_id = ? AND action = 'tenant.log_index_set' ORDER BY id DESC LIMIT 1`,
    [idToBytes(tenantId)],
  );
  expect(rows.map((row) => [JSON.parse(String(row.before)), JSON.parse(String(row.after))])).toEqual([
    [{ logIndex: 'nothing' }, { logIndex: 'records' }],
  ]);
});
