import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import type { Id } from '@nexomatic/contracts/id';
import { holdAttempts } from '@nexomatic/db/ledger/forget-logs';
import { type AttemptLog, chunksOfKind } from '@nexomatic/db/ledger/hot-logs';
import { insertParts, type NewArchivePart } from '@nexomatic/db/ledger/log-archives';
import type { Sql } from '@nexomatic/db/sql';
import { plainBody } from '../logs/chunk-body.ts';
import { placeOf } from '../logs/chunk-source.ts';
import type { ArchivePart } from './format/archive-file.ts';
import { createArchiveWriter } from './format/write-archive.ts';
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
  let newest = 0;
  let archived = 0;

  async function store(): Promise<void> {
    if (writer.length === 0) return;
    const written = writer.finish();
    const facts = { tenantId, kind, eventTypeId, newestAt: new Date(newest) };
    await storeArchive(deps, facts, written, 'stored', async (tx, id) => {
      const there = await holdAttempts(tx, tenantId, [...new Set(written.parts.map(({ event }) => event))], 'read');
      if (written.parts.some(({ event, attempt }) => !there.has(`${event} ${attempt}`)))
        throw new ArchiveSuperseded('a log was purged while it was archived');
      await insertParts(
        tx,
        tenantId,
        written.parts.map((part) => partRow(part, kind, id)),
      );
    });
    archived += written.parts.length;
    writer = createArchiveWriter({ tenant: tenantId, kind, writtenAt: deps.now });
    newest = 0;
  }

  async function add(log: AttemptLog): Promise<void> {
    let after = -1;
    for (;;) {
      const chunks = await chunksOfKind(sql, { tenantId, ...log }, kind, after, chunksAtOnce);
      for (const chunk of chunks) {
        const { seq, channel, at } = chunk;
        writer.add(log.eventId, log.attempt, { seq, channel, at, body: plainBody(chunk), ...placeOf(chunk) });
      }
      if (chunks.length > 0) newest = Math.max(newest, log.finishedAt.getTime());
      const last = chunks.at(-1);
      if (!last || chunks.length < chunksAtOnce) return;
      after = last.seq;
    }
  }

  for (const log of logs) {
    await add(log);
    if (writer.length >= objectBytes) await store();
  }
  await store();
  return archived;
}

/** What the database keeps of an entry of the index. */
export const partRow = (part: ArchivePart, kind: Batch['kind'], archiveId: Id<'logArchive'>): NewArchivePart => ({
  eventId: part.event,
  attempt: part.attempt,
  kind,
  archiveId,
  chunks: part.chunks,
  bytes: part.bytes,
  blocks: JSON.stringify(part.blocks),
  outline: JSON.stringify(part.outline),
});
