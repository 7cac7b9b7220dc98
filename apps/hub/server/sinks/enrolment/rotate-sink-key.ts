import { type RotateKey, rotationProofText } from '@nexomatic/contracts/enrolment-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Origin } from '../../auth/visitor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { lockSinks } from '../../secrets/end-to-end/lock-sinks.ts';
import { takeResealed } from '../../secrets/end-to-end/reseal-boxes.ts';
import { noSink } from '../read-sinks.ts';
import { actorOfSink } from './sink-actor.ts';
import { signedBy } from './verify-signature.ts';

/** Puts new keys in the place of a sink's old ones. What the old ones proved, access tokens included, ends with that. */
export function rotateSinkKey(
  deps: DefinitionDeps,
  sink: SinkIdentity,
  { signKey, boxKey, proof }: RotateKey,
  visitor: Origin,
): Promise<void> {
  if (!signedBy(signKey, rotationProofText(sink.sinkId, signKey, boxKey), proof)) {
    throw new NexomaticError('unprocessable', 'The proof is not a signature by the new key.');
  }
  return changeDefinition(deps, sink.tenantId, async (em) => {
    // Whoever seals to it just now is waited for, or sees the new key.
    const [row] = await lockSinks(em, [sink.sinkId]);
    if (!row) throw noSink(sink.sinkId);
    const nextKey = Buffer.from(boxKey, 'base64url');
    await takeResealed(em, row, nextKey);
    em.assign(row, { signKey: Buffer.from(signKey, 'base64url'), boxKey: nextKey });
    const object = { kind: 'sink' as const, id: row.id, name: row.name };
    const change = { action: 'sink.key_rotated' as const, object, before: null, after: null };
    recordAudit(em, sink.tenantId, actorOfSink(sink, visitor), change);
    await em.flush();
  });
}
