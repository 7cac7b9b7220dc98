import { systemClock } from '@nexomatic/clock';
import { type Id, idFromBytes, idToBytes, lowestIdAt, newId } from '@nexomatic/contracts/id';
import { insertEvents } from '@nexomatic/db/ledger/insert-events';
import type { Sql } from '@nexomatic/db/sql';
import type { makePipeline } from '@nexomatic/testkit/factories';

export type Pipeline = Awaited<ReturnType<typeof makePipeline>>;

const dayMs = 86_400_000;

/** Queues an event as of so many days ago: an id tells when its event was made. */
export async function fireEvent(
  sql: Sql,
  { tenant, eventType, action, sinkType }: Pipeline,
  { payload = {}, daysAgo = 0 }: { payload?: object; daysAgo?: number } = {},
): Promise<Id<'event'>> {
  const id = idOfAge(daysAgo);
  const ids = { eventTypeId: eventType.id, actionId: action.id, sinkTypeId: sinkType.id };
  const none = { pinnedSinkId: null, sourceId: null, receiptId: null, parent: null };
  const body = { payload: Buffer.from(JSON.stringify(payload)), contentType: 'application/json' };
  const event = { tenantId: tenant.id, id, rootId: id, depth: 0, queueTtlSeconds: 86_400 };
  await sql.transaction(async (tx) => insertEvents(tx, [{ ...event, ...ids, ...none, ...body }]));
  return id;
}

function idOfAge(days: number): Id<'event'> {
  const bytes = idToBytes(newId('event'));
  bytes.set(idToBytes(lowestIdAt('event', systemClock.now() - days * dayMs)).subarray(0, 6));
  return idFromBytes('event', bytes);
}

/** Puts the end of a finished event's attempts so many days back, so that its log is as old as its id says. */
export async function makeOld(sql: Sql, { tenant }: Pipeline, id: Id<'event'>, days: number): Promise<void> {
  await sql.run(
    `UPDATE attempts SET started_at = started_at - INTERVAL ? DAY, finished_at = finished_at - INTERVAL ? DAY
     WHERE tenant_id = ? AND event_id = ?`,
    [days, days, idToBytes(tenant.id), idToBytes(id)],
  );
}
