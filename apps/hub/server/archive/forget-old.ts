import { type Id, lowestIdAt } from '@nexomatic/contracts/id';
import { deletePayloads, endedPayloads, removeParts, typesOfEvents } from '@nexomatic/db/ledger/forget-logs';
import { archiveKinds, archivesBefore, type LogArchiveRow, partsOfArchive } from '@nexomatic/db/ledger/log-archives';
import type { Sql } from '@nexomatic/db/sql';
import type { Clocks } from './clocks.ts';

const archivesAtOnce = 20;
const payloadsAtOnce = 1_000;

/** Takes out of archives what was kept for as long as it was to be; gives how many logs. */
export async function forgetArchived(sql: Sql, tenantId: Id<'tenant'>, clocks: Clocks): Promise<number> {
  let logs = 0;
  for (const kind of archiveKinds) {
    for (const eventTypeId of [null, ...clocks.types]) {
      const before = clocks.keptFrom(kind, eventTypeId);
      if (!before) continue;
      for (const archive of await archivesBefore(sql, tenantId, { kind, eventTypeId, before, limit: archivesAtOnce }))
        logs += await forgetLogs(sql, archive, clocks);
    }
  }
  return logs;
}

/** An object may hold logs of event types that have got a longer clock since: those stay. */
async function forgetLogs(sql: Sql, archive: LogArchiveRow, clocks: Clocks): Promise<number> {
  const { tenantId, id, kind, newestAt } = archive;
  const parts = await partsOfArchive(sql, tenantId, id);
  const types = await typesOfEvents(sql, tenantId, [...new Set(parts.map(({ eventId }) => eventId))]);
  const old = parts.filter(({ eventId }) => {
    const before = clocks.keptFrom(kind, types.get(eventId) ?? null);
    return before !== null && newestAt < before;
  });
  await sql.transaction((tx) => removeParts(tx, tenantId, old));
  return old.length;
}

/**
 * Deletes payloads and results of events that ended long ago: some events behind `after`. Gives where to go on; null: these
 * were the last.
 */
export async function forgetPayloads(
  sql: Sql,
  tenantId: Id<'tenant'>,
  clocks: Clocks,
  after: Id<'event'>,
): Promise<Id<'event'> | null> {
  const latest = clocks.payloadsBefore();
  if (!latest) return null;
  const range = { after, below: lowestIdAt('event', latest.getTime()), limit: payloadsAtOnce };
  const events = await endedPayloads(sql, tenantId, range);
  const old = events.filter(({ eventTypeId, finishedAt }) => {
    const before = clocks.payloadsBefore(eventTypeId);
    return finishedAt !== null && before !== null && finishedAt < before;
  });
  await deletePayloads(
    sql,
    tenantId,
    old.map(({ eventId }) => eventId),
  );
  return events.length < payloadsAtOnce ? null : (events.at(-1)?.eventId ?? null);
}
