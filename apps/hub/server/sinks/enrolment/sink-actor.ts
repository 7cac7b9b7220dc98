import type { SinkIdentity } from '../../attempts/sink-identity.ts';
import type { Actor } from '../../auth/actor.ts';
import type { Origin } from '../../auth/visitor.ts';

/** A sink that does something to itself, as the audit log tells it. */
export const actorOfSink = ({ sinkId, name }: SinkIdentity, { remoteAddress, requestId }: Origin): Actor => ({
  kind: 'system',
  id: sinkId,
  name: `sink ${name}`,
  remoteAddress,
  requestId,
});
