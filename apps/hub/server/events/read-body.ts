import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { AttemptResult } from '@nexomatic/db/entities/attempt-result';
import { EventPayload } from '@nexomatic/db/entities/event-payload';
import { eventNotFound } from './get-event.ts';

export interface DownloadedBody {
  body: Uint8Array;
  contentType: string;
}

/** The payload of an event, byte for byte as its sender wrote it. */
export async function readPayload(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'event'>,
): Promise<DownloadedBody> {
  const payload = await db.tenantEm(tenantId).findOne(EventPayload, { eventId: id });
  if (!payload) throw eventNotFound(id);
  return { body: payload.body, contentType: payload.contentType };
}

/** The result of an event's latest attempt that has one, byte for byte as the module wrote it. */
export async function readResult(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'event'>,
): Promise<DownloadedBody> {
  const where = { eventId: id };
  const [result] = await db.tenantEm(tenantId).find(AttemptResult, where, { orderBy: { number: 'desc' }, limit: 1 });
  if (!result) throw new NexomaticError('not_found', `There is no result of an event ${id} here.`);
  return { body: result.body, contentType: 'application/json' };
}
