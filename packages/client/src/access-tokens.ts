import { type Clock, systemClock } from '@nexomatic/clock';
import { challengeText } from '@nexomatic/contracts/enrolment-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Credential } from './credential.ts';
import { createHubClient, type HubClientOptions } from './hub-client.ts';
import { HubError, toHubError } from './hub-error.ts';

/** As whom a sink signs. */
export interface SinkSigner {
  sinkId: Id<'sink'>;
  /** Ed25519 signature of the text, base64url. */
  sign(text: string): string;
}

export interface AccessTokenOptions {
  url: string;
  /** Read before each new token: keys that were changed meanwhile are used. More than one while keys are being changed. */
  signers(): SinkSigner[];
  fetch?: NonNullable<HubClientOptions['fetch']>;
  clock?: Clock;
}

const deadlineMs = 5_000;
/** A token is renewed when so much of its time is gone, while it still works. */
const renewAt = 0.7;
/** A hub that refuses what it gave a moment ago is not asked again at once. */
const leastMsBetween = 1_000;

interface Held {
  token: string;
  renewAfter: number;
  until: number;
}

/** A sink's access tokens: asked for by signing a challenge, kept while they last, and renewed before they end. */
export function createAccessTokens({ url, signers, fetch, clock = systemClock }: AccessTokenOptions): Credential {
  const hub = createHubClient({ url, token: '', ...(fetch ? { fetch } : {}) });
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  function ask(): Promise<Held> {
    asking ??= askAll().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function askAll(): Promise<Held> {
    askedAt = clock.monotonic();
    let refusal: HubError | undefined;
    for (const signer of signers()) {
      try {
        held = await askAs(signer);
        return held;
      } catch (error) {
        const hubError = toHubError('access token', error);
        if (hubError.kind !== 'unauthenticated') throw hubError;
        refusal = hubError;
      }
    }
    held = undefined;
    throw refusal ?? new HubError('unauthenticated', 'access token: this sink has no keys');
  }

  async function askAs({ sinkId, sign }: SinkSigner): Promise<Held> {
    const signal = AbortSignal.timeout(deadlineMs);
    const { nonce } = await hub.enrolment.challenge.mutate({ sinkId }, { signal });
    const signature = sign(challengeText(sinkId, nonce));
    const { token, expiresInMs } = await hub.enrolment.token.mutate({ sinkId, nonce, signature }, { signal });
    const now = clock.monotonic();
    return { token, renewAfter: now + expiresInMs * renewAt, until: now + expiresInMs };
  }

  return {
    async get() {
      const now = clock.monotonic();
      if (!held || held.until <= now) return (await ask()).token;
      // In the meantime the old one still works, and so it may fail: the next call asks again.
      if (held.renewAfter <= now && askedAt + leastMsBetween <= now) ask().catch(() => undefined);
      return held.token;
    },
    async renewed(refused) {
      if (held && held.token !== refused) return held.token;
      if (askedAt + leastMsBetween > clock.monotonic() && !asking) return null;
      return (await ask()).token;
    },
  };
}
