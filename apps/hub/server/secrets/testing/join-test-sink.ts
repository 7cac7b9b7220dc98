import { randomBytes } from 'node:crypto';
import { Sink } from '@nexomatic/db/entities/sink';
import { nodeSealing } from '@nexomatic/sealing/node';
import type { TestHub } from '../../testing/open-test-hub.ts';

/** A sink of that hub which has joined, with the pair whose private half only its machine has. */
export async function joinTestSink(hub: TestHub, name: string) {
  const identity = await hub.addSink(name);
  const pair = nodeSealing.newPair();
  const keys = { tokenHash: null, signKey: randomBytes(32), boxKey: Buffer.from(pair.publicKey) };
  await hub.services.db.tenantEm(hub.tenantId).nativeUpdate(Sink, { id: identity.sinkId }, keys);
  return { identity, pair, to: { id: identity.sinkId, boxKey: keys.boxKey.toString('base64url') } };
}
