import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assignment, LogChunk } from '@nexomatic/contracts/sink-protocol';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, it } from 'vitest';
import { archiveAll, archiverIn, everythingOf } from '../archive/testing/old-logs.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { findInLog } from './find-in-log.ts';
import { readLines } from './read-lines.ts';
import { logsAround } from './search/logs-around.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexomatic-lost-'));
const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub({ ...urls, blobStore: { kind: 'file', folder } });
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});
const { services, tenantId, sink } = hub;
const type = await hub.addEventType('loses');

const chunkOf = ({ eventId, attempt }: Assignment, seq: number, text: string, more: Partial<LogChunk>): LogChunk => ({
  ...{ eventId, attempt, seq, channel: 'stdout', at: services.clock.now(), bytes: { utf8: text }, ...more },
});

it('lost lines have their numbers in pages, by number, in what is found, around a line, and from the archive', async () => {
  const ticket = await hub.claim(await hub.fire(type));
  const { eventId: id } = ticket;
  const words = `${JSON.stringify({ at: 0, level: 'warn', message: '90 bytes of log were dropped here: it was full.' })}\n`;
  await services.appendLogs(sink, [
    chunkOf(ticket, 1, 'one\ntwo\nthr', { linesBefore: 0, continues: 0 }),
    chunkOf(ticket, 4, 'ee\nneedle 9\n', { linesBefore: 7, continues: 3 }),
    chunkOf(ticket, 5, words, { linesBefore: 9, channel: 'record', lost: { lines: 20, why: 'it was full' } }),
    chunkOf(ticket, 6, 'needle 30\n', { linesBefore: 29, continues: 0 }),
  ]);
  await hub.report(ticket, 'SUCCESS', { lastLogSeq: 8, lastLogLine: 40 });

  const seen = async () => {
    const { log } = await everythingOf(hub, id);
    const lines = await readLines(services, tenantId, { id, at: 'start', errorAfter: 0, limit: 100 });
    const around = await readLines(services, tenantId, { id, at: 'start', errorAfter: 0, limit: 2, around: 25 });
    const found = await findInLog(services, tenantId, {
      ...{ id, text: 'needle', regex: false, case: false, from: 1, limit: 10, entries: false },
    });
    const near = await logsAround(services, tenantId, { event: id, attempt: 1, seq: 6, line: 0 });
    return { log, lines, around, found, near };
  };
  const hot = await seen();
  expect(hot.lines.entries.map(({ line, through, text, partial }) => [line, through, text, partial])).toEqual([
    [1, undefined, 'one', undefined],
    [2, undefined, 'two', undefined],
    [3, 7, 'Lines 3–7 lost: they did not reach the hub. Before them a line had begun: “thr”.', undefined],
    [8, undefined, '… ee', true],
    [9, undefined, 'needle 9', undefined],
    [10, 29, 'Lines 10–29 lost: it was full.', undefined],
    [30, undefined, 'needle 30', undefined],
    [31, 40, 'Lines 31–40 lost: they did not reach the hub.', undefined],
  ]);
  expect(hot.lines).toMatchObject({
    total: 40,
    lost: [
      { from: 3, to: 7 },
      { from: 10, to: 29 },
    ],
  });
  expect(hot.log.entries).toEqual(hot.lines.entries);
  expect(hot.around.entries.map(({ line }) => line)).toEqual([10]);
  expect(hot.found).toMatchObject({ lines: [9, 30], total: 40, next: null });
  expect(hot.near.lines.find(({ here }) => here)?.text).toBe('needle 30');

  await archiveAll(archiverIn(hub, 20));
  const archived = await seen();
  expect(archived.lines.archived).toBe(true);
  const whereverItIs = (one: unknown) =>
    JSON.parse(JSON.stringify(one).replaceAll('"archived":true', '"archived":false'));
  expect(whereverItIs(archived)).toEqual(whereverItIs(hot));
});
