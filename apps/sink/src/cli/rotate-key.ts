import { createHubClient } from '@nexomatic/client/hub-client';
import { rotationProofText } from '@nexomatic/contracts/enrolment-api';
import { confirmNextKeys, createIdentityCredential } from '../identity/identity-credential.ts';
import { writeIdentity } from '../identity/identity-file.ts';
import { makeSinkKeys, signText } from '../identity/sink-keys.ts';
import { askHub } from './hub-failure.ts';
import { expectJoined, type Machine } from './machine.ts';
import type { Talk } from './talk.ts';

/**
 * Gives this sink new keys. They are kept before the hub is asked, and stay beside the old ones until it has said yes: an
 * answer that gets lost shuts nobody out. An agent that runs takes them up by itself.
 */
export async function rotateKey(machine: Machine, talk: Talk): Promise<void> {
  const identity = expectJoined(machine);
  const { config } = machine.folders;
  const nextKeys = identity.nextKeys ?? makeSinkKeys();
  const asked = { ...identity, nextKeys };
  writeIdentity(config, asked);
  const [signKey, boxKey] = [nextKeys.sign.public, nextKeys.box.public];
  const proof = signText(nextKeys, rotationProofText(identity.sinkId, signKey, boxKey));
  const hub = createHubClient({ url: identity.hubUrl, token: createIdentityCredential(config, asked) });
  const signal = AbortSignal.timeout(15_000);
  await askHub('rotate key', identity.hubUrl, hub.sink.rotateKey.mutate({ signKey, boxKey, proof }, { signal }));
  confirmNextKeys(config, asked);
  talk.result(`${identity.name} has new keys; the old ones open nothing any more`, { sinkId: identity.sinkId });
}
