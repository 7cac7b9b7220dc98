import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { PurgeEvent } from '@nexomatic/contracts/event-api';
import { isTerminal } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import { Event } from '@nexomatic/db/entities/event';
import { insertAudit } from '@nexomatic/db/ledger/audit';
import { deletePayloads, purgeLogs } from '@nexomatic/db/ledger/forget-logs';
import type { Actor } from '../auth/actor.ts';
import { eventNotFound } from '../events/get-event.ts';
import type { Services } from '../services.ts';

/**
 * Deletes what is kept of a finished event: its logs, hot and archived, and its payload and results where that is asked for.
 * Nobody can read it from this moment on; what stood in an archive is gone from the store once its object was written
 * anew. The event itself stays.
 */
export async function purgeEvent(
  { db, sql }: Pick<Services, 'db' | 'sql'>,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, payload }: PurgeEvent,
): Promise<void> {
  const event = await db.tenantEm(tenantId).findOne(Event, { id }, { fields: ['state'] });
  if (!event) throw eventNotFound(id);
  if (!isTerminal(event.state))
    throw new NexomaticError('conflict', `The event is ${event.state}; purge it when it has ended, or cancel it.`);
  await sql.transaction(async (tx) => {
    await purgeLogs(tx, tenantId, id);
    if (payload) await deletePayloads(tx, tenantId, [id]);
    const object = { kind: 'event', id, name: id };
    insertAudit(tx, tenantId, [
      { actor, action: 'event.purged', object, before: null, after: { logs: true, payload } },
    ]);
  });
}
