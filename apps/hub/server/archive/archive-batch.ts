import { setImmediate } from 'node:timers/promises';
import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import type { Id } from '@nexomatic/contracts/id';
import { holdAttempts } from '@nexomatic/db/ledger/forget-logs';
import { type AttemptLog, chunksOfKind } from '@nexomatic/db/ledger/hot-logs';
import { type ArchivePartRow, insertParts, type PartFacts } from '@nexomatic/db/ledger/log-archives';
import type { Sql } from '@nexomatic/db/sql';
import { plainBody } from '../logs/chunk-body.ts';
import { placeOf } from '../logs/chunk-source.ts';
import type { ArchivePart } from './format/archive-file.ts';
import { createArchiveWriter } from './format/write-archive.ts';
import { createPartMeter, type PartMeter } from './part-meter.ts';
import type { Batch } from './pick-logs.ts';
import { ArchiveSuperseded, storeArchive } from './store-archive.ts';

/** Plain bytes of one object, more or less: what a hub holds in memory while it writes one. */
const objectBytes = 32 * 1024 * 1024;
const chunksAtOnce = 50;

interface Deps {
  sql: Sql;
  store: BlobStore;
  now: Date;
}

/** Writes a batch into as many objects as it takes; gives how many logs were archived. */
export async function archiveBatch(
  deps: Deps,
  tenantId: Id<'tenant'>,
  { kind, eventTypeId, logs }: Batch,
): Promise<number> {
  const { sql } = deps;
  let writer = createArchiveWriter({ tenant: tenantId, kind, writtenAt: deps.now });
  /** Of the logs in the open object. */
  const meters = new Map<string, PartMeter>();
  let newest = 0;
  let archived = 0;

  function factsOf({ event, attempt }: ArchivePart): PartFacts {
    const meter = meters.get(`${event} ${attempt}`);
    if (!meter) throw new Error(`attempt ${attempt} of ${event} was written without being counted`);
    return meter.finish();
  }

  async function store(): Promise<void> {
    if (writer.length === 0) return;
    const written = writer.finish();
    const object = { tenantId, kind, eventTypeId, newestAt: new Date(newest) };
    const parts = written.parts.map((part) => ({ part, facts: factsOf(part) }));
    await storeArchive(deps, object, written, 'stored', async (tx, id) => {
      const there = await holdAttempts(tx, tenantId, [...new Set(written.parts.map(({ event }) => event))], 'read');
      if (written.parts.some(({ event, attempt }) => !there.has(`${event} ${attempt}`)))
        throw new ArchiveSuperseded('a log was purged while it was archived');
      await insertParts(
        tx,
        tenantId,
        parts.map(({ part, facts }) => ({ ...partRow(part, kind, id), ...facts })),
      );
    });
    archived += written.parts.length;
    writer = createArchiveWriter({ tenant: tenantId, kind, writtenAt: deps.now });
    meters.clear();
    newest = 0;
  }

  async function add(log: AttemptLog): Promise<void> {
    const meter = createPartMeter(log);
    let after = -1;
    for (let more = true; more; ) {
      const rows = await chunksOfKind(sql, { tenantId, ...log }, kind, after, chunksAtOnce);
      for (const row of rows) {
        const { seq, channel, at } = row;
        const chunk = { seq, channel, at, body: plainBody(row), ...placeOf(row) };
        writer.add(log.eventId, log.attempt, chunk);
        meter.add(chunk);
        // Reading a chunk's lines takes milliseconds, and the hub has others to answer.
        await setImmediate();
      }
      more = rows.length === chunksAtOnce;
      after = rows.at(-1)?.seq ?? after;
    }
    if (after < 0) return;
    newest = Math.max(newest, log.finishedAt.getTime());
    meters.set(`${log.eventId} ${log.attempt}`, meter);
  }

  for (const log of logs) {
    await add(log);
    if (writer.length >= objectBytes) await store();
  }
  await store();
  return archived;
}

/** What the database keeps of an entry of the index. */
export const partRow = (
  part: ArchivePart,
  kind: Batch['kind'],
  archiveId: Id<'logArchive'>,
): ArchivePartRow & { outline: string } => ({
  eventId: part.event,
  attempt: part.attempt,
  kind,
  archiveId,
  chunks: part.chunks,
  bytes: part.bytes,
  blocks: JSON.stringify(part.blocks),
  outline: JSON.stringify(part.outline),
});
