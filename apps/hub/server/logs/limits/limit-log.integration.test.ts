import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Assignment, LogChunk } from '@nexomatic/contracts/sink-protocol';
import { addLogVolume } from '@nexomatic/db/ledger/log-limits';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, it } from 'vitest';
import { systemActor } from '../../auth/actor.ts';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { readLines } from '../read-lines.ts';
import { setLogLimits } from './set-log-limits.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const other = await openTestHub(urls);
afterAll(async () => {
  await hub.close();
  await other.close();
});
const { services, tenantId, sink } = hub;
const { sql } = services;
const type = await hub.addEventType('writes');

const chunkOf = (
  { eventId, attempt }: Assignment,
  seq: number,
  text: string,
  more: Partial<LogChunk> = {},
): LogChunk => ({
  ...{ eventId, attempt, seq, channel: 'stdout', at: services.clock.now(), bytes: { utf8: text }, ...more },
});
const linesOf = (id: Id<'event'>) => readLines(services, tenantId, { id, at: 'start', errorAfter: 0, limit: 1_000 });

const [tenant] = await sql.query<{ version: number }>('SELECT version FROM tenants WHERE id = ?', [
  idToBytes(tenantId),
]);
let version = tenant?.version ?? 1;
async function setLimits(logLimits: { attemptMiB?: number; dayGiB?: number }): Promise<void> {
  ({ version } = await setLogLimits(services, tenantId, systemActor, { version, logLimits }));
  other.services.definitions.forgetAll();
}

it('an agent is told how much log of an attempt is kept', async () => {
  expect(await hub.claim(await hub.fire(type))).toMatchObject({ logLimitBytes: 16 * 1024 * 1024 });
  await setLimits({ attemptMiB: 2 });
  expect(await hub.claim(await hub.fire(type))).toMatchObject({ logLimitBytes: 2 * 1024 * 1024 });
});

it('of an attempt no more is kept than its limit, by whichever hub it comes, and one mark says so; its result is kept', async () => {
  await setLimits({ attemptMiB: 1 });
  const ticket = await hub.claim(await hub.fire(type));
  const lines = 64;
  const text = `${'x'.repeat(1_023)}\n`.repeat(lines);
  const outcomes: string[] = [];
  for (let seq = 1; seq <= 40; seq += 1) {
    const { services: turn } = seq % 3 === 0 ? other : hub;
    const place = { linesBefore: (seq - 1) * lines, continues: 0 };
    outcomes.push(...(await turn.appendLogs(sink, [chunkOf(ticket, seq, text, place)])));
  }
  expect(new Set(outcomes)).toEqual(new Set(['stored']));
  // Sent once more, as after an answer that was lost.
  await other.services.appendLogs(sink, [chunkOf(ticket, 30, text, { linesBefore: 29 * lines, continues: 0 })]);
  await hub.report(ticket, 'SUCCESS', { lastLogSeq: 40, lastLogLine: 40 * lines });
  const [kept] = await sql.query<{ size: number; marks: number }>(
    'SELECT MAX(log_bytes) AS size, SUM(lost_why IS NOT NULL) AS marks FROM log_chunks WHERE tenant_id = ? AND event_id = ?',
    [idToBytes(tenantId), idToBytes(ticket.eventId)],
  );
  expect(Number(kept?.marks)).toBe(1);
  expect(kept?.size).toBe(20 * 64 * 1024);
  const { entries, total } = await readLines(services, tenantId, {
    ...{ id: ticket.eventId, at: 'end' as const, errorAfter: 0, limit: 1_000, from: 20 * lines },
  });
  expect(total).toBe(40 * lines);
  expect(entries.slice(1).map(({ line, through, mark, text: said }) => [line, through, mark, said])).toEqual([
    [1_281, 1_344, 'lost', 'Lines 1281–1344 lost: truncated at 1 MiB (limit of this tenant).'],
    [1_345, 2_560, 'lost', 'Lines 1345–2560 lost: truncated at 1 MiB (limit of this tenant).'],
  ]);
});

it('of a tenant no more is kept than the limit of a day; the log says so once, says when it ends, and goes on with true numbers', async () => {
  await setLimits({ dayGiB: 1 });
  const ticket = await hub.claim(await hub.fire(type));
  const { eventId: id } = ticket;
  const send = (seq: number, text: string, linesBefore: number, by = hub) =>
    by.services.appendLogs(sink, [chunkOf(ticket, seq, text, { linesBefore, continues: 0 })]);
  await addLogVolume(sql, tenantId, 1024 ** 3);
  const late = await openTestHub(urls);
  expect(await send(1, 'one\ntwo\n', 0, late)).toEqual(['stored']);
  expect(await send(2, 'three\n', 2, late)).toEqual(['stored']);
  const { logLimits } = await setLogLimits(services, tenantId, systemActor, { version, logLimits: { dayGiB: 1 } });
  expect(logLimits.today.full).toBe(true);
  await sql.run('DELETE FROM log_volumes WHERE tenant_id = ?', [idToBytes(tenantId)]);
  const next = await openTestHub(urls);
  await send(3, 'four\n', 3, next);
  // What was dropped does not come any more, so a reader of the running log is not held up by it.
  const running = await linesOf(id);
  expect(running.entries.map(({ line }) => line)).toEqual([1, 3, 4]);
  await hub.report(ticket, 'SUCCESS', { lastLogSeq: 3, lastLogLine: 4, result: { utf8: '1' } });
  const { entries } = await linesOf(id);
  const why =
    /lost: this tenant’s logs of today have reached 1 GiB, its limit; they are kept again from \d{4}-\d\d-\d\dT00:00Z\.$/;
  expect(entries.map(({ line, through, text }) => [line, through, text])).toEqual([
    [1, 2, expect.stringMatching(why)],
    [3, 3, expect.stringMatching(why)],
    [4, undefined, 'four'],
  ]);
  await late.close();
  await next.close();
});
