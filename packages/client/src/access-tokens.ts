import { setTimeout as sleep } from 'node:timers/promises';
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
/** A hub that refuses what it gave a moment ago is asked again, but not at once. */
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
    asking ??= askInTurn().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function askInTurn(): Promise<Held> {
    const waitMs = askedAt + leastMsBetween - clock.monotonic();
    if (waitMs > 0) await sleep(waitMs);
    askedAt = clock.monotonic();
    held = await askAll();
    return held;
  }

  async function askAll(): Promise<Held> {
    let refusal: HubError | undefined;
    // Twice: the keys may be changed while the hub is asked about the old ones.
    for (const signer of eachSigner(signers, 2)) {
      try {
        return await askAs(signer);
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
      if (held.renewAfter <= now) ask().catch(() => undefined);
      return held.token;
    },
    // Also for one that was given a moment ago: keys that are changed just then end what the old ones proved.
    renewed: async (refused) => (held && held.token !== refused ? held : await ask()).token,
  };
}

/** Everybody who may sign, looked up so many times, each time when the turn comes. */
function* eachSigner(signers: AccessTokenOptions['signers'], times: number): Generator<SinkSigner> {
  for (let time = 0; time < times; time += 1) yield* signers();
}
