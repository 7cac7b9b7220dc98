import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type IdKind, isId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { BulkJob } from '@nexomatic/db/entities/bulk-job';
import { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { ScheduleBlackout } from '@nexomatic/db/entities/schedule-blackout';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { Source } from '@nexomatic/db/entities/source';
import type { EntityManager } from '@nexomatic/db/query';
import type { Membership } from '../auth/principal.ts';

type Exists = (em: EntityManager, id: string) => Promise<boolean>;

/** How each kind that has a page is looked for. */
const kinds: Partial<Record<IdKind, Exists>> = {
  event: async (em, id) => isId('event', id) && (await em.count(Event, { id })) > 0,
  eventType: async (em, id) => isId('eventType', id) && (await em.count(EventType, { id })) > 0,
  action: async (em, id) => isId('action', id) && (await em.count(Action, { id })) > 0,
  source: async (em, id) => isId('source', id) && (await em.count(Source, { id })) > 0,
  sinkType: async (em, id) => isId('sinkType', id) && (await em.count(SinkType, { id })) > 0,
  sink: async (em, id) => isId('sink', id) && (await em.count(Sink, { id })) > 0,
  bulkJob: async (em, id) => isId('bulkJob', id) && (await em.count(BulkJob, { id })) > 0,
  blackout: async (em, id) => isId('blackout', id) && (await em.count(ScheduleBlackout, { id })) > 0,
  schedule: async (em, id) => isId('schedule', id) && (await em.count(Schedule, { id })) > 0,
};

/**
 * Which of somebody's tenants has an object, by nothing but its id: for links that name no tenant. What is in none of them
 * and what is nowhere are refused in the same words.
 */
export async function locateObject(
  { db }: { db: Database },
  memberships: readonly Membership[],
  id: string,
): Promise<{ tenant: string }> {
  const kind = (Object.keys(kinds) as IdKind[]).find((one) => isId(one, id));
  const exists = kind ? kinds[kind] : undefined;
  for (const { tenantId, slug } of exists ? memberships : []) {
    if (await exists?.(db.tenantEm(tenantId), id)) return { tenant: slug };
  }
  throw new NexomaticError('not_found', 'Nothing has this id, or you may not see it.');
}
