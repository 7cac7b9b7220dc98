import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import { insertLogChunks } from '@nexomatic/db/ledger/log-chunks';
import { insertLogRecords, type LogContext } from '@nexomatic/db/ledger/log-records';
import { holdPart, noteRestored, type PartToRestore } from '@nexomatic/db/ledger/restored-logs';
import type { Sql } from '@nexomatic/db/sql';
import { measureChunk, storedBody } from '../logs/chunk-body.ts';
import { placeColumns } from '../logs/chunk-source.ts';
import { begin, type Progress, read } from '../logs/search/attempt-progress.ts';
import type { StoredChunk } from '../logs/stored-chunk.ts';
import { blocksSchema } from './format/archive-file.ts';
import { chunksOf } from './format/read-archive.ts';
import { readBlock } from './read-block.ts';
import { archiveKey } from './store-archive.ts';

const chunksAtOnce = 50;
/** What is asked back is searched whatever it costs, within what one attempt may have. */
const anything = { take: () => true };

interface Deps {
  sql: Sql;
  store: BlobStore;
  now(): Date;
}

/**
 * Writes the rows of an archived log anew. Ended at any step, it is begun again, and the same rows are written: what is there
 * already stays. False: it was purged, moved or given up meanwhile.
 */
export async function copyRestored(
  { sql, store, now }: Deps,
  part: PartToRestore,
  context: LogContext,
): Promise<boolean> {
  const { tenantId, eventId, attempt, archiveId } = part;
  const progress = begin(context);
  for (const block of blocksSchema.parse(JSON.parse(part.blocks))) {
    const chunks = chunksOf(await readBlock(store, archiveKey(tenantId, archiveId), block), eventId, attempt);
    for (let from = 0; from < chunks.length; from += chunksAtOnce)
      if (!(await writeChunks(sql, part, progress, chunks.slice(from, from + chunksAtOnce)))) return false;
  }
  return await sql.transaction(async (tx) => {
    const held = await holdPart(tx, part);
    if (held) await noteRestored(tx, part, now());
    return held;
  });
}

async function writeChunks(sql: Sql, part: PartToRestore, progress: Progress, chunks: StoredChunk[]): Promise<boolean> {
  const { tenantId, eventId, attempt } = part;
  const rows = await Promise.all(
    chunks.map(async (chunk) => ({
      ...{ seq: chunk.seq, channel: chunk.channel, at: chunk.at },
      ...{ tenantId, eventId, attempt },
      ...measureChunk(chunk),
      ...(await storedBody(chunk.body)),
      ...placeColumns(chunk),
    })),
  );
  const lines = chunks.flatMap((chunk) =>
    read(progress, chunk, anything).map((record) => ({ of: progress.context, record })),
  );
  return await sql.transaction(async (tx) => {
    if (!(await holdPart(tx, part))) return false;
    await insertLogChunks(tx, rows);
    await insertLogRecords(tx, lines);
    return true;
  });
}
