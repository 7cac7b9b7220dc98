import type { Id } from '@nexomatic/contracts/id';
import type { Sql, SqlRunner, SqlTransaction } from '../sql.ts';
import { type ArchiveKind, type ArchivePartRow, archiveKinds, partsOfEvents } from './log-archives.ts';
import { bytes, idOf } from './rows.ts';

/** Taking logs out of archives: first nobody can read them any more, then their object is written anew or deleted. */

interface PartRef {
  eventId: Id<'event'>;
  attempt: number;
  kind: ArchiveKind;
  archiveId: Id<'logArchive'>;
}

const partsAtOnce = 500;

/**
 * Takes parts out of archives, in one transaction with the word that those are to be written anew. A row stays that says so: what
 * is missing of the log then is not lost. Rows that stand in the database again are due to go.
 */
export async function removeParts(tx: SqlTransaction, tenantId: Id<'tenant'>, parts: PartRef[]): Promise<void> {
  for (let from = 0; from < parts.length; from += partsAtOnce) {
    const some = parts.slice(from, from + partsAtOnce);
    await tx.run(
      `UPDATE log_archive_parts SET chunks = 0, bytes = 0, blocks = '', outline = '[]', first_at = NULL, last_at = NULL,
         hot_since = NULL, hot_until = IF(hot_until IS NULL, NULL, '2000-01-01')
       WHERE tenant_id = ? AND (${some.map(() => '(event_id = ? AND attempt = ? AND kind = ?)').join(' OR ')})`,
      [bytes(tenantId), ...some.flatMap(({ eventId, attempt, kind }) => [bytes(eventId), attempt, kind])],
    );
  }
  const archives = [...new Set(parts.map(({ archiveId }) => archiveId))];
  if (archives.length === 0) return;
  // Of one whose rows are still being deleted it is found out when they are.
  await tx.run(`UPDATE log_archives SET state = 'rewriting' WHERE tenant_id = ? AND id IN (?) AND state = 'settled'`, [
    bytes(tenantId),
    archives.map(bytes),
  ]);
}

/** Moves a log to another object; `gone` is called, and throws, where it was taken out meanwhile. */
export function movePart(
  tx: SqlTransaction,
  tenantId: Id<'tenant'>,
  part: PartRef,
  to: ArchivePartRow,
  gone: () => never,
): void {
  tx.defer(
    `UPDATE log_archive_parts SET archive_id = ?, blocks = ?
     WHERE tenant_id = ? AND event_id = ? AND attempt = ? AND kind = ? AND archive_id = ?`,
    [
      bytes(to.archiveId),
      to.blocks,
      bytes(tenantId),
      bytes(part.eventId),
      part.attempt,
      part.kind,
      bytes(part.archiveId),
    ],
    (affectedRows) => {
      if (affectedRows === 0) gone();
    },
  );
}

/** What type these events are of. */
export async function typesOfEvents(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
): Promise<Map<Id<'event'>, Id<'eventType'>>> {
  if (eventIds.length === 0) return new Map();
  const rows = await sql.query<{ id: Buffer; event_type_id: Buffer }>(
    'SELECT id, event_type_id FROM events WHERE tenant_id = ? AND id IN (?)',
    [bytes(tenantId), eventIds.map(bytes)],
  );
  return new Map(rows.map((row) => [idOf('event', row.id), idOf('eventType', row.event_type_id)]));
}

/**
 * Holds attempts so that their logs are not archived and purged at the same time; the second of the two waits for the first.
 * Gives those of them that have chunks.
 */
export async function holdAttempts(
  tx: SqlTransaction,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
  how: 'read' | 'write',
): Promise<Set<string>> {
  const params = [bytes(tenantId), eventIds.map(bytes)];
  await tx.query(
    `SELECT 1 FROM attempts WHERE tenant_id = ? AND event_id IN (?) ${how === 'read' ? 'LOCK IN SHARE MODE' : 'FOR UPDATE'}`,
    params,
  );
  const rows = await tx.query<{ event_id: Buffer; attempt: number }>(
    'SELECT DISTINCT event_id, attempt FROM log_chunks WHERE tenant_id = ? AND event_id IN (?)',
    params,
  );
  return new Set(rows.map((row) => `${idOf('event', row.event_id)} ${row.attempt}`));
}

/** Deletes all that is kept of an event's logs, hot and archived; what is archived is gone for readers at once. */
export async function purgeLogs(tx: SqlTransaction, tenantId: Id<'tenant'>, eventId: Id<'event'>): Promise<void> {
  await holdAttempts(tx, tenantId, [eventId], 'write');
  await removeParts(tx, tenantId, await partsOfEvents(tx, tenantId, [eventId]));
  const event = [bytes(tenantId), bytes(eventId)];
  for (const kind of archiveKinds)
    await tx.run(
      `INSERT IGNORE INTO log_archive_parts (tenant_id, event_id, attempt, kind, archive_id, chunks, bytes, blocks, outline)
       SELECT DISTINCT tenant_id, event_id, attempt, ?, X'00000000000000000000000000000000', 0, 0, '', '[]'
       FROM log_chunks WHERE tenant_id = ? AND event_id = ?`,
      [kind, ...event],
    );
  await tx.run('DELETE FROM log_records WHERE tenant_id = ? AND event_id = ?', event);
  await tx.run('DELETE FROM log_chunks WHERE tenant_id = ? AND event_id = ?', event);
}

/** Deletes payloads and results of events, and the values that they are found by. */
export async function deletePayloads(
  sql: Sql | SqlTransaction,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
): Promise<void> {
  if (eventIds.length === 0) return;
  const params = [bytes(tenantId), eventIds.map(bytes)];
  const paths = await sql.query<{ path_hash: Buffer }>(
    'SELECT DISTINCT path_hash FROM event_search_values WHERE tenant_id = ?',
    [bytes(tenantId)],
  );
  if (paths.length > 0)
    await sql.run('DELETE FROM event_search_values WHERE tenant_id = ? AND event_id IN (?) AND path_hash IN (?)', [
      ...params,
      paths.map(({ path_hash }) => path_hash),
    ]);
  await sql.run('DELETE FROM attempt_results WHERE tenant_id = ? AND event_id IN (?)', params);
  await sql.run('DELETE FROM event_payloads WHERE tenant_id = ? AND event_id IN (?)', params);
}

/** Ended events that still have a payload, behind `after`, in the order of their ids. */
export async function endedPayloads(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  range: { after: Id<'event'>; below: Id<'event'>; limit: number },
): Promise<{ eventId: Id<'event'>; eventTypeId: Id<'eventType'>; finishedAt: Date | null }[]> {
  const rows = await sql.query<{ event_id: Buffer; event_type_id: Buffer; finished_at: Date | null }>(
    `SELECT p.event_id, e.event_type_id, e.finished_at
     FROM event_payloads p JOIN events e ON e.tenant_id = p.tenant_id AND e.id = p.event_id
     WHERE p.tenant_id = ? AND p.event_id > ? AND p.event_id < ? ORDER BY p.event_id LIMIT ?`,
    [bytes(tenantId), bytes(range.after), bytes(range.below), range.limit],
  );
  return rows.map((row) => ({
    eventId: idOf('event', row.event_id),
    eventTypeId: idOf('eventType', row.event_type_id),
    finishedAt: row.finished_at,
  }));
}
