import type { Id } from '@nexomatic/contracts/id';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { expectNoLoss } from '../secrets/end-to-end/expect-no-loss.ts';
import { findSink } from './read-sinks.ts';
import type { SinkGate } from './sink-gate.ts';

/**
 * Takes a sink's keys and its token away: its agent is cut off at once, and what it runs counts as lost when its leases end. The
 * sink itself stays, with its history, and comes back by a join token that names it. `confirmLoss`: also if it is the last that
 * has the value of an end-to-end secret.
 */
export async function revokeSink(
  deps: DefinitionDeps & { sinkGate: Pick<SinkGate, 'shutOut'> },
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'sink'>,
  {
    action = 'sink.revoked',
    confirmLoss = false,
  }: { action?: 'sink.revoked' | 'sink.left'; confirmLoss?: boolean } = {},
): Promise<void> {
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await findSink(em, id);
    if (!row.signKey && !row.tokenHash) return;
    if (!confirmLoss) await expectNoLoss(em, row);
    em.assign(row, { signKey: null, boxKey: null, tokenHash: null, status: 'OFFLINE' });
    const object = { kind: 'sink' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action, object, before: null, after: null });
    await em.flush();
    // Whoever took the machine is not to get from the hub what is sealed to it.
    await em.nativeDelete(SecretBox, { sinkId: id });
  });
  deps.sinkGate.shutOut({ tenantId, sinkId: id });
}
