import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import type { Id } from '@nexomatic/contracts/id';
import { movePart, typesOfEvents } from '@nexomatic/db/ledger/forget-logs';
import { type ArchivePartRow, type LogArchiveRow, partsOfArchive } from '@nexomatic/db/ledger/log-archives';
import type { Sql } from '@nexomatic/db/sql';
import { partRow } from './archive-batch.ts';
import type { Clocks } from './clocks.ts';
import { blocksSchema } from './format/archive-file.ts';
import { chunksOf } from './format/read-archive.ts';
import { createArchiveWriter } from './format/write-archive.ts';
import { readBlock } from './read-block.ts';
import { ArchiveSuperseded, archiveKey, storeArchive } from './store-archive.ts';

interface Deps {
  sql: Sql;
  store: BlobStore;
  now: Date;
}

/**
 * Moves what is left of an archive to others, by the clocks as they are now, so that what was taken out is gone for good when
 * its object is deleted. A log that is taken out while this goes on makes it fail, and it is done again.
 */
export async function moveLogsOut(deps: Deps, archive: LogArchiveRow, clocks: Clocks): Promise<void> {
  const { tenantId, id, kind } = archive;
  const parts = await partsOfArchive(deps.sql, tenantId, id);
  const types = await typesOfEvents(deps.sql, tenantId, [...new Set(parts.map(({ eventId }) => eventId))]);
  const classOf = ({ eventId }: ArchivePartRow) => {
    const eventTypeId = types.get(eventId);
    return eventTypeId ? clocks.classOf(kind, eventTypeId) : null;
  };
  for (const [eventTypeId, group] of Map.groupBy(parts, classOf)) await moveGroup(deps, archive, eventTypeId, group);
}

async function moveGroup(
  deps: Deps,
  { tenantId, id, kind, newestAt }: LogArchiveRow,
  eventTypeId: Id<'eventType'> | null,
  parts: ArchivePartRow[],
): Promise<void> {
  const writer = createArchiveWriter({ tenant: tenantId, kind, writtenAt: deps.now });
  // Parts that share a block stand beside each other, so that each block is read about once.
  const placed = parts.map((part) => ({ part, blocks: blocksSchema.parse(JSON.parse(part.blocks)) }));
  placed.sort((a, b) => (a.blocks[0]?.[0] ?? 0) - (b.blocks[0]?.[0] ?? 0));
  let last: { from: number; block: Buffer } = { from: -1, block: Buffer.alloc(0) };
  for (const { part, blocks } of placed) {
    for (const block of blocks) {
      const [from] = block;
      if (last.from !== from) last = { from, block: await readBlock(deps.store, archiveKey(tenantId, id), block) };
      for (const chunk of chunksOf(last.block, part.eventId, part.attempt))
        writer.add(part.eventId, part.attempt, chunk);
    }
  }
  const written = writer.finish();
  await storeArchive(deps, { tenantId, kind, eventTypeId, newestAt }, written, 'settled', async (tx, archiveId) => {
    for (const entry of written.parts) {
      const part = { eventId: entry.event, attempt: entry.attempt, kind, archiveId: id };
      movePart(tx, tenantId, part, partRow(entry, kind, archiveId), () => {
        throw new ArchiveSuperseded(`a log of archive ${id} was taken out while it was moved`);
      });
    }
  });
}
