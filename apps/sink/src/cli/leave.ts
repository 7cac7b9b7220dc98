import { createHubClient } from '@nexomatic/client/hub-client';
import { toHubError } from '@nexomatic/client/hub-error';
import { createIdentityCredential } from '../identity/identity-credential.ts';
import { removeIdentity } from '../identity/identity-file.ts';
import { hubFailure } from './hub-failure.ts';
import { expectJoined, type Machine } from './machine.ts';
import type { Talk } from './talk.ts';

const conflict = 409;

/** Takes this machine off its hub: its keys open nothing any more, and are removed here. `force` does so without the hub; `confirmLoss` also if nobody else has the values of secrets. */
export async function leave(
  machine: Machine,
  { force, confirmLoss }: { force: boolean; confirmLoss: boolean },
  talk: Talk,
): Promise<void> {
  const identity = expectJoined(machine);
  const { config } = machine.folders;
  const { sinkId, name, hubUrl } = identity;
  const hub = createHubClient({ url: hubUrl, token: createIdentityCredential(config, identity) });
  try {
    await hub.sink.leave.mutate({ confirmLoss }, { signal: AbortSignal.timeout(15_000) });
  } catch (error) {
    const failure = toHubError('leave', error);
    // Whom the hub doesn't know any more has left already.
    if (failure.kind !== 'unauthenticated') {
      // Its word that values would be lost is no lack of an answer.
      if (!force || failure.status === conflict) throw hubFailure(failure, hubUrl);
      talk.say(`${hubUrl} was not told (${failure.message}); revoke ${name} there`);
    }
  }
  removeIdentity(config);
  talk.result(`${name} left ${hubUrl}; modules and settings in ${config} stay`, { sinkId, name, hubUrl });
}
