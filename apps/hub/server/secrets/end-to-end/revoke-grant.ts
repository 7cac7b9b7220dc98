import type { RevokeSinkGrant } from '@nexomatic/contracts/end-to-end-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SavedSecret } from '@nexomatic/contracts/secret-api';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { findSink } from '../../sinks/read-sinks.ts';
import { lockSecret, savedSecret } from '../set-value.ts';
import { expectNoLoss } from './expect-no-loss.ts';
import { expectEndToEnd } from './grant-sink.ts';

/**
 * Takes an end-to-end secret from a sink: it gets the value no more. What it has read before it may have kept, so a new value
 * is what shuts it out.
 */
export function revokeGrant(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, sinkId, confirmLoss }: RevokeSinkGrant,
): Promise<SavedSecret> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSecret(em, id);
    expectEndToEnd(row);
    const sink = await findSink(em, sinkId);
    if (!confirmLoss) await expectNoLoss(em, sink, [id]);
    const taken = await em.nativeDelete(SecretBox, { secretId: id, sinkId });
    if (taken === 0) throw new NexomaticError('not_found', `${row.name} is not granted to the sink ${sink.name}.`);
    recordAudit(em, tenantId, actor, {
      action: 'secret.sink_revoked',
      object: { kind: 'secret', id, name: row.name },
      before: { sink: sink.name },
      after: null,
    });
    await em.flush();
    return savedSecret(deps, em, row);
  });
}
