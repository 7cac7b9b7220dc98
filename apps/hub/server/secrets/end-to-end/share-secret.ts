import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { ShareOutcome, ShareSecret } from '@nexomatic/contracts/secret-sharing-api';
import { Secret } from '@nexomatic/db/entities/secret';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import { LockMode } from '@nexomatic/db/query';
import { sealedSize } from '@nexomatic/sealing/secret-box';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Origin } from '../../auth/visitor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { actorOfSink } from '../../sinks/enrolment/sink-actor.ts';
import { grantedSinks } from './granted-sinks.ts';
import { lockSinks } from './lock-sinks.ts';

/** Keeps what a sink that has a value has sealed for another, unless anything is not any more as it was approved and asked for. */
export function shareSecret(
  deps: DefinitionDeps,
  sharer: SinkIdentity,
  { secretId, version, sinkId, boxKey, box }: ShareSecret,
  visitor: Origin,
): Promise<ShareOutcome> {
  const { tenantId } = sharer;
  return changeDefinition(deps, tenantId, async (em) => {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
    const row = await em.findOne(Secret, { id: secretId }, lock);
    if (!row) return { outcome: 'stale' };
    await lockSinks(em, [sharer.sinkId, sinkId]);
    const granted = (await grantedSinks(em, [secretId])).get(secretId) ?? [];
    const to = granted.find(({ id }) => id === sinkId);
    const mayShare = granted.some(({ id, state }) => id === sharer.sinkId && state === 'ready');
    if (!mayShare || to?.state !== 'wanted' || to.boxKey !== boxKey || row.valueVersion !== version) {
      return { outcome: 'stale' };
    }
    const sealed = Buffer.from(box, 'base64');
    if (sealedSize({ tenant: tenantId, name: row.name, version }, sealed.length) !== row.size) {
      throw new NexomaticError('unprocessable', `The box is not as long as one with the value of ${row.name}.`);
    }
    const at = new Date(deps.clock.now());
    await em.nativeUpdate(SecretBox, { secretId, sinkId }, { version, box: sealed, sealedAt: at });
    recordAudit(em, tenantId, actorOfSink(sharer, visitor), {
      action: 'secret.shared',
      object: { kind: 'secret', id: secretId, name: row.name },
      before: null,
      after: { sink: to.name, version },
    });
    await em.flush();
    return { outcome: 'stored' };
  });
}
