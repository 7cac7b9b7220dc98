import { createHubClient } from '@nexomatic/client/hub-client';
import { rotationProofText } from '@nexomatic/contracts/enrolment-api';
import { AgentError, exitCodes } from '../agent-error.ts';
import { confirmNextKeys, createIdentityCredential } from '../identity/identity-credential.ts';
import { writeIdentity } from '../identity/identity-file.ts';
import { resealOwnBoxes } from '../identity/reseal-own-boxes.ts';
import { makeSinkKeys, signText } from '../identity/sink-keys.ts';
import { askHub } from './hub-failure.ts';
import { expectJoined, type Machine } from './machine.ts';
import type { Talk } from './talk.ts';

/** Values of secrets may be set while this sink's are sealed to its next key; not again and again. */
const mostTries = 5;

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
  for (let tries = 1; ; tries++) {
    await askHub('seal secrets to the new key', identity.hubUrl, resealOwnBoxes(hub, asked));
    try {
      const rotated = hub.sink.rotateKey.mutate({ signKey, boxKey, proof }, { signal: AbortSignal.timeout(15_000) });
      await askHub('rotate key', identity.hubUrl, rotated);
      break;
    } catch (error) {
      // A secret was set or granted meanwhile.
      const overtaken = error instanceof AgentError && error.exitCode === exitCodes.conflict;
      if (!overtaken || tries === mostTries) throw error;
    }
  }
  confirmNextKeys(config, asked);
  talk.result(`${identity.name} has new keys; the old ones open nothing any more`, { sinkId: identity.sinkId });
}
