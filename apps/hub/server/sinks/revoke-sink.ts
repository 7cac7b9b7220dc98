import type { Id } from '@nexomatic/contracts/id';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { findSink } from './read-sinks.ts';
import type { SinkGate } from './sink-gate.ts';

/**
 * Takes a sink's keys and its token away: its agent is cut off at once, and what it runs counts as lost when its leases end. The
 * sink itself stays, with its history, and comes back by a join token that names it.
 */
export async function revokeSink(
  deps: DefinitionDeps & { sinkGate: Pick<SinkGate, 'shutOut'> },
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'sink'>,
  action: 'sink.revoked' | 'sink.left' = 'sink.revoked',
): Promise<void> {
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await findSink(em, id);
    if (!row.signKey && !row.tokenHash) return;
    em.assign(row, { signKey: null, boxKey: null, tokenHash: null, status: 'OFFLINE' });
    const object = { kind: 'sink' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action, object, before: null, after: null });
    await em.flush();
  });
  deps.sinkGate.shutOut({ tenantId, sinkId: id });
}
