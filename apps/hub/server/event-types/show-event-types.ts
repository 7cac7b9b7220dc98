import type { EventTypeBody, EventTypeSummary } from '@nexomatic/contracts/event-type-api';
import type { Id } from '@nexomatic/contracts/id';
import { parseRetention } from '@nexomatic/contracts/retention';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { type LatestEvent, latestEvents } from '@nexomatic/db/ledger/events-of-type';
import type { EntityManager } from '@nexomatic/db/query';
import { parametersOf } from '../definitions/save-parameters.ts';
import { firedBy } from './fired-by.ts';

/** Event types as the API shows them, with names of what they refer to, what fires them, and their latest event. */
export async function showEventTypes(
  { sql }: Pick<Database, 'sql'>,
  em: EntityManager,
  tenantId: Id<'tenant'>,
  rows: EventType[],
): Promise<EventTypeSummary[]> {
  const ids = rows.map((row) => row.id);
  const parameters = await parametersOf(em, 'eventTypeId', ids);
  const users = await firedBy(em, ids);
  const latest = await latestEvents(sql, tenantId, ids);
  const actions = await em.find(Action, { id: { $in: rows.map((row) => row.actionId) } });
  const sinkTypeIds = rows.map((row) => row.sinkTypeId);
  const sinkTypes = await em.find(SinkType, { id: { $in: sinkTypeIds } }, { fields: ['id', 'name'] });
  const targetIds = actions.flatMap(({ onSuccessId, onFailureId }) => [onSuccessId, onFailureId]);
  const targets = new Map(
    (await em.find(EventType, { id: { $in: targetIds.filter((id) => id != null) } }, { fields: ['id', 'name'] })).map(
      ({ id, name }) => [id, name],
    ),
  );
  const target = (id: Id<'eventType'> | null | undefined) => (id ? { id, name: targets.get(id) ?? id } : null);
  const actionOf = (id: Id<'action'>) => {
    const action = actions.find((one) => one.id === id);
    if (!action) throw new Error(`action ${id} is gone, though an event type runs it`);
    const { name, module, onSuccessId, onFailureId } = action;
    return { id, name, module, onSuccess: target(onSuccessId), onFailure: target(onFailureId) };
  };
  return rows.map((row) => ({
    id: row.id,
    ...eventTypeBodyOf(row, parameters.get(row.id) ?? []),
    version: row.version,
    sinkType: { id: row.sinkTypeId, name: sinkTypes.find((one) => one.id === row.sinkTypeId)?.name ?? row.sinkTypeId },
    action: actionOf(row.actionId),
    usedBy: users.get(row.id) ?? [],
    lastEvent: showLatest(latest.get(row.id)),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

const showLatest = (event: LatestEvent | undefined): EventTypeSummary['lastEvent'] =>
  event ? { ...event, createdAt: event.createdAt.toISOString() } : null;

/** The part of an event type that a save changes, a version keeps and the audit log shows. */
export function eventTypeBodyOf(row: EventType, parameters: EventTypeBody['parameters']): EventTypeBody {
  const { name, description, sinkTypeId, actionId, enabled, maxAttempts, backoffSeconds } = row;
  return {
    ...{ name, description, sinkTypeId, actionId, enabled, maxAttempts, backoffSeconds },
    sourceKind: row.sourceKind ?? null,
    timeoutSeconds: row.timeoutSeconds,
    queueTtlSeconds: row.queueTtlSeconds,
    rerunWhenLost: row.rerunWhenLost,
    payloadSchema: row.payloadSchema ?? null,
    // Written by `save-event-type` alone.
    searchKeys: JSON.parse(row.searchKeys) as string[],
    retention: parseRetention(row.retention),
    parameters,
  };
}
