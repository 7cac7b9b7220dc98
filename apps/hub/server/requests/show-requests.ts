import type { Id } from '@nexomatic/contracts/id';
import type { RequestSummary } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Receipt } from '@nexomatic/db/entities/receipt';
import { findFurtherEvents } from '@nexomatic/db/ledger/requests';
import type { EntityManager } from '@nexomatic/db/query';

const fields = [
  'id',
  'sourceId',
  'receivedAt',
  'outcome',
  'status',
  'cause',
  'detail',
  'duplicates',
  'contentType',
  'bodyBytes',
  'remoteAddress',
  'eventId',
] as const;
export type SummaryRow = Pick<Receipt, (typeof fields)[number]>;

/** Those requests as lists show them, newest first, however many in four statements. */
export async function showRequests(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  ids: Id<'receipt'>[],
): Promise<RequestSummary[]> {
  if (ids.length === 0) return [];
  const em = db.tenantEm(tenantId);
  return summariesOf(
    db,
    em,
    tenantId,
    await em.find(Receipt, { id: { $in: ids } }, { fields, orderBy: { id: 'desc' } }),
  );
}

export async function summariesOf(
  db: Database,
  em: EntityManager,
  tenantId: Id<'tenant'>,
  rows: SummaryRow[],
): Promise<RequestSummary[]> {
  const further = await findFurtherEvents(
    db.sql,
    tenantId,
    rows.flatMap(({ id, eventId }) => (eventId ? [id] : [])),
  );
  const eventsOf = ({ id, eventId }: SummaryRow) => (eventId ? [eventId, ...(further.get(id) ?? [])] : []);
  const names = await typeNames(em, rows.flatMap(eventsOf));
  return rows.map((row) => ({
    id: row.id,
    sourceId: row.sourceId ?? null,
    receivedAt: row.receivedAt.toISOString(),
    outcome: row.outcome,
    status: row.status ?? null,
    cause: row.cause ?? null,
    detail: row.detail ?? null,
    duplicates: row.duplicates,
    contentType: row.contentType,
    bodyBytes: row.bodyBytes,
    remoteAddress: row.remoteAddress,
    events: eventsOf(row).map((id) => ({ id, name: names.get(id) ?? id })),
  }));
}

/** Of each event the name of its type. */
async function typeNames(em: EntityManager, ids: Id<'event'>[]): Promise<Map<Id<'event'>, string>> {
  if (ids.length === 0) return new Map();
  const events = await em.find(Event, { id: { $in: ids } }, { fields: ['id', 'eventTypeId'] });
  const wanted = [...new Set(events.map(({ eventTypeId }) => eventTypeId))];
  const types = await em.find(EventType, { id: { $in: wanted } }, { fields: ['id', 'name'] });
  const nameOf = new Map(types.map(({ id, name }) => [id, name]));
  return new Map(events.map(({ id, eventTypeId }) => [id, nameOf.get(eventTypeId) ?? eventTypeId]));
}
