import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { RemoveSink } from '@nexomatic/contracts/sink-api';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { runningOn } from '@nexomatic/db/ledger/sinks';
import type { Sql } from '@nexomatic/db/sql';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { expectNoLoss } from '../secrets/end-to-end/expect-no-loss.ts';
import { findSink, sinkBodyOf } from './read-sinks.ts';
import type { SinkGate } from './sink-gate.ts';

const mostNamed = 50;

/**
 * Removes a sink, and with it its keys and its token: its agent is cut off at once. What it runs is refused unless forced, because it is lost then: the agent can't report it.
 */
export async function removeSink(
  deps: DefinitionDeps & { sql: Sql; sinkGate: Pick<SinkGate, 'shutOut'> },
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, force, confirmLoss = false }: RemoveSink,
): Promise<void> {
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await findSink(em, id);
    const schedules = await em.find(Schedule, { pinnedSinkId: id }, { fields: ['id', 'name'], limit: mostNamed });
    if (schedules.length > 0) {
      const references = schedules.map((one) => ({ id: one.id, name: one.name, how: 'is pinned to it' }));
      throw new NexomaticError('in_use', `Schedules are pinned to the sink ${row.name}.`, { references });
    }
    const running = force ? [] : await runningOn(deps.sql, tenantId, id, mostNamed);
    if (running.length > 0) {
      const references = running.map((event) => ({ id: event.id, name: event.type, how: 'runs on it' }));
      const detail = `The sink ${row.name} runs events; wait for their end, or remove it with force and lose them.`;
      throw new NexomaticError('in_use', detail, { references });
    }
    if (!confirmLoss) await expectNoLoss(em, row);
    const object = { kind: 'sink' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'sink.removed', object, before: sinkBodyOf(row), after: null });
    await em.remove(row).flush();
  });
  deps.sinkGate.shutOut({ tenantId, sinkId: id });
}
