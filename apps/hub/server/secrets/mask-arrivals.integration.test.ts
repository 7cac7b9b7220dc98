import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Assignment, LogChannel, PlainLogChunk } from '@nexomatic/contracts/sink-protocol';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { putSecret } from './testing/put-secret.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const other = await openTestHub(urls);
afterAll(() => Promise.all([hub.close(), other.close()]));

const { services, tenantId, sink } = hub;
const value = 'hunter2hunter2';
await putSecret(services, tenantId, { name: 'TOKEN', value });
const next = await hub.addEventType('next');
const parameters = [{ key: 'token', kind: 'SECRET' as const, value: 'TOKEN' }];
const withSecret = await hub.addEventType('with a secret', { parameters, onSuccess: next });
const without = await hub.addEventType('without one', { onSuccess: next });

const chunkOf = ({ eventId, attempt }: Assignment, seq: number, channel: LogChannel, utf8: string): PlainLogChunk => ({
  ...{ eventId, attempt, seq, channel, at: services.clock.now(), bytes: { utf8 } },
});
const storedLog = (eventId: Id<'event'>) =>
  services.sql.query<{ seq: number; body: string }>(
    'SELECT seq, CONVERT(body USING utf8mb4) AS body FROM log_chunks WHERE tenant_id = ? AND event_id = ? ORDER BY seq',
    [idToBytes(tenantId), idToBytes(eventId)],
  );
const storedResult = async (eventId: Id<'event'>) => {
  const [row] = await services.sql.query<{ body: string }>(
    'SELECT CONVERT(body USING utf8mb4) AS body FROM attempt_results WHERE tenant_id = ? AND event_id = ?',
    [idToBytes(tenantId), idToBytes(eventId)],
  );
  return row?.body;
};
const claim = async (eventTypeId: Id<'eventType'>) => hub.claim(await hub.fire(eventTypeId));

it('what a sink sends unmasked of an attempt with secrets is stored masked, on whichever hub it arrives', async () => {
  const ticket = await claim(withSecret);
  const record = JSON.stringify({ at: 1, level: 'info', message: `m ${value}`, fields: { [value]: [1.5, value] } });
  const chunks = [
    chunkOf(ticket, 1, 'stdout', `a ${value} b hunter2h`),
    chunkOf(ticket, 2, 'record', `${record}\n`),
    chunkOf(ticket, 3, 'stdout', `unter2 c ${Buffer.from(value).toString('base64')}\n`),
  ];
  expect(await services.appendLogs(sink, chunks)).toEqual(['stored', 'stored', 'stored']);
  expect(await other.services.appendLogs(sink, [chunkOf(ticket, 4, 'stderr', value)])).toEqual(['stored']);
  expect(await storedLog(ticket.eventId)).toEqual([
    { seq: 1, body: 'a *** b ***' },
    { seq: 2, body: '{"at":1,"level":"info","message":"m ***","fields":{"***":[1.5,"***"]}}\n' },
    { seq: 3, body: ' c ***\n' },
    { seq: 4, body: '***' },
  ]);
});

it('a message and a result with a secret are recorded masked, and so is what follows on them', async () => {
  const ticket = await claim(withSecret);
  const result = { utf8: `{"token": "${value}", "total": 12345678901234567890.10}` };
  expect(await hub.report(ticket, 'WARNING', { message: `careful with ${value}`, result })).toBe('recorded');
  const masked = '{"token": "***", "total": 12345678901234567890.10}';
  expect(await hub.event(ticket.eventId)).toMatchObject({ state: 'WARNING', message: 'careful with ***' });
  expect(await storedResult(ticket.eventId)).toBe(masked);
  const parent = Buffer.from(idToBytes(ticket.eventId));
  expect((await hub.events()).filter((event) => event.parent?.equals(parent))).toMatchObject([{ payload: masked }]);
});

it('attempts without secrets beside them are stored as they come', async () => {
  const [plain, masked] = [await claim(without), await claim(withSecret)];
  await services.appendLogs(sink, [chunkOf(plain, 1, 'stdout', value), chunkOf(masked, 1, 'stdout', value)]);
  expect(await storedLog(plain.eventId)).toEqual([{ seq: 1, body: value }]);
  expect(await storedLog(masked.eventId)).toEqual([{ seq: 1, body: '***' }]);
  const result = { utf8: `"${value}"` };
  await Promise.all([plain, masked].map((ticket) => hub.report(ticket, 'SUCCESS', { result })));
  expect(await storedResult(plain.eventId)).toBe(`"${value}"`);
  expect(await storedResult(masked.eventId)).toBe('"***"');
});

it('an attempt without secrets costs no statement more', async () => {
  const ticket = await claim(without);
  await services.appendLogs(sink, [chunkOf(ticket, 1, 'stdout', 'first')]);
  const before = services.sql.statements();
  await services.appendLogs(sink, [chunkOf(ticket, 2, 'stdout', 'second')]);
  // Who holds the attempt, the chunk, its lines for the search, and its bytes for the tenant's limit of a day.
  expect(services.sql.statements() - before).toBe(4);
});
