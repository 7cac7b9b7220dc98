import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { createHubClient } from '@nexomatic/client/hub-client';
import { toHubError } from '@nexomatic/client/hub-error';
import { type Joined, joinProofText } from '@nexomatic/contracts/enrolment-api';
import type { SinkLabels } from '@nexomatic/contracts/sink-labels';
import { version } from '../version.ts';
import { type SinkKeys, signText } from './sink-keys.ts';

const deadlineMs = 15_000;

export interface JoinHub {
  hubUrl: string;
  token: string;
  keys: SinkKeys;
  name?: string | undefined;
  labels: SinkLabels;
}

/** Trades a join token for a place on the hub. Throws `HubError`. */
export async function joinHub({ hubUrl, token, keys, name, labels }: JoinHub): Promise<Joined> {
  const [signKey, boxKey] = [keys.sign.public, keys.box.public];
  const tokenHash = createHash('sha256').update(token).digest('base64url');
  const hub = createHubClient({ url: hubUrl, token: '' });
  const input = {
    token,
    signKey,
    boxKey,
    proof: signText(keys, joinProofText(tokenHash, signKey, boxKey)),
    ...(name ? { name } : {}),
    labels,
    hostname: hostname(),
    platform: `${process.platform}-${process.arch}`,
    version,
  };
  try {
    return await hub.enrolment.join.mutate(input, { signal: AbortSignal.timeout(deadlineMs) });
  } catch (error) {
    throw toHubError('join', error);
  }
}
