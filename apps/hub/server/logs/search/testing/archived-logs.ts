import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Id } from '@nexomatic/contracts/id';
import type { FoundRecord } from '@nexomatic/contracts/log-search-api';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll } from 'vitest';
import { archiveAll, archiverIn } from '../../../archive/testing/old-logs.ts';
import type { Services } from '../../../services.ts';
import { openTestHub } from '../../../testing/open-test-hub.ts';
import { logHistogram } from '../log-histogram.ts';
import { searchLogs } from '../search-logs.ts';

type Piece = [channel: LogChannel, second: number, text: string];
export type SearchDeps = Pick<Services, 'db' | 'clock' | 'archivedLogs'>;

/**
 * A hub whose logs were searched by queries of every kind, and archived then. `hot` is what was found before; the table
 * `hot_rows` keeps the rows that the search had.
 */
export async function openArchivedLogs() {
  const folder = mkdtempSync(join(tmpdir(), 'nexomatic-archived-search-'));
  const database = await testDatabase();
  const hub = await openTestHub({
    databaseUrl: database.url,
    redisUrl: await testRedis(),
    blobStore: { kind: 'file', folder },
  });
  afterAll(async () => {
    await hub.close();
    rmSync(folder, { recursive: true });
  });

  const { services, tenantId, sink } = hub;
  const { sql } = services;
  const at = Date.parse('2026-11-20T10:00:00.000Z');
  const time = (seconds: number) => new Date(at + seconds * 1_000).toISOString();

  const record = (second: number, level: string, message: string, fields?: object) =>
    `${JSON.stringify({ at: at + second * 1_000, level, message, fields })}\n`;

  /** Runs an event that writes this and ends. */
  async function runWith(eventTypeId: Id<'eventType'>, pieces: Piece[], by = sink): Promise<Id<'event'>> {
    const eventId = await hub.fire(eventTypeId);
    const { attempt } = await hub.claim(eventId, 1, by);
    for (const [i, [channel, second, utf8]] of pieces.entries()) {
      const chunk = { eventId, attempt, seq: i + 1, channel, at: at + second * 1_000, bytes: { utf8 } };
      const [outcome] = await services.appendLogs(by, [chunk]);
      if (outcome !== 'stored') throw new Error(`not stored: ${outcome}`);
    }
    await hub.report({ eventId, attempt }, 'SUCCESS', { lastLogSeq: pieces.length }, by);
    return eventId;
  }

  const [deploy, order, long] = [
    await hub.addEventType('deploy.app'),
    await hub.addEventType('order.placed'),
    await hub.addEventType('long.import'),
  ];
  const other = await hub.addSink('eu-2');
  const deployed = await runWith(deploy, [
    ['record', 1, record(1, 'info', 'Begun') + record(2, 'error', 'Connection REFUSED by 10.0.0.7')],
    ['stderr', 3, 'Traceback 100%\n\n  \nGröße ÉTÉ 😀 C:\\temp\n'],
    ['stdout', 3, 'cut in '],
    ['stderr', 4, 'between\n'],
    ['stdout', 5, 'two, and the end'],
  ]);
  await runWith(order, [
    ['record', 4, record(4, 'info', 'Placed', { order: { id: 4711 }, customer: 'Ada "L"', ms: 120.5, note: null })],
    ['record', 5, record(5, 'warn', 'Slow', { order: { id: 47110 }, ms: 900, paid: false })],
    ['record', 6, `${record(6, 'debug', 'Done', { customer: 'Bob', path: 'C:\\temp' })}{"no":"record"}\n`],
  ]);
  await runWith(order, [['record', 6, record(6, 'error', 'Refused', { customer: 'BOB' })]], other);
  // Several blocks, and hours: lines that blocks cut, and two channels in turn.
  const padding = 'p'.repeat(2_000);
  await runWith(
    long,
    Array.from({ length: 120 }, (_, i): Piece => {
      const lines = Array.from({ length: 4 }, (_line, n) => `row ${i}.${n} ${padding}\n`).join('');
      return [i % 7 === 3 ? 'stderr' : 'stdout', 60 * i, `${i % 3 === 0 ? '' : 'tail\n'}${lines}head ${i} `];
    }),
  );

  const search = (q: string, more: object = {}, deps: SearchDeps = services) =>
    searchLogs(deps, tenantId, { q, limit: 200, ...more });
  const count = (q: string, more: object = {}) =>
    logHistogram(services, tenantId, { q, since: time(0), until: time(7_200), bars: 60, ...more });

  const queries = [
    '',
    ...[
      'level:error',
      'level:(warn,error)',
      'level:null',
      '-level:null -level:debug',
      '-level:error type:order.placed',
    ],
    ...[
      'type:order.*',
      '-type:long.*',
      'type:deploy.app level:info',
      'source:null',
      '-source:null',
      'sink:eu-2',
      '-sink:eu-*',
    ],
    ...[
      'channel:stderr',
      '-channel:record',
      'channel:(record,stdout) type:deploy.app',
      'channel:record',
      'attempt:1',
      'attempt:>1',
    ],
    ...[
      'connection refused',
      '"refused by"',
      '-"refused by"',
      '100%',
      '10_0',
      '"C:\\\\temp"',
      'bob',
      'BOB',
      '"Ada \\"L\\""',
    ],
    ...[
      'grosse',
      'grÖse',
      'ete',
      'été',
      '😁',
      '"cut in two, and"',
      '"row 7.2"',
      '"head 6 tail"',
      '-tail type:long.import',
    ],
    ...[
      'field.order.id:4711',
      'field.order.id:4711*',
      'field.customer:"Ada \\"L\\""',
      'field.customer:B*',
      'field.paid:false',
    ],
    ...[
      'field.ms:>500',
      'field.ms:<500',
      'field.ms:100..900',
      '-field.ms:>500',
      'field.ms:null',
      'field.note:null',
      '-field.note:null',
    ],
    ...[
      'field.path:"C:\\\\temp"',
      'no',
      `event:${deployed}`,
      `-event:${deployed} -type:long.*`,
      'Placed -field.ms:120.5',
    ],
    ...[
      'from:2026-11-20T10:00:02Z to:2026-11-20T10:00:05Z',
      'from:2026-11-20T10:30:00Z to:2026-11-20T10:31:00Z',
      'row level:null',
    ],
  ];
  const hot = new Map<string, { records: FoundRecord[]; bars: unknown }>();
  for (const q of queries) hot.set(q, { records: (await search(q)).records, bars: (await countAll(q)).bars });
  await sql.run('CREATE TABLE hot_rows AS SELECT * FROM log_records');
  await archiveAll(archiverIn(hub, 16));
  const [left] = await sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM log_records');
  if (Number(left?.n) !== 0) throw new Error('the rows of the search are still there');

  /** All pages of a search as one. */
  async function allOf(q: string, limit: number, deps: SearchDeps) {
    const found: FoundRecord[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await search(q, { limit, ...(cursor ? { cursor } : {}) }, deps);
      found.push(...page.records);
      if (page.nextCursor === null) return found;
      if (page.nextCursor === cursor) throw new Error('the search comes no further');
      cursor = page.nextCursor;
    }
  }

  /** Counts, also where an answer paused. */
  async function countAll(q: string) {
    const bars = new Map<string, Awaited<ReturnType<typeof count>>['bars'][number]>();
    let unavailable: string | null = null;
    for (let before: string | undefined; ; ) {
      const part = await count(q, before ? { before } : {});
      unavailable ??= part.archive.unavailable;
      for (const { at: begins, counts } of part.bars) {
        const sum = bars.get(begins)?.counts ?? { none: 0, debug: 0, info: 0, warn: 0, error: 0 };
        for (const level of ['none', 'debug', 'info', 'warn', 'error'] as const) sum[level] += counts[level];
        bars.set(begins, { at: begins, counts: sum });
      }
      if (part.countedFrom === null) break;
      before = part.countedFrom;
    }
    return { unavailable, bars: [...bars.values()].sort((a, b) => a.at.localeCompare(b.at)) };
  }

  return { hub, folder, sql, database, time, deployed, queries, hot, search, count, countAll, allOf };
}

/** Lines without a word on where they stand. */
export const plain = (records: FoundRecord[]) => records.map(({ archived: _, ...rest }) => rest);
