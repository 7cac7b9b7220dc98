import { BlobError, type BlobStore, type StoredBlob } from '@nexomatic/blob-store/blob-store';
import type { strayKinds } from '@nexomatic/contracts/archive-api';
import type { Id } from '@nexomatic/contracts/id';
import { logsOfKind } from '@nexomatic/db/ledger/hot-logs';
import { partsOfEvents } from '@nexomatic/db/ledger/log-archives';
import type { SqlRunner } from '@nexomatic/db/sql';
import { ArchiveDamaged, type ArchiveFooter, type ArchiveHead, type ArchivePart } from './format/archive-file.ts';
import { readHead, readIndex } from './format/read-archive.ts';
import { readRange } from './read-block.ts';

type StrayKind = (typeof strayKinds)[number];

/** What an object that no row refers to says of itself. */
export interface Stray {
  head: ArchiveHead;
  footer: ArchiveFooter;
  parts: ArchivePart[];
  /** Those that stand nowhere else and were not deleted on purpose. */
  unclaimed: ArchivePart[];
}

/** Reads what stands in such an object, and which of it stands nowhere else. Throws `ArchiveDamaged` for what is none of this tenant's archives. */
export async function readStray(
  { sql, store }: { sql: SqlRunner; store: BlobStore },
  tenantId: Id<'tenant'>,
  { key, size }: StoredBlob,
): Promise<Stray> {
  const read = readRange(store, key);
  const { footer, parts } = await readIndex(read, size);
  const head = await readHead(read, parts);
  if (head.tenant !== tenantId) throw new ArchiveDamaged('the object says that it is of another tenant');
  const events = [...new Set(parts.map(({ event }) => event))];
  const [archived, hot] = await Promise.all([
    partsOfEvents(sql, tenantId, events),
    logsOfKind(sql, tenantId, events, head.kind),
  ]);
  const known = new Set([
    ...archived.filter(({ kind }) => kind === head.kind).map(({ eventId, attempt }) => `${eventId} ${attempt}`),
    ...hot,
  ]);
  return { head, footer, parts, unclaimed: parts.filter(({ event, attempt }) => !known.has(`${event} ${attempt}`)) };
}

/** What is to become of an object that no row refers to. */
export async function classifyStray(
  deps: { sql: SqlRunner; store: BlobStore },
  tenantId: Id<'tenant'>,
  stray: StoredBlob,
): Promise<StrayKind> {
  try {
    return (await readStray(deps, tenantId, stray)).unclaimed.length > 0 ? 'unclaimed' : 'leftover';
  } catch (error) {
    if (error instanceof ArchiveDamaged || (error instanceof BlobError && error.fault === 'corrupt'))
      return 'unreadable';
    throw error;
  }
}
