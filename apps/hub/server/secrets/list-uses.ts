import type { Id } from '@nexomatic/contracts/id';
import type { ListSecretUses, SecretUses } from '@nexomatic/contracts/secret-api';
import type { Database } from '@nexomatic/db/database';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { findSecret } from './read-secrets.ts';
import type { ReleaseNote } from './release-secrets.ts';

/**
 * Which attempts and checks were given a secret, newest first. The audit log has an entry of each, written with the release; those who may
 * see secrets may see these without seeing the rest of the log.
 */
export async function listSecretUses(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  { id, limit, cursor }: ListSecretUses,
): Promise<SecretUses> {
  const em = db.tenantEm(tenantId);
  await findSecret(em, id);
  const rows = await em.find(
    AuditEntry,
    { objectId: id, action: 'secret.released', ...(cursor === undefined ? {} : { id: { $lt: cursor } }) },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  const page = rows.slice(0, limit);
  const notes = page.map((row) => ({ row, note: noteOf(row) }));
  const types = await eventTypeNames(
    em,
    notes.flatMap(({ note }) => note.event ?? []),
  );
  return {
    uses: notes.map(({ row, note: { event, attempt, sink, version } }) => ({
      id: row.id,
      at: row.at.toISOString(),
      eventId: event ?? null,
      eventType: (event && types.get(event)) ?? null,
      attempt: attempt ?? null,
      sinkId: row.actorId as Id<'sink'>,
      sinkName: sink,
      version,
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function noteOf({ id, after }: AuditEntry): ReleaseNote {
  if (!after) throw new Error(`the audit entry ${id} of a release tells nothing of it`);
  return JSON.parse(Buffer.from(after).toString('utf8')) as ReleaseNote;
}

/** By event; of an event that was removed, and of one whose type was, nothing is known any more. */
async function eventTypeNames(em: EntityManager, eventIds: Id<'event'>[]): Promise<Map<Id<'event'>, string>> {
  if (eventIds.length === 0) return new Map();
  const events = await em.find(Event, { id: { $in: eventIds } }, { fields: ['id', 'eventTypeId'] });
  const typeIds = [...new Set(events.map(({ eventTypeId }) => eventTypeId))];
  const types = await em.find(EventType, { id: { $in: typeIds } }, { fields: ['id', 'name'] });
  const names = new Map(types.map(({ id, name }) => [id, name]));
  return new Map(
    events.flatMap(({ id, eventTypeId }) => {
      const name = names.get(eventTypeId);
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
}
