import type { Id } from '@nexomatic/contracts/id';
import type { SinkSummary, UpdateSink } from '@nexomatic/contracts/sink-api';
import type { Sql } from '@nexomatic/db/sql';
import type { Redis } from '@nexomatic/queue/connection';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { findSink, showSink, sinkBodyOf } from './read-sinks.ts';

/** Renames and describes a sink. The agent goes on as it is: it is known by its token and its id. */
export function updateSink(
  deps: DefinitionDeps & { sql: Sql; redis: Redis },
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, ...fields }: UpdateSink,
): Promise<SinkSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSink(em, id);
    const before = sinkBodyOf(row);
    em.assign(row, fields);
    const object = { kind: 'sink' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'sink.updated', object, before, after: sinkBodyOf(row) });
    await em.flush();
    return showSink(deps, em, row);
  });
}
