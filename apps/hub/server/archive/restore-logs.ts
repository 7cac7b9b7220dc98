import type { RestoreArchive, RestoredArchive } from '@nexomatic/contracts/archive-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import { insertAudit } from '@nexomatic/db/ledger/audit';
import { archivedLogs, markForRestore, type RestoreRange } from '@nexomatic/db/ledger/restored-logs';
import type { Actor } from '../auth/actor.ts';
import { eventNotFound } from '../events/get-event.ts';
import type { Services } from '../services.ts';

/** Plain bytes that are asked back at once: what the database takes up within some minutes. */
const maxBytes = 1024 ** 3;
const dayMs = 24 * 3_600_000;

type Deps = Pick<Services, 'db' | 'sql' | 'clock'>;

/**
 * Has archived logs stand in the database again for some days, where they are read and searched as young ones are. Here it is
 * only said which; hubs copy them in the background, from the archive, where they stay.
 */
export async function restoreLogs(
  { db, sql, clock }: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: RestoreArchive,
): Promise<RestoredArchive> {
  const { range, object, asked } = await rangeOf(db, tenantId, input);
  const found = await archivedLogs(sql, tenantId, range, input.limit + 1);
  const logs = withinBytes(found.slice(0, input.limit));
  const until = new Date(clock.now() + input.days * dayMs);
  const restored = {
    logs: logs.length,
    bytes: logs.reduce((sum, log) => sum + log.bytes, 0),
    until: until.toISOString(),
    more: found.length > logs.length,
  };
  if (logs.length > 0)
    await sql.transaction(async (tx) => {
      markForRestore(tx, logs, until);
      insertAudit(tx, tenantId, [
        {
          ...{ actor, action: 'archive.restore_asked', object, before: null },
          after: { ...asked, logs: restored.logs, bytes: restored.bytes, keptUntil: restored.until },
        },
      ]);
    });
  return restored;
}

/** The first always, however large it is. */
function withinBytes<T extends { bytes: number }>(logs: T[]): T[] {
  let sum = 0;
  const end = logs.findIndex((log, i) => {
    sum += log.bytes;
    return i > 0 && sum > maxBytes;
  });
  return end === -1 ? logs : logs.slice(0, end);
}

async function rangeOf(db: Deps['db'], tenantId: Id<'tenant'>, { event, type, since, until }: RestoreArchive) {
  const em = db.tenantEm(tenantId);
  if (event !== undefined) {
    if (!(await em.findOne(Event, { id: event }, { fields: ['id'] }))) throw eventNotFound(event);
    const range: RestoreRange = { eventId: event };
    return { range, object: { kind: 'event', id: event as string, name: event as string }, asked: {} };
  }
  if (type === undefined || since === undefined || until === undefined)
    throw new NexomaticError('bad_request', 'Name an event, or a type with `since` and `until`.');
  const found = await em.findOne(EventType, { name: type }, { fields: ['id', 'name'] });
  if (!found) throw new NexomaticError('not_found', `There is no event type ${type} here.`);
  const range: RestoreRange = { eventTypeId: found.id, since: new Date(since), until: new Date(until) };
  return { range, object: { kind: 'event_type', id: found.id as string, name: found.name }, asked: { since, until } };
}
