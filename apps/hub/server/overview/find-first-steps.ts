import type { Id } from '@nexomatic/contracts/id';
import type { FirstSteps } from '@nexomatic/contracts/overview-api';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { wasEdited } from '@nexomatic/db/overview-reads';
import type { EntityManager } from '@nexomatic/db/query';
import type { SqlRunner } from '@nexomatic/db/sql';
import { demoEventTypes } from '../demo/demo-definitions.ts';
import type { KnownSink } from './find-attention.ts';

/** Attempts that are looked at for a changed action: only a tenant that is new is asked about its first steps. */
const maxAttempts = 200;

/** What a new tenant has done already of what the first-run checklist asks for. */
export async function findFirstSteps(
  { em, sql, tenantId }: { em: EntityManager; sql: SqlRunner; tenantId: Id<'tenant'> },
  known: { sinks: KnownSink[]; latestEventId: Id<'event'> | null },
): Promise<FirstSteps> {
  const [demoType] = demoEventTypes;
  const fields = ['id', 'actionId', 'enabled', 'sourceKind'] as const;
  const [edited, own, fired] = await Promise.all([
    wasEdited(sql, tenantId, maxAttempts),
    em.findOne(EventType, { name: { $nin: [...demoEventTypes] } }, { fields: ['id'] }),
    em.findOne(EventType, { name: demoType, enabled: true, sourceKind: null }, { fields }),
  ]);
  const action = fired && (await em.findOne(Action, { id: fired.actionId }, { fields: ['module'] }));
  return {
    sinkOnline: known.sinks.some(({ lastSeenAt }) => Boolean(lastSeenAt)),
    latestEventId: known.latestEventId,
    edited,
    ownEventType: own !== null,
    demo: action ? { type: demoType, module: action.module } : null,
  };
}
